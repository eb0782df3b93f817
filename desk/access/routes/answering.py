"""The page of an access request on which the owner department answers, and the same for programs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from desk import db
from desk.access.actions import answering
from desk.access.queries import portions
from desk.access.routes import access_shapes as shapes
from desk.access.routes.access_shapes import Done
from desk.access.routes.asking import done
from desk.access.routes.tries import noted
from desk.accounts.queries import Standing
from desk.directory import queries as directory
from desk.disclosure.queries import grants as queries
from desk.disclosure.rules import LONGEST, Tier, read_reason
from desk.i18n import NotFound, Refused, say
from desk.tickets.actions.once import claim, once
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case
from desk.tickets.routes import telling
from desk.tickets.routes.api import Key
from desk.tickets.routes.show import Number, department_names, reasons
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules import states
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

Stands = NamedDependency[Standing]
Act = Callable[[Case, datetime], Awaitable[None]]


@get("/requests/{number:int}/access", include_in_schema=False)
async def answer_page(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _shown(request, reader, number)


@post("/requests/{number:int}/access/grant", include_in_schema=False, status_code=303)
async def grant(request: AnyRequest, reader: Asks, standing: Stands, number: Number) -> Response[str]:
    return await _answer(request, reader, number, "grant", shapes.NewGrant, lambda new: _grant(new, standing, request))


@post("/requests/{number:int}/access/extract", include_in_schema=False, status_code=303)
async def extract(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, "extract", shapes.NewExtract, lambda new: _extract(new, request))


@post("/requests/{number:int}/access/refusal", include_in_schema=False, status_code=303)
async def refuse(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _answer(request, reader, number, "refusal", shapes.NewRefusal, lambda new: _refuse(new, request))


@post(
    "/api/requests/{number:int}/access/grant", tags=["access"], summary="Grant what was asked for",
    operation_class=takes(shapes.NewGrant),
)  # fmt: skip
async def grant_by_program(
    request: AnyRequest, reader: Asks, standing: Stands, number: Number, key: Key = None
) -> Done:  # fmt: skip
    new = await forms.read_json(request, shapes.NewGrant)
    return await _by_program(request, reader, number, key, new, _grant(new, standing, request))


@post(
    "/api/requests/{number:int}/access/extract", tags=["access"], summary="Answer with a cleaned extract",
    operation_class=takes(shapes.NewExtract),
)  # fmt: skip
async def extract_by_program(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Done:
    new = await forms.read_json(request, shapes.NewExtract)
    return await _by_program(request, reader, number, key, new, _extract(new, request))


@post(
    "/api/requests/{number:int}/access/refusal", tags=["access"], summary="Refuse access, with a reason",
    operation_class=takes(shapes.NewRefusal),
)  # fmt: skip
async def refuse_by_program(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Done:
    new = await forms.read_json(request, shapes.NewRefusal)
    return await _by_program(request, reader, number, key, new, _refuse(new, request))


def _grant(new: shapes.NewGrant, standing: Standing, request: AnyRequest) -> Act:
    by = teller(request)
    day = by.times.date(new.until) if new.until else ""
    outcome = say(by.language, "access.outcome_grant", day=day, why=new.reason.strip())
    given = answering.Granting(refs=new.refs, until=new.until, why=new.reason)
    return lambda case, at: answering.grant(case, given, outcome, roles=standing.roles, at=at)


def _extract(new: shapes.NewExtract, request: AnyRequest) -> Act:
    key = "access.outcome_extract_below" if new.tier <= Tier.INTERNAL else "access.outcome_extract"
    written = answering.Extract(tier=new.tier, body=new.body, why=new.why)
    return lambda case, at: answering.extract(case, written, say(teller(request).language, key), at=at)


def _refuse(new: shapes.NewRefusal, request: AnyRequest) -> Act:
    said = teller(request).language

    def act(case: Case, at: datetime) -> Awaitable[None]:
        words = say(
            said,
            "access.outcome_refusal",
            reason=telling.reason(read_reason(new.code, "code"), said),
            sentence=new.sentence.strip(),
        )
        return answering.refuse(case, new.code, new.sentence, words, at=at)

    return act


async def _do(request: AnyRequest, reader: db.Reader, number: int, claimed: Any, act: Act) -> None:
    at = now(request)
    async with noted(reader, at), once(claimed, at=at) as earlier:
        if earlier.answer is None:
            await act(await cases.held(number, at=at), at)
            earlier.answer = str(number)


async def _answer(
    request: AnyRequest, reader: db.Reader, number: int, name: str, into: type[Any], do: Callable[[Any], Act]
) -> Response[str]:
    try:
        posted = await forms.read(request, into)
        await _do(request, reader, number, claim(request.url.path, posted.key, posted.value), do(posted.value))
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, number, status=refusal.status, act=name, refused=form)
    return see(request, f"/requests/{number}", said=f"access.done_{name}")


async def _by_program(
    request: AnyRequest, reader: db.Reader, number: int, key: str | None, new: Any, act: Act
) -> Done:  # fmt: skip
    await _do(request, reader, number, claim(request.url.path, key, new, program=True), act)
    return done(number)


async def _shown(
    request: AnyRequest, reader: db.Reader, number: int, *, status: int = 200, act: str = "",
    refused: forms.Form | None = None,
) -> Response[str]:  # fmt: skip
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        context = await _context(number, by)
    forms_of = {name: forms.blank() for name in ("grant", "extract", "refusal")}
    forms_of["grant"] = forms.blank(refs=[one.ref for one in context["portions"]], until=context["until"].isoformat())
    if refused is not None and act:
        forms_of[act] = refused
    return page(request, "access/answer.html", status=status, forms=forms_of, act=act, number=number, **context)


async def _context(number: int, by: Teller) -> dict[str, Any]:
    case = await cases.case(number, at=by.times.now)
    asked = await answering.asked_in(case)
    found = await portions.named(await queries.asked_portions(number))
    below = await answering.may_stand_below(asked, by.times.now)
    tiers = [*([1] if below and asked.marker.tier > Tier.INTERNAL else []), 2]
    return {
        "line": telling.marker(asked.marker, await department_names(by), by),
        "what": say(by.language, "access.what", reason=telling.reason(asked.marker.reason, by.language)),
        "asker": (await directory.names([asked.person])).get(asked.person, ""),
        "until": asked.until,
        "of_number": asked.number or 0,
        "portions": found,
        "answers": _may_answer(case),
        "tiers": [(str(n), say(by.language, f"access.extract_tier_{n}")) for n in tiers],
        "reasons": reasons(by),
        "days": LONGEST,
    }


def _may_answer(case: Case) -> bool:
    try:
        states.check_end(case.actor, department=case.department, requester=case.requester, state=case.state)
    except Refused:
        return False
    return True


routes: list[Any] = [answer_page, grant, extract, refuse, grant_by_program, extract_by_program, refuse_by_program]
