from datetime import datetime

from desk import clock, db
from desk.accounts import rules
from desk.accounts.actions import hashing
from desk.accounts.actions.record import about
from desk.accounts.actions.sessions import end_others, start_session
from desk.accounts.tables import Credential, Link
from desk.directory import queries as directory
from desk.journal.rules import Tag


async def set_password(person: int, password: str) -> None:
    """The person's own, or the operator's doing. Shuts what the old one opened: sessions, links not used yet.

    Raises Invalid about `password`, Forbidden.
    """
    rules.check_own(db.reader().person, person)
    at = clock.now()
    who = await directory.person(person)
    rules.check_password(password, login=who.login, name=who.name, email=who.email)
    await store_password(person, await hashing.hashed(password))
    await about(person, Tag.PASSWORD_SET, at)
    await use_up_links(person, at)
    await end_others(person, but=None)


async def store_password(person: int, hashed: str) -> None:
    held = Credential.person == person
    if not await Credential.update({Credential.password: hashed}).where(held).returning(Credential.person):
        await Credential.insert(Credential(person=person, password=hashed))


async def change_password(password: str, *, address: str, browser: str) -> str:
    """The reader's own. Ends every session, this one too, and returns the secret of a new one; tokens stay."""
    person = db.reader().person
    assert person is not None
    await set_password(person, password)
    return await start_session(person, address=address, browser=browser)


async def lock_links(person: int) -> None:
    """Links of one person are made, used and used up one after the other."""
    await db.call("select pg_advisory_xact_lock(hashtext($1))", f"link:{person}")


async def use_up_links(person: int, at: datetime) -> None:
    await lock_links(person)
    await Link.update({Link.used_at: at}).where((Link.person == person) & Link.used_at.is_null())
