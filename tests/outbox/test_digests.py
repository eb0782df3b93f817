"""What is not due today is told twice a day, in one letter."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import clock, db
from desk.outbox import jobs as outbox
from desk.outbox.actions import choosing
from desk.outbox.rules.matters import Matter, Pace, next_digest, pace
from desk.tickets import actions as tickets
from tests.firm import Firm, told
from tests.outbox.post import Server, text, worker_runs

WU = "wu@example.cn"
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@pytest.mark.parametrize(
    ("now", "then"),
    [("2026-11-20 11:29", "2026-11-20 11:30"), ("2026-11-20 11:30", "2026-11-20 17:00"), ("2026-11-20 17:00", "2026-11-21 11:30")],
)  # fmt: skip
def test_the_next_digest_is_at_half_past_eleven_or_at_five(now: str, then: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC) - timedelta(hours=8)

    assert told(next_digest(at, "Asia/Shanghai")) == then


@given(MOMENTS, st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]))
def test_there_is_one_within_a_day_wherever_somebody_is(at: datetime, zone: str) -> None:
    assert timedelta() < next_digest(at, zone) - at <= timedelta(hours=19, minutes=30)


def test_what_is_due_today_waits_for_none() -> None:
    at = datetime(2026, 11, 20, 7, tzinfo=UTC)
    evening, tomorrow = at.replace(hour=15, minute=59), at.replace(hour=16)  # midnight in Shanghai lies between

    assert [pace(Pace.DIGEST, due, at, "Asia/Shanghai") for due in (evening, tomorrow, None)] == [
        "now",
        "digest",
        "digest",
    ]
    assert pace(Pace.NONE, evening, at, "Asia/Shanghai") is Pace.NONE


async def test_two_requests_of_an_evening_are_one_letter_in_the_morning(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    firm.clock_says("2026-11-20 17:30")
    for title in ("a laptop", "a desk"):
        await firm.lin_asks_for(title)
    await worker_runs(superuser)
    assert server.box(WU) == []

    firm.clock_says("2026-11-21 11:30")
    assert await outbox.tell_in_digests() == 2  # 吴 and 周
    await worker_runs(superuser)

    (letter,) = server.box(WU)
    assert letter["Subject"] == "2件事的汇总"
    assert all(title in text(letter) and title in text(letter, "html") for title in ("a laptop", "a desk"))
    assert letter["Auto-Submitted"] == "auto-generated"
    assert await outbox.tell_in_digests() == 0


async def test_a_digest_tells_nothing_that_was_shut_meanwhile(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    firm.clock_says("2026-11-20 17:30")
    await firm.files(firm.lin, "my pay", service="payroll")
    await worker_runs(superuser)
    await superuser.execute("update memberships set level = 2 where person = $1", firm.han.person)
    firm.clock_says("2026-11-21 11:30")
    await outbox.tell_in_digests()
    await worker_runs(superuser)

    assert server.box("han@example.cn") == []
    assert await superuser.fetchval("select state from sendings where person = $1", firm.han.person) == "skipped"


async def test_who_wants_none_gets_none_and_who_watches_may_want_all(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    async with db.acting_as(firm.wu):
        await choosing.choose({Matter.WORK: Pace.NONE}, at=clock.now())
    async with db.acting_as(firm.zhao):
        await choosing.choose({Matter.WATCHED: Pace.NOW}, at=clock.now())
    number = await firm.lin_asks_for("a laptop")
    await firm.does(firm.zhao, tickets.watch, number)
    await firm.replies(firm.zhou, number)
    await worker_runs(superuser)

    assert server.box(WU) == []
    assert len(server.box("zhao@example.cn")) == 1
