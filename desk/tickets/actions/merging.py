"""One request goes into another: its words stay where they are, what it is owed goes along, and nobody reads more."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.disclosure.queries import recusals
from desk.disclosure.rules.high_water import surely_reads, wider
from desk.i18n import Refused
from desk.journal.rules import Tag
from desk.sla.actions import merging as ledger
from desk.sla.queries.promises import Owed, still_owed
from desk.sla.rules.kinds import ASKED
from desk.sla.rules.merging import check_merge
from desk.tickets.actions import hops
from desk.tickets.actions.linking import join
from desk.tickets.queries import relations
from desk.tickets.queries.cases import Case
from desk.tickets.rules import linking as rules
from desk.tickets.rules import states
from desk.tickets.rules.linking import Link

_MERGED = """
update tickets set state = 'merged', ended_at = $3, lapses_at = null where id = $1 and state = $2 returning id
"""


class Preview(Struct, frozen=True, kw_only=True):
    """What a merge would do. `more`, `less`: locks whose holders come to read what is owed, or do so no more."""

    moves: list[Owed]
    ends: list[Owed]
    more: list[str]
    less: list[str]
    shut_out: bool  # somebody to whom it is owed does not read the request that stays


async def preview(goes: Case, stays: Case) -> Preview:
    """Raises Forbidden or Refused where it cannot be, whoever would read what."""
    rules.check_merge_by(
        goes.actor, departments=(goes.department, stays.department), requesters=(goes.requester, stays.requester)
    )
    check_merge(goes.id, stays.id, await relations.merged_into([goes.id, stays.id]))
    states.check_running(goes.state)
    rules.check_into(stays.number, stays.state)
    if await still_owed(goes.id, ASKED):
        raise Refused("tickets.merge_asked")
    if await recusals.is_less(goes.id, stays.id):
        raise Refused("tickets.merge_recused", field="other")
    moves, ends = ledger.apart(await still_owed(goes.id, ledger.WENT))
    owed = [one.id for one in moves]
    rules.check_not_sealed(await relations.are_sealed([goes.id, stays.id], promises=owed))
    promisees = await relations.promisees(goes.id)
    guests = await relations.guests([*goes.audience, *stays.audience])
    return Preview(
        moves=moves, ends=ends, more=_more(goes, stays, moves, guests),
        less=wider(goes.audience, stays.audience, guests),
        shut_out=not all(surely_reads(person, stays.audience, guest=guest) for person, guest in promisees),
    )  # fmt: skip


async def merge(goes: Case, stays: Case, *, at: datetime) -> None:
    """It cannot be undone; what belongs apart again is split off. Raises Refused where somebody would read more."""
    seen = await preview(goes, stays)
    if seen.more:
        raise Refused("tickets.merge_widens", field="other")
    if seen.shut_out:
        raise Refused("tickets.merge_shuts_out", field="other")
    await db.expect_one(_MERGED, goes.id, goes.state.value, at)
    await join(goes, stays, Link.MERGED, tag=Tag.REQUEST_MERGED, at=at)
    await ledger.move(goes.id, stays.id, at=at)
    await hops.end(goes.id, at=at)


def _more(goes: Case, stays: Case, moves: list[Owed], guests: set[int]) -> list[str]:
    """A word of a reply is as shut as that reply, which may be more than its request."""
    shut = [goes.audience, *(one.audience for one in moves)]
    return sorted({lock for one in shut for lock in wider(stays.audience, one, guests)})
