"""The bench of the promise engine runs, and its ledger is one that the product could have written."""

import json
from collections.abc import AsyncIterator

import asyncpg
import msgspec
import pytest

from bench import sla
from bench.sla import calls, ledger, others
from bench.sla.figures import Figure
from bench.sla.ledger import NOW
from desk.sla.queries.promises import EVENTS, events_of
from desk.sla.rules import format, instants, targets
from desk.sla.rules.clock import state_of
from desk.sla.rules.compiled import Compiled
from tests.cluster import Cluster

_SAMPLE = f"""
select p.*, c.definition, ({EVENTS.replace("$1", "p.id")}) as events from promises p join calendars c on c.id = p.calendar
 where p.id % 97 = 0
"""  # noqa: S608


@pytest.fixture(scope="module")
async def told(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    url = cluster.clone("desk_ledger").replace("//desk@", "//postgres@")
    await ledger.fill(url, 5000)
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()
    cluster.drop("desk_ledger")


async def test_every_promise_of_the_ledger_follows_from_its_events(told: asyncpg.Connection) -> None:
    now = instants.seconds(NOW)
    rows = await told.fetch(_SAMPLE)
    for row in rows:
        calendar = Compiled(format.parse(msgspec.json.decode(row["definition"])), near=now)
        target = targets.read(msgspec.json.decode(row["target"]))
        state = state_of(events_of(row["events"]), target, calendar, now)
        assert (instants.seconds(row["due_at"]), row["used"], row["size"]) == (
            state.due_at,
            state.elapsed,
            state.target,
        )
        assert [instants.seconds(at) for at in row["thresholds"]] == list(state.thresholds)
    assert len(rows) == 51


async def test_what_is_owed_hangs_on_a_request_of_the_same_department(told: asyncpg.Connection) -> None:
    apart = "select count(*) from promises p left join tickets t on t.id = p.ticket where t.department is distinct from p.department"
    assert await told.fetchval(apart) == 0
    assert await told.fetchval("select count(*) from promises where settled_at is null") == 5000


async def test_the_sweep_has_nothing_left_to_do_at_the_end_of_the_story(told: asyncpg.Connection) -> None:
    assert await told.fetch("select * from sweep_promises($1)", NOW) == []


async def test_the_database_adds_up_what_python_counted(told: asyncpg.Connection) -> None:
    apart = "select count(*) from open_shares($1) s join promises p on p.id = s.promise where s.used is distinct from p.used"
    assert await told.fetchval(apart, NOW) == 0


def test_the_calendar_answers_and_what_is_not_installed_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    sla.main(["--calls", "50", "--promises", "0", "--json"])
    figures = json.loads(capsys.readouterr().out)

    assert figures["add 8 h"]["cpu"] > 0
    assert {name for name in figures if name.startswith("same_day")} == {
        "same_day", "same_day by 16:00", "same_day, 2 h before the close",
    }  # fmt: skip
    assert all(
        "bench/requirements.lock" in one["note"] or "agrees" in one["note"]
        for name, one in figures.items()
        if "business" in name
    )


def test_a_bar_is_missed_by_more_and_not_by_the_bar_itself() -> None:
    assert [Figure("x", used, 2, "s").verdict for used in (2, 2.01, None)] == ["PASS", "MISS", ""]


def test_what_others_cannot_express_is_left_out_for_them_alone() -> None:
    whole, week = others._without(()), others._without(others.CANNOT["business-duration"])
    saturday = instants.read("2026-10-10T02:00:00Z")

    assert whole.is_open(saturday)
    assert not week.is_open(saturday)
    assert len(calls.spread(10)) == 10
