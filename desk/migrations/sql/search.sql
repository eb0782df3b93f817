-- The index of words (history/sql/search.sql has its columns and indexes). Nobody reads it but through the two functions here: one
-- that puts words in, whose locks come from the portion itself, and one that finds, for this reader, and returns no words.
alter table search_entries enable row level security;
alter table search_entries force row level security;
-- constant true: with a condition, row security would keep `@@` from the index
create policy search_entries_find on search_entries for select to desk_search using (true);
create policy search_entries_lock on search_entries for all to desk_locksmith using (true) with check (true);

create function search_locks(audience text[], portion text, sealed boolean) returns text[] language sql immutable parallel safe
  return array(select '=' || k from unnest(audience) k) || ('=' || portion) || case when sealed then array['!sealed'] else '{}' end;
create function without_locks(terms tsvector, signs text) returns tsvector language sql immutable parallel safe
  return ts_delete(terms, array(select l.lexeme from unnest(terms) l where left(l.lexeme, 1) = any (string_to_array(signs, null))));

create function words_of(of_ticket bigint)
returns table (portion text, ticket bigint, at timestamptz, author integer, audience text[], sealed boolean)
language sql stable set search_path = public, pg_temp as $$
  select 'ticket:' || t.id, t.id, t.filed_at, coalesce(t.logged_by, t.requester), t.audience, t.sealed from tickets t where t.id = of_ticket
  union all
  select 'update:' || u.id, u.ticket, u.at, u.author, u.audience, u.sealed or t.sealed from updates u join tickets t on t.id = u.ticket where u.ticket = of_ticket
$$;

-- By whoever wrote the words, or, when the index does not have them yet, by anybody who may read them.
create function search_put(of_portion text, words tsvector) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p record;
  number bigint := split_part(of_portion, ':', 2)::bigint;
begin
  select x.* into p from words_of(case when of_portion like 'ticket:%' then number
                                          else (select u.ticket from updates u where u.id = number) end) x where x.portion = of_portion;
  if not found or (p.author is distinct from reader_person() and not opened_to_reader(p.audience, of_portion, p.ticket)) then
    raise exception 'search_put: not by who wrote or may read these words' using errcode = 'insufficient_privilege';
  end if;
  insert into search_entries as e (portion, ticket, at, terms)
  values (of_portion, p.ticket, p.at, without_locks(words, '=!@')
          || array_to_tsvector(search_locks(p.audience, of_portion, p.sealed) || ('@' || to_char(p.at at time zone 'UTC', 'YYYY-MM'))))
  on conflict (portion) do update set terms = excluded.terms where p.author = reader_person();
end $$;

-- Locks among the terms follow the locks of the words: the last step of relock_ticket.
create function relock_terms_of(of_ticket bigint) returns void language sql set search_path = public, pg_temp as $$
  update search_entries e
     set ticket = p.ticket, terms = without_locks(e.terms, '=!') || array_to_tsvector(search_locks(p.audience, p.portion, p.sealed))
    from words_of(of_ticket) p
   where e.portion = p.portion
     and (e.ticket <> p.ticket
          or e.terms <> without_locks(e.terms, '=!') || array_to_tsvector(search_locks(p.audience, p.portion, p.sealed)))
$$;

