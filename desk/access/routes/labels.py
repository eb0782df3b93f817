"""The page of one portion's confidentiality: what its label says, who reads it, and what may be done about it."""

from typing import Any

from litestar import Response, get, post
from msgspec import Struct

from desk import db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.access.routes.moving import Act, Token, move
from desk.disclosure import queries as labels
from desk.disclosure.queries import Portion, by_name, countersigns, portions, readers
from desk.disclosure.rules import Marker, Tier, changes
from desk.i18n import NotFound, Refused, either, say
from desk.tickets.actions.once import claim
from desk.tickets.routes import telling
from desk.tickets.routes.show import Number, department_names, reasons
from desk.tickets.routes.telling import Teller, teller
from desk.web import forms
from desk.web.forms import Form
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

CAP = 50
PLACE = "/requests/{number:int}/labels/{token:str}"


class Shown(Struct, frozen=True, kw_only=True):
    """`marker`: what those are told who may not read it, "" where everybody may."""

    number: int
    token: str
    what: str
    tier: int
    facts: list[tuple[str, str]]
    reads: str
    people: list[tuple[str, str]]  # name, department
    more: bool
    marker: str
    read_by: str
    asked: list[str]  # what somebody was asked to agree to
    files: list[tuple[str, str]]  # token, name: they have labels of their own
    sealed: bool


@get(PLACE, include_in_schema=False)
async def label(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _shown(request, reader, number, token)


@post(PLACE + "/raising", include_in_schema=False, status_code=303)
async def shut_further(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "raise", shapes.Raising)


@post(PLACE + "/prolongation", include_in_schema=False, status_code=303)
async def prolong(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "prolong", shapes.Prolongation)


@post(PLACE + "/opening", include_in_schema=False, status_code=303)
async def lower(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "lower", shapes.Opening)


@post(PLACE + "/core", include_in_schema=False, status_code=303)
async def ask_for_core(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "core", shapes.Seconded)


@post(PLACE + "/seal", include_in_schema=False, status_code=303)
async def ask_for_seal(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "seal", shapes.Seconded)


@post(PLACE + "/unsealing", include_in_schema=False, status_code=303)
async def unseal(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _do(request, reader, number, token, "unseal", forms.Nothing)


async def _do(
    request: AnyRequest, reader: db.Reader, number: int, token: str, name: str, into: type[Struct]
) -> Response[str]:
    try:
        posted = await forms.read(request, into)
        claimed = claim(request.url.path, posted.key, posted.value)
        await move(reader, number, token, _act(name, posted.value), name=name, at=now(request), claimed=claimed)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, number, token, status=refusal.status, act=name, refused=form)
    return see(request, f"/requests/{number}/labels/{token}", said=f"access.done_{name}")


def _act(name: str, new: Any) -> Act:
    match name:
        case "raise":
            return moving.raising(new)
        case "prolong":
            return moving.prolonging(new)
        case "lower":
            return moving.opening(new)
        case "core" | "seal":
            return moving.asking(name, new)
    return moving.unsealing


async def _shown(
    request: AnyRequest,
    reader: db.Reader,
    number: int,
    token: str,
    *,
    status: int = 200,
    act: str = "",
    refused: Form | None = None,
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        portion = await labels.portion(number, token, at=by.times.now)
        names = await department_names(by)
        context: dict[str, Any] = {"shown": await _facts(portion, names, by)}
    context["may"] = changes.may(portion.held, portion.writer)
    higher = [(n, _reads(portion, n, names, by)) for n in changes.raise_tiers(portion.held, portion.writer)]
    context |= {"act": act, "act_form": refused or forms.blank(), "untouched": forms.blank(), "reasons": reasons(by)}
    context |= {"raise_tiers": higher, "lower_tiers": _lower(portion, by)}
    return page(request, "access/label.html", status=status, **context)


def _lower(portion: Portion, by: Teller) -> list[tuple[int, str]]:
    found = reversed(changes.lower_tiers(portion.held))
    return [(tier.value, say(by.language, f"disclosure.tier_{tier.value}")) for tier in found]


async def _facts(portion: Portion, names: dict[int, str], by: Teller) -> Shown:
    held, label_ = portion.held, portion.held.label
    named = label_.tier >= Tier.DEPARTMENT
    people = await by_name.of_item(portion.item, at=by.times.now, at_most=CAP + 1) if named else []
    waiting = await countersigns.asked_of(portion.ticket, portion.item)
    count = await readers.read_by(portion.item)
    return Shown(
        number=portion.number, token=portion.token, what=say(by.language, f"access.what_{held.what}"),
        tier=label_.tier.value, facts=_said(portion, names, by), reads=_reads(portion, label_.tier, names, by),
        people=[(one.name, either(by.language, one.department_zh, one.department_en)) for one in people[:CAP]],
        more=len(people) > CAP, marker=_marker(portion, names, by) if named and not held.sealed else "",
        read_by=say(by.language, "access.read_by" if count else "access.read_by_nobody", n=count),
        asked=[say(by.language, f"access.asked_{one.kind}", name=one.second_name) for one in waiting],
        sealed=held.sealed, files=await portions.files(portion),
    )  # fmt: skip


def _said(portion: Portion, names: dict[int, str], by: Teller) -> list[tuple[str, str]]:
    """The label in words, fact by fact; what is not there has no line."""
    held, of = portion.held, portion.held.label
    to = say(by.language, f"disclosure.tier_{of.opens_to.value}")
    opens = of.opens_on and say(by.language, "access.opens", day=by.times.date(of.opens_on), tier=to)
    told = {
        "owner": names.get(of.owner, "") if of.tier >= Tier.DEPARTMENT else "",
        "reason": telling.reason(of.reason, by.language) if of.tier >= Tier.DEPARTMENT else "",
        "sentence": of.sentence if of.tier >= Tier.DEPARTMENT else "",
        "opens_on": opens,
        "raised_on": held.raised_on and by.times.date(held.raised_on),
        "prolonged": held.prolonged and say(by.language, "access.prolonged_times", n=held.prolonged),
        "sealed_until": held.sealed_until and by.times.date(held.sealed_until),
    }
    return [(say(by.language, f"access.fact_{name}"), str(words)) for name, words in told.items() if words]


def _reads(portion: Portion, tier: Tier, names: dict[int, str], by: Teller) -> str:
    return say(by.language, f"access.reads_{tier.value}", department=names.get(portion.held.label.owner, ""))


def _marker(portion: Portion, names: dict[int, str], by: Teller) -> str:
    held, of = portion.held, portion.held.label
    shown = Marker(
        tier=of.tier, owner_department=of.owner, day=of.day, reason=of.reason, opens_on=of.opens_on,
        raised_on=held.raised_on, prolonged=held.prolonged, sealed_until=held.sealed_until,
    )  # fmt: skip
    return telling.marker(shown, names, by).text


routes = [label, shut_further, prolong, lower, ask_for_core, ask_for_seal, unseal]
