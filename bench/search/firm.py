"""A firm with so many updates: a loaded one whose requests and updates are told again, with rarer words added.

The vocabulary of bench/load is small, so that its words are all frequent. Words of every frequency come from here: the
more common a word is, the lower its rank, as in languages.
"""

from bench import load
from desk.embedded.postgres import Postgres

PARTS = 10  # the loaded firm, and as many again
OF_A_REQUEST = 5  # updates, on average
HIDDEN = "斑马鱼"  # only in what nobody reads by rank
ABSENT = "龙门阵"
SIGNS = 19968 + 2000
_MARK = "words for search"
_TICKETS = """
insert into tickets (id, number, service, department, accountable, requester, requesting_department, handler, state,
                     channel, filed_at, resolved_at, lapses_at, ended_at, reopened, title, body, fields, tier,
                     owner_department, reason, sentence, opens_on, opens_to, sealed, day, audience)
select id + {by}, number + 10000000000 * {n}, service, department, accountable, requester, requesting_department,
       handler, state, channel, filed_at, resolved_at, lapses_at, coalesce(ended_at, filed_at), reopened, title, body,
       fields, tier, owner_department, reason, sentence, opens_on, opens_to, sealed, day, audience
  from tickets where id <= {tickets}
"""
_UPDATES = """
insert into updates (id, token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason, sentence,
                     opens_on, opens_to, sealed, day, audience)
select u.id + {past}, left(md5((u.id + {past})::text), 24), u.ticket + {by}, author, at, kind, for_requester,
       body || ' ' || rare_words(u.id + {past}, u.tier >= 4), tier, owner_department, reason, sentence, opens_on,
       opens_to, sealed, day, audience
  from updates u where u.id <= {updates}
"""
_ENTRIES = """
insert into search_entries (portion, ticket, at, terms)
select kind || new, e.ticket + {by}, e.at,
       ts_delete(e.terms, '=' || e.portion) || array_to_tsvector(array['=' || kind || new])
       || case when kind = 'update:' then rare_terms(new, tier >= 4) else '' end
  from (select x.*, x.kind || x.old as portion, old + case x.kind when 'update:' then {past} else {by} end as new
          from (select 'ticket:' as kind, id as old, tier from tickets where id <= {tickets}
                union all select 'update:', id, tier from updates where id <= {updates}) x) p
  join search_entries e using (portion)
 order by e.at
"""
_RARE = f"""
create function rank_of(n bigint, word integer) returns integer language sql immutable as
$$ select floor(exp((hashint8extended(n, word) & 1048575) / 1048576.0 * ln(50000)))::integer $$;
create function rare_word(rank integer) returns text language sql immutable as
$$ select chr({SIGNS} + rank % 211) || chr({SIGNS} + 300 + rank / 211) || chr({SIGNS} + 600 + rank % 97) $$;
create function rare_words(n bigint, shut boolean) returns text language sql immutable as
$$ select case when shut then '{HIDDEN} ' else '' end || string_agg(rare_word(r) || ' kx' || r, ' ')
     from (select rank_of(n, w) as r from generate_series(1, 3) w) x $$;
create function rare_terms(n bigint, shut boolean) returns tsvector language sql immutable as
$$ select (case when shut then '''{HIDDEN[:2]}'':200 ''{HIDDEN[1:]}'':201 ' else '' end
           || string_agg(left(rare_word(r), 2) || ':' || 200 + 10 * w || ' '
                         || right(rare_word(r), 2) || ':' || 201 + 10 * w || ' kx' || r || ':' || 203 + 10 * w,
                         ' '))::tsvector
     from (select w, rank_of(n, w) as r from generate_series(1, 3) w) x $$;
"""  # noqa: S608 - constants of this file
_INDEXES = "select indexdef from pg_indexes where tablename = 'search_entries' and indexdef like '% USING gin %'"
_LIMIT = "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB';"


def name(updates: int) -> str:
    return f"search_{updates}"


def prepare(postgres: Postgres, updates: int) -> None:
    """The database of that size, unless it is there already."""
    requests = max(300, updates // PARTS // OF_A_REQUEST)
    if load.is_told(postgres, name(updates), _MARK + load.sources()):
        return
    if not load.loaded(postgres, requests):
        load.load(postgres, requests)
    database = name(updates)
    postgres.psql(f"drop database if exists {database} with (force)")
    postgres.psql(f"create database {database} template {load.name(requests)} owner desk strategy file_copy")
    _multiply(postgres, database)
    postgres.psql("vacuum (freeze, analyze)", database)
    postgres.psql(f"comment on database {database} is '{_MARK}{load.sources()}'; checkpoint")


def _multiply(postgres: Postgres, database: str) -> None:
    counted = postgres.psql("select max(id) from tickets; select max(id) from updates", database).split()
    tickets, updates = map(int, counted)
    indexes = postgres.psql(_INDEXES, database).splitlines()
    drops = [f"drop index {index.split()[2]}" for index in indexes]
    steps = [_RARE, *drops]
    for n in range(1, PARTS):
        sizes = {"n": n, "tickets": tickets, "updates": updates, "by": tickets * n, "past": updates * n}
        steps += [sql.format(**sizes) for sql in (_TICKETS, _UPDATES, _ENTRIES)]
    postgres.psql(_LIMIT + ";\n".join([*steps, *indexes]), database)
