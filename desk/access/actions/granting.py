"""Letting somebody in without being asked: by a handler of the owner department, on the page of a request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk import db
from desk.access.queries import portions
from desk.directory import queries as directory
from desk.disclosure.actions import grants
from desk.disclosure.rules import check_term, check_whom
from desk.i18n import Invalid, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants, zones
from desk.tickets.queries.cases import Case


@dataclass(frozen=True, kw_only=True)
class Direct:
    to: int
    refs: Sequence[str]
    until: date | None
    why: str


async def give(case: Case, new: Direct, *, roles: Collection[str], at: datetime) -> None:
    """Raises Overreach for more than anybody may give."""
    guest = (await directory.person(new.to)).guest
    check_whom(db.reader().person or 0, new.to, guest=guest, roles=roles)
    chosen = [one for one in await portions.shut(case.number) if one.ref in new.refs]
    if not chosen:
        raise Invalid({"refs": Sentence("disclosure.grant_nothing")})
    owner = await clocks.clock(chosen[0].owner_department)
    until = check_term(new.until, owner.today(at))
    items = [one.item for one in chosen]
    grant = grants.Grant(to=new.to, items=items, until=last_instant(until, owner), why=new.why)
    audience = await grants.give(grant, guest=guest, roles=roles)
    await journal.write(
        Tag.ACCESS_GRANTED, items[0], at=at, audience=audience, ticket=case.id, recipient=new.to, until=until,
        items=items,
    )  # fmt: skip


def last_instant(until: date, owner: Clock) -> datetime:
    """A grant lasts through its last day, where its owner works."""
    return instants.moment(zones.instant(owner.compiled.zone, (until + timedelta(days=1)).toordinal(), 0))