-- Words that the index does not have (older than it), each with somebody who may read them: whoever indexes them does it as that one.
create function search_missing(at_most integer) returns table (portion text, reader integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  with missing as (
    select 'ticket:' || t.id as portion, t.id as ticket, t.audience from tickets t
     where not exists (select from search_entries e where e.portion = 'ticket:' || t.id)
    union all
    select 'update:' || u.id, u.ticket, u.audience from updates u
     where not exists (select from search_entries e where e.portion = 'update:' || u.id)
  )
  select m.portion, who.id from missing m
   cross join lateral (
     select p.id from people p
      where (p.left_at is null or p.left_at > reader_at())
        and ('person:' || p.id = any (m.audience)
             or exists (select from grants g where g.person = p.id and g.item = m.portion and g.since <= reader_at() and g.until > reader_at())
             or m.audience && '{everyone,staff}' and not p.guest
             or exists (select from memberships b where b.person = p.id and not p.guest
                           and ('department:' || b.department = any (m.audience)
                                or b.level >= 3 and 'handlers:' || b.department = any (m.audience)))
                and not is_recused(p.id, m.ticket, reader_at()))
      order by p.id limit 1) who
   limit at_most;
end $$;

-- One kind of entries (a condition that names a partial index), newest first, in windows of months: the index answers word AND key AND
-- month. "+ 0" and "+ '0'" keep the planner from walking another index: on a word that is frequent only in what the reader may not
-- read it walked for seconds. The first window is as wide as the caller says, the next as wide as what was found lets expect; beyond two
-- years, and at null, it is all there is. `also` is asked of what the index found. How far it looks depends on the calendar and on what was found, never on what may not be read.
create function search_windows(among text, words tsquery, also tsquery, wide integer, recused bigint[], own tsquery,
                               last_at timestamptz, last_id bigint, since timestamptz, enough integer)
returns table (portion text, ticket bigint, at timestamptz, place bigint) language plpgsql stable set search_path = public, pg_temp as $$
declare
  widest constant integer := 24;
  months integer := wide;
  upper_month timestamp := date_trunc('month', least(last_at, reader_at()) at time zone 'UTC');
  lower_month timestamp;
  upper_at timestamptz := 'infinity';
  missing integer := enough;
  more integer;
  ask text := format('select e.portion::text, e.ticket, e.at, e.id from search_entries e where %s and e.terms @@ $1
                       and (e.ticket <> all ($2) or e.terms @@ $3) and (e.at + interval ''0'', e.id + 0) < ($4, $5) and e.at + interval ''0'' <= $6
                       and ($8 is null or ts_match_vq(e.terms, $8))
                     order by e.at + interval ''0'' desc, e.id desc limit $7', among);
begin
  if words is null then
    return;
  end if;
  while months <= widest loop
    lower_month := greatest(upper_month - make_interval(months => months - 1), date_trunc('month', since at time zone 'UTC'));
    return query execute ask using words && (select string_agg(quote_literal('@' || to_char(m, 'YYYY-MM')), ' | ')::tsquery
                                               from generate_series(lower_month, upper_month, interval '1 month') m),
                                   recused, own, last_at, last_id, upper_at, missing, also;
    get diagnostics more = row_count;
    missing := missing - more;
    upper_month := lower_month - interval '1 month';
    upper_at := lower_month at time zone 'UTC' - interval '1 microsecond';
    if missing <= 0 or since > upper_at then
      return;
    end if;
    months := case when more = 0 then months * 4 else greatest(months, least(months * 12, ceil(missing * 1.2 * months / more))) end;
  end loop;
  return query execute ask using words, recused, own, last_at, last_id, upper_at, missing, also;
end $$;

-- How frequent words are in what staff may read. `newest`: their share of the newest, where that is much. Else `wide`: in how many months
-- back there should be enough, by a sample of all times; null: in all there are.
create function search_share(words tsquery, last_at timestamptz, last_id bigint, enough integer, out newest float8, out wide integer)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  sample constant integer := 500;
  ever constant integer := 250;
  seen integer;
  hits integer;
  first_id bigint;
  final_id bigint;
  times timestamptz[];
  hits_ever integer;
  more float8; -- hits for each entry of the sample of all times
  safely constant float8 := case when words::text ~ '<|:[*]' then 1.5 else 1 end; -- a phrase, a word that goes on: each window is dear
begin
  select count(*), count(*) filter (where n.terms @@ words) into seen, hits
    from (select e.at, e.terms from search_entries e where e.reach < 2 and (e.at, e.id) < (last_at, last_id)
           order by e.at desc, e.id desc limit sample) n;
  if seen < sample or hits >= sample / (case when words::text like '%:*%' then 20 else 10 end) then
    newest := greatest(hits, 1)::float8 / greatest(seen, 1);
    return;
  end if;
  select min(e.id), max(e.id) into first_id, final_id from search_entries e;
  select array_agg(n.at order by n.at desc), count(*) filter (where n.hit) into times, hits_ever
    from (select e.at, e.terms @@ words as hit from generate_series(first_id, final_id, greatest(1, (final_id - first_id) / ever)) g
            join search_entries e on e.id = g.g and e.reach < 2 where e.at < last_at offset 0) n;
  more := (hits + hits_ever)::float8 / (seen + cardinality(times)) * greatest(1, (final_id - first_id) / ever);
  wide := case when more * cardinality(times) >= enough * 2
            then (select 1 + (extract(year from d.age) * 12 + extract(month from d.age))::integer
                    from age(date_trunc('month', least(last_at, reader_at())), date_trunc('month', times[ceil(enough * safely / more)])) d (age)) end;
end $$;

-- Where as many of the newest entries that staff may read end. Of its own because of its setting: search_frequent has the other one.
create function search_back_to(last_at timestamptz, last_id bigint, many integer) returns timestamptz
language sql stable set search_path = public, pg_temp set enable_indexscan = on
  return (select e.at from search_entries e where e.reach < 2 and (e.at, e.id) < (last_at, last_id) order by e.at desc, e.id desc offset many limit 1);

-- Frequent words that staff may read, newest first: in fewer of the newest entries than should do, and then in as many as are missing by what
-- was found there, for each that is looked at is dear. By pages, not by entries, and past the index of words: hence the settings.
create function search_frequent(words tsquery, share float8, last_at timestamptz, last_id bigint, enough integer)
returns table (portion text, ticket bigint, at timestamptz, place bigint) language plpgsql stable set search_path = public, pg_temp
set enable_indexscan = off set enable_seqscan = off as $$
declare
  missing integer := enough;
  more integer;
  many integer;
  seen integer := 0;
  back_to timestamptz;
begin
  for step in 1 .. 4 loop
    many := ceil(missing / share * case step when 1 then 0.85 else 1.1 end) + 50;
    back_to := search_back_to(last_at, last_id, many);
    return query select e.portion::text, e.ticket, e.at, e.id from search_entries e
      where e.reach < 2 and e.at >= coalesce(back_to, '-infinity') and (e.at, e.id) < (last_at, last_id) and ts_match_vq(e.terms, words)
      order by e.at desc, e.id desc limit missing;
    get diagnostics more = row_count;
    missing := missing - more;
    if missing <= 0 or back_to is null then
      return;
    end if;
    seen := seen + many;
    share := greatest(enough - missing, 1)::float8 / seen;
    last_at := back_to;
    last_id := 0;
  end loop;
  return query select w.* from search_windows('e.reach < 2', words, null, 1, '{}', null, last_at, last_id, '-infinity', missing) w;
end $$;

-- Where the words stand that this reader may read: newest first, those after `before` and `before_id`. Staff: the newest tell how frequent
-- words are: frequent ones are looked for entry by entry, the others in the index of words, in a window in which there should
-- be enough. A word that goes on is dear in the index. What opens to fewer is looked for as far back: by its locks where words are frequent,
-- else by words and locks.
create function search_terms(words tsquery, before timestamptz, before_id bigint, enough integer)
returns table (portion text, ticket bigint, at timestamptz, place bigint) rows 200
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  reach integer := reader_reach();
  recused bigint[] := reader_recused();
  -- casts, not to_tsquery(), which would drop the signs of locks and months
  locked tsquery := (select string_agg(quote_literal('=' || k), ' | ')::tsquery from unnest(reader_keys()) k where k not in ('everyone', 'staff'));
  own tsquery := (select string_agg(quote_literal('=' || k), ' | ')::tsquery from unnest(reader_own_keys()) k);
  last_at timestamptz := coalesce(before, 'infinity');
  last_id bigint := coalesce(before_id, 0);
  newest float8;
  wide integer := 1;
  frequent boolean := false; -- some months hold enough: there the reader's locks are rarer than the words
begin
  if reach = 1 then
    select k.* into newest, wide from search_share(words, last_at, last_id, enough) k;
    frequent := newest is not null or coalesce(wide <= 2, false);
  end if;
  return query
  with opened as materialized (
    select * from search_frequent(words, newest, last_at, last_id, enough) where newest is not null
    union all
    select * from search_windows(case reach when 1 then 'e.reach < 2' else 'e.reach = 0' end, words, null, wide, '{}', null, last_at, last_id, '-infinity', enough)
     where reach >= 0 and newest is null
  ), edge as (
    select case when count(*) >= enough then min(o.at) else '-infinity' end as since from opened o
  ), shut as (
    select w.* from edge cross join lateral search_windows('e.reach = 2', locked, words, 1, recused, own, last_at, last_id, edge.since, enough) w
     where frequent and edge.since > '-infinity'
    union all
    select w.* from edge cross join lateral search_windows('e.reach = 2', words && locked, null, wide, recused, own, last_at, last_id, edge.since, enough) w
     where reach >= 0 and not (frequent and edge.since > '-infinity')
    union all
    select w.* from search_windows('e.reach = 3', words && locked, null, null, recused, own, last_at, last_id, '-infinity', enough) w where reach >= 0
  )
  select x.portion, x.ticket, x.at, x.place from (select * from opened union all select * from shut) x
   order by x.at desc, x.place desc limit enough;
end $$;
