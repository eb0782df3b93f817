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

_FAILED_OF = "select count(*) from attempts where kind = 'login' and not good and account = $1 and at > $2"
_FAILED_FROM = "select count(*) from attempts where kind = 'login' and not good and address = $1 and at > $2"
_KEPT = timedelta(days=1)


class Attempt(Struct, frozen=True):
    id: int
    person: int | None
    known: str | None  # the hash of the person's password


async def try_to_sign_in(account: str, address: str) -> Attempt:
    """As NOBODY. Counts the try as failed until `sign_in` says otherwise. Raises TooMany."""
    at = clock.now()
    found = await queries.credential(account, at)
    key = f"person:{found[0]}" if found else account.strip().lower()[:254]
    await db.call("select pg_advisory_xact_lock(hashtext($1))", f"login:{key}")
    await db.call("select pg_advisory_xact_lock(hashtext($1))", f"from:{address}")
    rules.check_tries(
        await db.call(_FAILED_OF, key, at - access.ACCOUNT_SPAN),
        await db.call(_FAILED_FROM, address, at - access.ADDRESS_SPAN),
    )
    rows = await Row.insert(Row(kind="login", account=key, address=address, at=at, good=False))
    return Attempt(rows[0]["id"], *(found or (None, None)))


async def is_right(attempt: Attempt, password: str) -> bool:
    """Outside any transaction. The same work for nobody; a password too long to be one is not even hashed."""
    return await hashing.fits(attempt.known, password[:1000])


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
    """The try does not count as a failed one."""
    await Row.update({Row.good: True}).where(Row.id == attempt.id)


class Wrong(Refused):
    status = 422


def wrong(field: str | None = None) -> Wrong:
    """One sentence for a wrong password, an unknown account and one without a password."""
    return Wrong("accounts.wrong_password" if field else "accounts.wrong", field=field)
