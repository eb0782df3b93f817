"""Which targets a request gets: the same for a form, a program, a new message, a new priority, and a dry run."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.catalog.rules.service import Service
from desk.sla.queries import policies
from desk.sla.rules.policies import Asked, Line, Own, Priority, Standard, carries, first_match, within_share
from desk.tickets.queries.cases import Case
from desk.tickets.queries.services import service_of


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`holder` is the department that would owe it; `ticket` is None for a request that is yet to be."""

    service: Service
    asked: Asked
    holder: int
    ticket: int | None = None
    carries: bool = False  # it carries a critical target already, which is counted

    @property
    def own(self) -> Own:
        return Own(self.service.reply, self.service.resolution)


async def of_new(service: Service, *, requester: int, holder: int) -> Standard:
    """What a request gets when it is filed: routine, whoever asks."""
    held = await policies.lines_for(requester)
    asked = Asked(service=service.id, department=held.department, critical=held.critical)
    return await standard(Wanted(service=service, asked=asked, holder=holder), held.lines)


async def of_case(case: Case, priority: Priority) -> Standard:
    """What a request gets that has, or would have, a priority. Raises Refused when the share is used up."""
    service, (asked, lines) = await service_of(case.service), await _asked(case, priority)
    wanted = Wanted(service=service, asked=asked, holder=case.department, ticket=case.id, carries=case.critical)
    return await standard(wanted, lines)


async def of_message(case: Case) -> Standard:
    """What the next reply to a request gets: a line that was passed over before is passed over again."""
    service, (asked, lines) = await service_of(case.service), await _asked(case, case.priority)
    line = first_match(asked, lines, critical=case.critical)
    return Standard(own=Own(service.reply, service.resolution), line=line, critical=case.critical)


async def _asked(case: Case, priority: Priority) -> tuple[Asked, Sequence[Line]]:
    """It asks for the department in which the requester worked, and for the role that the requester holds now."""
    held = await policies.lines_for(case.requester)
    department = case.requesting_department
    return Asked(service=case.service, department=department, critical=held.critical, priority=priority), held.lines


async def standard(wanted: Wanted, lines: Sequence[Line]) -> Standard:
    """The first line that matches; one with a critical target only within the share of whoever holds the request."""
    line = first_match(wanted.asked, lines)
    critical = carries(wanted.asked, line)
    if not critical or wanted.carries:
        return Standard(own=wanted.own, line=line, critical=critical)
    load = await policies.load_with(wanted.holder, wanted.ticket)
    return within_share(wanted.asked, lines, wanted.own, load)
