"""The firm of the benchmark obeys the product's own rules."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from bench import load
from bench.load.firm import MEASURED
from bench.load.plan import LONG, LONG_UPDATES, OPEN_AT_LEAST
from desk.disclosure import rules
from desk.disclosure.queries import label_of
from desk.disclosure.rules import Parties, Tier
from tests.cluster import Cluster

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
REQUESTS = 300
_UPDATES = """
select u.*, t.requester, t.requesting_department, t.department, t.tier = 0 as open_request
  from updates u join tickets t on t.id = u.ticket
"""
_AS_THE_DATABASE_SAYS = """
select count(*) from updates u join tickets t on t.id = u.ticket
 where u.audience <> portion_locks(u.tier, u.author, u.owner_department, t.department, t.requesting_department,
                                   t.requester, u.for_requester, t.tier = 0, u.asked)
"""
_HANGING = """
select (select count(*) from promises p where not (p.audience = coalesce(
          (select u.audience from updates u where u.id = p.of_update), (select t.audience from tickets t where t.id = p.ticket))))
     + (select count(*) from entries e where e.ticket is not null and e.audience <> locks_of_item(e.subject))
     + (select count(*) from notices n where n.audience <> locks_of_item(n.subject))
     + (select count(*) from hops h join tickets t on t.id = h.ticket where h.audience <> t.audience)
"""

_UNFINDABLE = """
select count(*) from (select 'ticket:' || id as portion, audience, sealed from tickets
                      union all select 'update:' || id, audience, sealed from updates) p
  left join search_entries e using (portion)
 where e.terms is null or cardinality(tsvector_to_array(e.terms)) < 4
    or not array(select l from unnest(tsvector_to_array(e.terms)) l where left(l, 1) in ('=', '!'))
           @> search_locks(p.audience, p.portion, p.sealed)
"""


@pytest.fixture(scope="module")
async def loaded(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    url = cluster.clone("desk_bench").replace("//desk@", "//postgres@")
    await load.fill(url, REQUESTS, now=NOW)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()
    cluster.drop("desk_bench")


async def test_a_firm_of_2000_people_files_as_many_requests_as_asked(loaded: asyncpg.Connection) -> None:
    counted = {name: await loaded.fetchval(f"select count(*) from {name}")  # noqa: S608
               for name in ("people", "departments", "services", "headships", "tickets")}  # fmt: skip
    assert counted == {"people": 2000, "departments": 20, "services": 60, "headships": 20, "tickets": REQUESTS}


async def test_the_measured_queue_and_page_are_there_at_any_size(loaded: asyncpg.Connection) -> None:
    open_now = "select count(*) from tickets where department = $1 and state = 'open'"
    long = "select count(*) from (select ticket from updates group by ticket having count(*) = $1) x"
    assert await loaded.fetchval(open_now, MEASURED) >= OPEN_AT_LEAST
    assert await loaded.fetchval(long, LONG_UPDATES) >= LONG


async def test_every_portion_is_in_the_index_with_its_locks(loaded: asyncpg.Connection) -> None:
    assert await loaded.fetchval(_UNFINDABLE) == 0
    assert await loaded.fetchval("select count(*) from pg_indexes where tablename = 'search_entries'") == 8


async def test_every_update_has_the_locks_that_the_rule_gives(loaded: asyncpg.Connection) -> None:
    for row in await loaded.fetch(_UPDATES):
        tier = Tier.OPEN if row["open_request"] else Tier.INTERNAL
        request = rules.Label(tier=tier, owner=row["department"], day=row["day"])
        parties = Parties(requester=row["requester"], requesting=row["requesting_department"],
                          serving=row["department"], label=request)  # fmt: skip
        wanted = rules.locks(label_of(row), author=row["author"], parties=parties, for_requester=row["for_requester"])
        assert row["audience"] == wanted


async def test_the_database_would_give_the_same_locks(loaded: asyncpg.Connection) -> None:
    assert await loaded.fetchval(_AS_THE_DATABASE_SAYS) == 0
    assert await loaded.fetchval(_HANGING) == 0


async def test_every_entry_has_its_errand_done(loaded: asyncpg.Connection) -> None:
    missing = (
        "select count(*) from entries e left join errands r on r.entry = e.id where r.state is distinct from 'done'"
    )
    assert await loaded.fetchval(missing) == 0


async def test_the_sweep_finds_nothing_that_it_should_have_done(loaded: asyncpg.Connection) -> None:
    assert await loaded.fetch("select * from sweep_promises($1)", NOW) == []
    assert (
        await loaded.fetch("select * from open_due(array(select id from departments), $1, $2)", NOW.date(), NOW) == []
    )
    assert await loaded.fetch("select * from lapse_acceptances($1)", NOW) == []


async def test_the_next_request_gets_the_next_number(loaded: asyncpg.Connection) -> None:
    highest = await loaded.fetchval("select max(number) from tickets where not sealed")
    assert await loaded.fetchval("select nextval('ticket_numbers')") > highest
