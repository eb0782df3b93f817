"""Whatever happens to a request, in whatever order: its hands add up, no word is ever unbroken, every due follows."""

from itertools import pairwise

import asyncpg
import msgspec
import pytest

from desk import clock, db
from desk.sla.queries import clocks
from desk.sla.queries.promises import EVENTS, events_of
from desk.sla.rules import hops, instants, targets
from desk.sla.rules.clock import State, Verdict, state_of
from desk.tickets.queries import show
from tests.firm import Firm
from tests.tickets.histories import History

STEPS = 25
_ROWS = "select x.* from {} x join tickets t on t.id = x.ticket where t.number = $1 order by {}"
_PROMISES = _ROWS.format("promises", "x.id").replace("x.*", f"x.*, ({EVENTS.replace('$1', 'x.id')}) as events")
_SHARES = "select promise, used, size, share from open_shares($1)"
Row = asyncpg.Record


async def check_hands(history: History) -> None:
    """Exactly one holder for every second between filing and end, and nobody between an end and a reopening."""
    rows = await history.firm.rows(history.firm.lin, _ROWS.format("hops", "x.since, x.until, x.id"), history.number)
    (ticket,) = await history.firm.rows(history.firm.lin, "select * from tickets where number = $1", history.number)
    end = ticket["ended_at"] or clock.now()
    assert rows[0]["since"] == ticket["filed_at"]
    assert all(before["until"] == after["since"] for before, after in pairwise(rows))
    assert rows[-1]["until"] == ticket["ended_at"]
    gaps = [(row["since"], row["until"]) for row in rows if row["holder"] == "nobody"]
    assert gaps == [(before[1], after[0]) for before, after in pairwise(history.alive)]
    if ticket["ended_at"] is None:
        assert (rows[-1]["holder"], rows[-1]["department"]) == _holder(ticket)
    await _check_sums(rows, int((end - ticket["filed_at"]).total_seconds()), instants.seconds(end))


def _holder(ticket: Row) -> tuple[str, int | None]:
    return ("department", ticket["department"]) if ticket["state"] == "open" else ("requester", None)


async def _check_sums(rows: list[Row], wall: int, end: int) -> None:
    sums = show.held(rows, instants.moment(end))
    assert sum(sums.values()) == wall
    log = [(instants.seconds(row["since"]), f"{row['holder']}:{row['department']}") for row in rows]
    shares = hops.shares(log, end, {})
    assert {holder: share.wall for holder, share in shares.items()} == {f"{a}:{b}": n for (a, b), n in sums.items()}


async def check_promises(history: History, before: dict[int, Row]) -> dict[int, Row]:
    rows = await history.firm.rows(history.firm.lin, _PROMISES, history.number)
    found = {row["id"]: row for row in rows}
    assert set(before) <= set(found)
    shares = {row["promise"]: row for row in await history.firm.rows(history.firm.lin, _SHARES, clock.now())}
    for row in rows:
        kinds = [event.kind for event in events_of(row["events"])]
        assert kinds[0] == "opened"
        assert kinds.count("broken") == (row["state"] == "broken")
        assert row["id"] not in before or before[row["id"]]["state"] != "broken" or row["state"] == "broken"
        async with db.acting_as(db.NOBODY, writing=False):
            calendar = (await clocks.version(row["calendar"])).compiled
        aim = targets.read(msgspec.json.decode(row["target"]))
        state = state_of(events_of(row["events"]), aim, calendar, instants.seconds(clock.now()))
        check_verdict(row, state, swept=history.swept)
        if row["settled_at"] is None:
            check_share(shares[row["id"]], state)
    return found


def check_verdict(row: Row, state: State, *, swept: bool) -> None:
    """What is kept or withdrawn was not late; what runs is due when its events say so; what is late is marked."""
    late = state.verdict is Verdict.BREACHED
    if row["state"] != "broken" and (swept or row["settled_at"] is not None):
        assert not late
    if row["state"] == "broken":
        assert late
    if row["settled_at"] is None and not late:
        assert instants.seconds(row["due_at"]) == state.due_at
        assert instants.seconds(row["breaks_at"]) == state.breaks_at
        assert [instants.seconds(at) for at in row["thresholds"]] == list(state.thresholds)
        assert row["next_threshold_at"] is not None


def check_share(told: Row, state: State) -> None:
    """PostgreSQL adds up what Python counts."""
    assert (told["used"], told["size"]) == (state.elapsed, state.target)


async def lives(firm: Firm, seed: int) -> History:
    history = History(firm, seed)
    await history.begin()
    promises: dict[int, Row] = {}
    for _ in range(STEPS):
        await history.step()
        try:
            await check_hands(history)
            promises = await check_promises(history, promises)
        except AssertionError as fault:
            raise AssertionError(f"seed {seed}, after:\n{history}\n{fault}") from fault
    return history


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_the_hands_add_up_and_every_due_follows(firm: Firm, seed: int) -> None:
    assert len((await lives(firm, seed)).told) > 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1030))
async def test_the_same_in_thirty_other_lives(firm: Firm, seed: int) -> None:
    await lives(firm, seed)
