"""What would this request get? The same code as filing, with nothing written."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from desk import db
from desk.catalog import queries as catalog
from desk.catalog.rules.routing import Facts
from desk.catalog.rules.service import NoService, Service
from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.i18n import Invalid, Refused, Sentence
from desk.sla.actions import policies as actions
from desk.sla.queries import clocks, policies
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants, why
from desk.sla.rules.kinds import Kind
from desk.sla.rules.policies import Asked, Priority, Standard
from desk.tickets.queries.standards import Wanted, standard
from desk.tickets.routes.policies import PAGE, choices, department_called
from desk.tickets.routes.telling import Teller, teller
from desk.web import forms
from desk.web.page import page
from desk.web.times import zone
from desk.web.viewer import STAFF, AnyRequest, Asks

Word = Annotated[str, QueryParameter(max_length=64)]


class Question(Struct, frozen=True, kw_only=True):
    """`requester` is a login, and then says where they work and what they are; `at` is a wall time of the reader's."""

    service: str
    priority: str
    requester: str
    department: str
    critical: str
    at: str


class Given(Struct, frozen=True):
    """One promise that the request would get."""

    kind: str
    word: str
    why: list[str]


class Answer(Struct, frozen=True, kw_only=True):
    """`line` and `passed` are names, empty when there is none."""

    line: str
    place: int
    passed: str
    department: str
    critical: bool
    given: list[Given]


@get(PAGE + "/try", opt=STAFF, include_in_schema=False)
async def tried(
    request: AnyRequest, reader: Asks, service: Word = "", priority: Word = "routine", requester: Word = "",
    department: Word = "", critical: Word = "", at: Word = "",
) -> Response[str]:  # fmt: skip
    by = teller(request)
    asks = Question(
        service=service, priority=priority, requester=requester, department=department, critical=critical, at=at
    )
    refusal: Refused | None = None
    answer: Answer | None = None
    async with db.acting_as(reader, writing=False):
        await actions.check_keeps()
        known = await choices(by.language)
        try:
            answer = await _answer(asks, by) if service else None
        except Refused as refused:
            refusal = refused
    form = _form(asks, refusal, by)
    status = refusal.status if refusal else 200
    return page(request, "sla/policy_try.html", fragment="answer", status=status, form=form, answer=answer, **known)


def _form(asks: Question, refusal: Refused | None, by: Teller) -> forms.Form:
    typed = {name: [getattr(asks, name)] for name in asks.__struct_fields__}
    faults = forms.faults(refusal, by.language) if refusal else {}
    message = refusal.sentence.say(by.language) if refusal and not refusal.field else ""
    return forms.Form(key="", typed=typed, faults=faults, message=message)


async def _answer(asks: Question, by: Teller) -> Answer:
    """Raises Refused."""
    service, at = await _service(asks.service), _instant(asks.at, by)
    asked = await _asked(asks, service)
    route = await catalog.route_of(Facts(asked.department, ""), service)
    wanted = Wanted(service=service, asked=asked, holder=route.department)
    under = await standard(wanted, await policies.lines())
    clock = await clocks.clock(route.department)
    return Answer(
        line=under.line.name(by.language) if under.line else "",
        place=under.line.place if under.line else 0,
        passed=under.passed.name(by.language) if under.passed else "",
        department=clock.name(by.language),
        critical=under.critical,
        given=[_given(clock, under, kind, at, by) for kind in (Kind.FIRST_REPLY, Kind.RESOLUTION)],
    )


def _given(clock: Clock, under: Standard, kind: Kind, at: datetime, by: Teller) -> Given:
    owed = clock.promised(under, kind, at)
    told: dict[str, Any] = {"language": by.language, "zone": by.times.zone, "now": by.times.now}
    steps = why.sentences(owed.why, promisor=clock.name(by.language), kind=kind, **told)
    return Given(by.say(f"kind_{kind}"), by.due_by(kind, instants.moment(owed.at), None), steps)


async def _service(code: str) -> Service:
    try:
        return await catalog.service(code)
    except NoService as missing:
        raise Invalid({"service": missing.sentence}) from None


async def _asked(asks: Question, service: Service) -> Asked:
    priority = Priority.CRITICAL if asks.priority == Priority.CRITICAL else Priority.ROUTINE
    if asks.requester:
        try:
            held = await policies.lines_for((await directory.person_called(asks.requester)).id)
        except Unknown as unknown:
            raise Invalid({"requester": unknown.sentence}) from None
        return Asked(service=service.id, department=held.department, critical=held.critical, priority=priority)
    department = await department_called(asks.department)
    if department is None:
        raise Invalid({"department": Sentence("sla.try_who")})
    return Asked(service=service.id, department=department, critical=bool(asks.critical), priority=priority)


def _instant(typed: str, by: Teller) -> datetime:
    """Without one: now."""
    try:
        at = datetime.fromisoformat(typed) if typed else by.times.now
    except ValueError:
        raise Invalid({"at": Sentence("sla.try_at")}) from None
    return at if at.tzinfo else at.replace(tzinfo=zone(by.times.zone))


routes = [tried]
