"""Two requests are linked, or no longer; the journal of both says so, to who reads both."""

from datetime import datetime
from typing import Any

from desk import db
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.tickets.queries import relations
from desk.tickets.queries.cases import Case
from desk.tickets.rules import linking as rules
from desk.tickets.rules.linking import Link

_ADD = """
insert into relations (ticket, other, kind, by, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning id
"""
_END = """
update relations set ended_at = $4 where ticket = $1 and other = $2 and kind = $3 and ended_at is null returning id
"""


async def link(case: Case, other: Case, word: str, *, at: datetime) -> None:
    """`word`: what the case at hand is to the other one. Raises Forbidden, Refused."""
    kind, turned = rules.direction(word)
    await _check_link(case, other, kind)
    one, two = (other, case) if turned else (case, other)
    await _check_ends(one, two, kind)
    await join(one, two, kind, tag=Tag.REQUEST_LINKED, at=at)


async def unlink(case: Case, other: Case, word: str, *, at: datetime) -> None:
    kind, turned = rules.direction(word)
    await _check_link(case, other, kind)
    one, two = (other, case) if turned else (case, other)
    row = await db.call(_END, one.id, two.id, kind.value, at)
    if row is None:
        raise Refused("tickets.link_gone")
    await _tell(row, one, two, kind, tag=Tag.REQUEST_UNLINKED, at=at)


async def join(one: Case, two: Case, kind: Link, *, tag: Tag, at: datetime, **facts: Any) -> None:
    row = await db.call(_ADD, one.id, two.id, kind.value, one.writer.person, at)
    if row is None:
        raise Refused("tickets.linked_already", field="other")
    await _tell(row, one, two, kind, tag=tag, at=at, **facts)


async def _tell(row: int, one: Case, two: Case, kind: Link, *, tag: Tag, at: datetime, **facts: Any) -> None:
    """An entry for each end, named by the link itself: whoever reads one of the two only is told nothing."""
    for case, other, word in ((one, two, kind.value), (two, one, rules.TURNED + kind.value)):
        await journal.write(
            tag,
            f"relation:{row}",
            at=at,
            audience=case.audience,
            ticket=case.id,
            other=other.number,
            link=word,
            **facts,
        )


async def _check_link(case: Case, other: Case, kind: Link) -> None:
    rules.check_link(
        case.actor, kind, requester=case.requester, departments=(case.department, other.department)
    )  # fmt: skip


async def _check_ends(one: Case, two: Case, kind: Link) -> None:
    """Both ways of `relates` are one; in a circle of the others nobody could begin."""
    if kind is Link.RELATES:
        rules.check_ends(one.id, two.id, ())
        if any(known.kind is kind and known.number == two.number for known in await relations.linked(one.id)):
            raise Refused("tickets.linked_already", field="other")
        return
    rules.check_ends(one.id, two.id, await relations.ahead(two.id, kind))
