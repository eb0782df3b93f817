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
