import secrets
from datetime import datetime

from desk import clock, db
from desk.accounts import rules
from desk.accounts.actions.record import about
from desk.accounts.tables import Session
from desk.journal.rules import Tag

_END = """
update sessions set ended_at = $2 where encode(substr(secret, 1, 8), 'hex') = $1 and person = $3 and ended_at is null
returning id
"""


async def start_session(person: int, *, address: str, browser: str) -> str:
    """Returns the secret for the cookie: 256 bits that are kept nowhere."""
    at = clock.now()
    secret = secrets.token_urlsafe(32)
    row = Session(
        secret=rules.digest(secret),
        person=person,
        started_at=at,
        seen_at=at,
        ends_at=at + rules.SESSION,
        address=address[:64],
        browser=browser[:200],
    )
    await Session.insert(row)
    await about(person, Tag.SIGNED_IN, at)
    return secret


async def touch_session(session: int, at: datetime) -> None:
    await Session.update({Session.seen_at: at}).where((Session.id == session) & (Session.seen_at < at))


async def sign_out(secret: str) -> None:
    at = clock.now()
    if await end_session_of(secret, at):
        person = db.reader().person
        assert person is not None
        await about(person, Tag.SIGNED_OUT, at)


async def end_session_of(secret: str, at: datetime) -> bool:
    """The session behind a cookie, whoever's it is; False when there was none."""
    this = (Session.secret == rules.digest(secret)) & Session.ended_at.is_null()
    return bool(await Session.update({Session.ended_at: at}).where(this).returning(Session.id))


async def end_session(mark: str) -> None:
    """One of the reader's own sessions. Nothing happens when it is over already."""
    at = clock.now()
    person = db.reader().person
    assert person is not None
    if await db.fetch(_END, mark, at, person):
        await about(person, Tag.SESSION_ENDED, at)


async def end_others(person: int, *, but: int | None) -> None:
    """All sessions of the reader, but this one."""
    at = clock.now()
    if count := await end_all(person, at, but=but):
        await about(person, Tag.SESSION_ENDED, at, count=count)


async def end_all(person: int, at: datetime, *, but: int | None = None) -> int:
    """How many ended. The journal tells the change that ends them (roles, leaving)."""
    theirs = (Session.person == person) & Session.ended_at.is_null()
    if but is not None:
        theirs = theirs & (Session.id != but)
    return len(await Session.update({Session.ended_at: at}).where(theirs).returning(Session.id))
