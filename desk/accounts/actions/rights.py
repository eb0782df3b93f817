"""Changes of rights and what they end."""

from collections.abc import Collection

from desk import clock
from desk.accounts.actions.passwords import use_up_links
from desk.accounts.actions.sessions import end_all
from desk.accounts.actions.tokens import end_all_tokens
from desk.directory import actions as directory
from desk.directory import queries
from desk.directory.rules import RoleName
from desk.disclosure import actions as disclosure


async def leave(person: int) -> list[queries.Department]:
    """Sessions, tokens, links and grants end in this transaction too. Returns the departments that have no head now.

    Raises Forbidden, Refused, Lost.
    """
    at = clock.now()
    headless = await directory.leave(person, at)
    await end_all(person, at)
    await end_all_tokens(person, at)
    await use_up_links(person, at)
    await disclosure.end_grants(person, at=at)
    return headless


async def set_roles(person: int, roles: Collection[str]) -> bool:
    """Exactly these. A change ends every session: who has other rights signs in anew. False when nothing changed."""
    before = await queries.roles(person)
    for role in RoleName:
        await directory.set_role(person, role, held=role in roles)
    changed = before != set(roles)
    if changed:
        await end_all(person, clock.now())
    return changed
