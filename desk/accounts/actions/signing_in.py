"""Signing in, in two transactions with the slow hash between them; a try counts before its password is looked at."""

from datetime import timedelta

from msgspec import Struct

from desk import clock, db
from desk.accounts import queries, rules
from desk.accounts.actions import hashing
from desk.accounts.actions.passwords import store_password
from desk.accounts.actions.sessions import end_session_of, start_session
from desk.accounts.rules import access
from desk.accounts.tables import Attempt as Row
from desk.i18n import Refused

_FAILED = "select count(*) from attempts where kind = $1 and not good and account = $2 and at > $3"
_FAILED_FROM = "select count(*) from attempts where kind = 'login' and not good and address = $1 and at > $2"
_LOCK = "select pg_advisory_xact_lock(hashtext(name)) from unnest($1::text[]) as name"
_KNOWN = "select password from credentials where person = $1 for share"
_KEPT = timedelta(days=1)


class Attempt(Struct, frozen=True):
    ids: tuple[int, ...]
    person: int | None
    known: str | None  # the hash of the person's password
    spent: bool  # too many tries under the other names of the person: wrong, whatever the password is


async def try_to_sign_in(account: str, address: str) -> Attempt:
    """As NOBODY. Counts the try as failed until `was_right` says otherwise. Raises TooMany.

    What is refused openly is counted by what was typed, so that nobody learns which names are somebody's. Login and
    address of one person share their tries all the same: beyond these a try is told to be wrong.
    """
    at = clock.now()
    found = await queries.credential(account, at)
    typed, source = account.strip().lower()[:254], access.source(address)
    person, known = found or (None, None)
    who = f"person:{person}" if person else f"nobody:{typed}"[:254]
    await db.fetch(_LOCK, [f"login:{typed}", f"who:{who}", f"from:{source}"])
    since = at - access.ACCOUNT_SPAN
    rules.check_tries(
        await db.call(_FAILED, "login", typed, since),
        await db.call(_FAILED_FROM, source, at - access.ADDRESS_SPAN),
    )
    spent = await db.call(_FAILED, "who", who, since) >= access.ACCOUNT_TRIES
    rows = await Row.insert(
        Row(kind="login", account=typed, address=source, at=at, good=False),
        Row(kind="who", account=who, address=source, at=at, good=spent),
    )
    return Attempt(tuple(row["id"] for row in rows), person, known, spent)


async def is_right(attempt: Attempt, password: str) -> bool:
    """Outside any transaction. The same work for nobody; a password too long to be one is not even hashed."""
    return await hashing.fits(attempt.known, password[:1000]) and not attempt.spent


async def sign_in(attempt: Attempt, password: str, *, address: str, browser: str, before: str | None) -> str:
    """As the person, after `is_right`. Returns the secret of a new session; the one before (`before`) ends."""
    assert attempt.person is not None
    assert attempt.known is not None
    at = clock.now()
    await was_right(attempt)
    await Row.delete().where(Row.at < at - _KEPT)
    if hashing.outdated(attempt.known):
        await store_password(attempt.person, await hashing.hashed(password))
    if before is not None:
        await end_session_of(before, at)
    return await start_session(attempt.person, address=address, browser=browser)


async def was_right(attempt: Attempt) -> None:
    """The try does not count as a failed one. Raises Wrong when the password was changed while it was looked at."""
    if await db.call(_KNOWN, attempt.person) != attempt.known:
        raise wrong()
    await Row.update({Row.good: True}).where(Row.id.is_in(list(attempt.ids)))


class Wrong(Refused):
    status = 422


def wrong(field: str | None = None) -> Wrong:
    """One sentence for a wrong password, an unknown account and one without a password."""
    return Wrong("accounts.wrong_password" if field else "accounts.wrong", field=field)
