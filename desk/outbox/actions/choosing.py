"""What people say about their letters: how often they come, and that an address works again."""

from collections.abc import Mapping
from datetime import datetime

from desk import db, locks
from desk.directory import queries as directory
from desk.directory.actions.record import about_habits
from desk.i18n import NotFound
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.outbox.rules.matters import Matter, Pace

_CHOOSE = """
insert into rhythms (person, matter, pace) values ($1, $2, $3)
on conflict (person, matter) do update set pace = excluded.pace returning id
"""
_RETURN = """
update suspensions set ended_at = $2, ended_by = $3 where token = $1 and ended_at is null and (person = $3 or $4)
returning person
"""


async def choose(paces: Mapping[Matter, Pace], *, at: datetime) -> None:
    me = db.reader().person
    assert me is not None
    for matter, pace in paces.items():
        await db.call(_CHOOSE, me, matter.value, pace.value)
    await about_habits(me, at)


async def give_back(token: str, *, at: datetime) -> None:
    """By whose address it is, or by an administrator. Raises NotFound for everybody else, and when it works already."""
    me = db.reader().person or 0
    administers = "administrator" in await directory.roles(me)
    owner = await db.call(_RETURN, token, at, me, administers)
    if owner is None:
        raise NotFound
    audience = sorted({locks.person(owner), locks.person(me)})
    await journal.write(Tag.ADDRESS_RETURNED, f"person:{owner}", at=at, audience=audience)
