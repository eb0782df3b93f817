"""Changes of rights and what they end."""

from collections.abc import Collection

from desk import clock
from desk.accounts.actions.sessions import end_all
from desk.accounts.tables import Link, Token
from desk.directory import actions as directory
from desk.directory import queries
from desk.directory.rules import RoleName
from desk.disclosure import actions as disclosure


async def leave(person: int) -> None:
    """Sessions, tokens, links and grants end in this transaction too. Raises Forbidden, Refused, Lost."""
    at = clock.now()
    await directory.leave(person, at)
    await end_all(person, at)
    await Token.update({Token.ended_at: at}).where((Token.person == person) & Token.ended_at.is_null())
    await Link.update({Link.used_at: at}).where((Link.person == person) & Link.used_at.is_null())
    await disclosure.end_grants(person, at=at)


async def set_roles(person: int, roles: Collection[str]) -> bool:
    """Exactly these. A change ends every session: who has other rights signs in anew. False when nothing changed."""
    before = await queries.roles(person)
    for role in RoleName:
        await directory.set_role(person, role, held=role in roles)
    changed = before != set(roles)
    if changed:
        await end_all(person, clock.now())
    return changed
