"""Invitations and resets: made by an administrator, handed over, good once."""

import secrets

from desk import clock, db
from desk.accounts import queries, rules
from desk.accounts.actions.passwords import lock_links, set_password
from desk.accounts.actions.sessions import end_session_of, start_session
from desk.accounts.actions.tokens import end_tokens
from desk.accounts.rules import access
from desk.accounts.tables import Link
from desk.directory import queries as directory
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF


async def make_link(person: int, kind: str) -> str:
    """Returns the secret, shown once. Raises Forbidden; Refused for whoever has left, and after three in an hour."""
    rules.check_may_invite(await directory.roles(db.reader().person))
    at = clock.now()
    who = await directory.person(person)
    if who.left_at is not None and who.left_at <= at:
        raise Refused("accounts.has_left", name=who.name)
    await lock_links(person)
    lately = await Link.count().where((Link.person == person) & (Link.made_at > at - access.LINKS_SPAN))
    rules.check_links_made(lately)
    secret = secrets.token_urlsafe(32)
    row = Link(secret=rules.digest(secret), person=person, kind=kind, made_at=at, ends_at=at + rules.link_life(kind))
    await Link.insert(row)
    await journal.write(Tag.LINK_MADE, f"person:{person}", at=at, audience=[STAFF], kind=kind)
    return secret


async def accept(secret: str, password: str, *, address: str, browser: str, before: str | None = None) -> str:
    """As the person of the link: a password, and the secret of a first session. Every other way in ends, tokens too:
    whoever needs a link may have lost any of them. So does the session that this browser had (`before`), whoever's.

    Raises Invalid about `password`, Refused for a link that is over, Lost when it was used in the meantime.
    """
    at = clock.now()
    person = db.reader().person
    assert person is not None
    await lock_links(person)
    found = await queries.link(secret, at)
    if found is None or found.person != person:
        raise Refused("accounts.link_over")
    unused = (Link.secret == rules.digest(secret)) & Link.used_at.is_null()
    await db.once(Link.update({Link.used_at: at}).where(unused))
    await set_password(person, password)
    await end_tokens(person, at)
    if before is not None:
        await end_session_of(before, at)
    return await start_session(person, address=address, browser=browser)
