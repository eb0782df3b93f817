"""The demo firm as somebody finds it who logs in for the first time."""

from datetime import timedelta
from typing import Any

import pytest

from desk import db, settings
from desk.accounts import actions as accounts
from desk.demo import PASSWORD, seed, telling
from desk.i18n import Refused

_OPEN = """
select p.kind, p.due_at, p.at_risk, p.state, t.number from promises p join tickets t on t.id = p.ticket
 where p.settled_at is null and p.person = $1
"""

_MARKERS = "select sealed_until from update_markers($1)"
_BLOCKED = """
select count(*) from relations r join tickets t on t.id = r.other join tickets b on b.id = r.ticket
 where r.kind = 'blocks' and b.state = 'open' and t.requester = $1
"""
_ASKED = "select t.state from access_asks a join tickets t on t.id = a.ticket where a.person = $1"
_UNREAD = "select tag from notices where person = $1 and read_at is null"


@pytest.fixture
async def told(desk: None, still: Any) -> Any:
    """Friday, 15:00. Told once for each test: the database is the only one."""
    await telling.tell(PASSWORD)
    return still


async def test_the_demo_firm(told: Any, superuser: Any):
    """One test, as the telling takes seconds."""
    await _wu_has_something_of_everything(told, superuser)
    await _lin_is_waited_for(superuser)
    await _zhao_sees_markers_and_no_words(superuser)
    await _zhao_finds_that_a_seal_has_ended_and_nothing_of_the_one_that_runs(superuser)
    await _each_of_the_four_has_something_confidential_to_do(superuser)
    await _what_was_taken_away_is_gone(superuser)
    await _qian_was_told_of_a_reading_in_the_evening(superuser)
    await _nobody_begins_with_hundreds_of_notices(superuser)
    await _broken_promises_were_noticed_at_once(superuser)
    await _everybody_can_log_in(superuser)
    with pytest.raises(Refused, match="people in this database"):
        await telling.tell(PASSWORD)


async def _wu_has_something_of_everything(told: Any, superuser: Any) -> None:
    owed = await superuser.fetch(_OPEN, await _id(superuser, "wu"))
    assert any(row["state"] == "broken" for row in owed)
    assert any(row["state"] == "open" and row["at_risk"] for row in owed)
    assert any(row["state"] == "open" and row["due_at"].date() == told.at.date() for row in owed)


async def _lin_is_waited_for(superuser: Any) -> None:
    states = await superuser.fetch("select state from tickets where requester = $1", await _id(superuser, "lin"))
    assert {"resolved", "waiting"} <= {row["state"] for row in states}


async def _zhao_sees_markers_and_no_words(superuser: Any) -> None:
    async with db.acting_as(db.Reader(await _id(superuser, "zhao")), writing=False):
        ticket = await db.call("select id from tickets where title like '差旅住宿超标%'")
        markers = await db.fetch("select tier from update_markers($1)", ticket)
        read = await db.fetch("select kind from updates where ticket = $1", ticket)
    assert sorted(row["tier"] for row in markers) == [2, 3]
    assert "note" not in {row["kind"] for row in read}


async def _zhao_finds_that_a_seal_has_ended_and_nothing_of_the_one_that_runs(superuser: Any) -> None:
    found = {}
    for title in ("消防检测费付款", "运营部本月的招待费还剩多少额度"):
        async with db.acting_as(db.Reader(await _id(superuser, "zhao")), writing=False):
            ticket = await db.call("select id from tickets where title = $1", title)
            found[title] = [row["sealed_until"] is not None for row in await db.fetch(_MARKERS, ticket)]
    assert list(found.values()) == [[True], []]
    assert await superuser.fetchval("select count(*) from updates where sealed") == 1


async def _each_of_the_four_has_something_confidential_to_do(superuser: Any) -> None:
    """林 waits for words that block her request, 吴 has an access request, 赵 has asked, 钱 is the second person."""
    assert await superuser.fetchval(_BLOCKED, await _id(superuser, "lin")) == 1
    assert await superuser.fetchval(_ASKED, await _id(superuser, "zhao")) == "open"
    for table in ("countersigns where answered_at is null", "removals where state = 'asked'"):
        assert await superuser.fetchval(f"select count(*) from {table}") == 1  # noqa: S608
    told = await superuser.fetch(_UNREAD, await _id(superuser, "qian"))
    assert {"countersign_asked", "removal_asked"} <= {row["tag"] for row in told}


async def _what_was_taken_away_is_gone(superuser: Any) -> None:
    gone = await superuser.fetch("select body from updates where removed_at is not null")
    assert [row["body"] for row in gone] == [""]


async def _qian_was_told_of_a_reading_in_the_evening(superuser: Any) -> None:
    (why,) = await superuser.fetch("select why from unusual_reads")
    assert why["why"] == "hours"


async def _nobody_begins_with_hundreds_of_notices(superuser: Any) -> None:
    unread = await superuser.fetch("select person, count(*) from notices where read_at is null group by person")
    assert unread
    assert max(row["count"] for row in unread) < 15
    assert await superuser.fetchval("select count(*) from errands where state <> 'done'") == 0


async def _broken_promises_were_noticed_at_once(superuser: Any) -> None:
    late = "select max((data ->> 'noticed')::timestamptz - at) from promise_events where kind = 'broken'"
    assert await superuser.fetchval(late) <= timedelta(minutes=30)


async def _everybody_can_log_in(superuser: Any) -> None:
    async with db.acting_as(db.NOBODY):
        attempt = await accounts.try_to_sign_in("lin", "127.0.0.1")
    assert await accounts.is_right(attempt, PASSWORD)
    assert await superuser.fetchval("select count(*) from credentials") == await superuser.fetchval(
        "select count(*) from people"
    )


async def _id(superuser: Any, login: str) -> int:
    return await superuser.fetchval("select id from people where login = $1", login)


def test_production_has_no_demo_firm(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DESK_PRODUCTION", "1")
    monkeypatch.setenv("DESK_SECRET", "a secret of one's own that is long enough")
    settings.current.cache_clear()
    with pytest.raises(Refused, match="not told in production"):
        seed.callback()
    monkeypatch.undo()
    settings.current.cache_clear()
