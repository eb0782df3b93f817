import secrets
from datetime import datetime, timedelta

from desk import clock, db
from desk.accounts import rules
from desk.accounts.actions.record import about
from desk.accounts.tables import Token
from desk.journal.rules import Tag

_END = """
update tokens set ended_at = $2 where encode(substr(secret, 1, 8), 'hex') = $1 and person = $3 and ended_at is null
returning id
"""


async def make_token(person: int, name: str, *, cap: int = 1, days: int = 30, writes: bool = True) -> str:
    """Returns the token, shown once. `cap`: the highest tier that it reaches. Raises Invalid, Forbidden."""
    rules.check_own(db.reader().person, person)
    rules.check_token(name, cap=cap, days=days)
    at = clock.now()
    secret = f"dsk_{secrets.token_urlsafe(32)}"
    row = Token(
        secret=rules.digest(secret),
        person=person,
        name=name.strip(),
        cap=cap,
        writes=writes,
        made_at=at,
        ends_at=at + timedelta(days=days),
    )
    await Token.insert(row)
    await about(person, Tag.TOKEN_MADE, at, cap=cap, days=days, writes=writes)
    return secret


async def touch_token(token: int, at: datetime) -> None:
    await Token.update({Token.used_at: at}).where(Token.id == token)


async def end_token(mark: str) -> None:
    """One of the reader's own tokens. Nothing happens when it is over already."""
    at = clock.now()
    person = db.reader().person
    assert person is not None
    if await db.fetch(_END, mark, at, person):
        await about(person, Tag.TOKEN_ENDED, at)


async def end_tokens(person: int, at: datetime) -> None:
    """All of them, told in one entry."""
    if count := await end_all_tokens(person, at):
        await about(person, Tag.TOKEN_ENDED, at, count=count)


async def end_all_tokens(person: int, at: datetime) -> int:
    """How many ended. The journal tells the change that ends them (leaving)."""
    theirs = (Token.person == person) & Token.ended_at.is_null()
    return len(await Token.update({Token.ended_at: at}).where(theirs).returning(Token.id))
