"""Taking words away: a page of its own, where one asks, a second decides, and the two can prove a copy later."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import PathParameter
from msgspec import Meta, Struct

from desk import db
from desk.disclosure.rules import Reason
from desk.disclosure.rules.reading import Channel, Shown
from desk.i18n import NotFound, Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.once import claim, once
from desk.tickets.actions.removing import check_agree
from desk.tickets.queries import cases
from desk.tickets.queries import removals as asked
from desk.tickets.queries.cases import Case
from desk.tickets.queries.removals import Removal, Words
from desk.tickets.routes import api, reading, shapes, telling
from desk.tickets.routes.show import Number, reasons
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules import removal as rules
from desk.web import forms
from desk.web.forms import Form
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]
Code = Annotated[str, Meta(max_length=64)]
Copy = Annotated[str, Meta(max_length=40_000)]
Act = Callable[[Case, datetime], Awaitable[None]]


class Asking(Struct, frozen=True):
    words: Code = ""
    reason: Code = ""


class Decision(Struct, frozen=True):
    agree: bool = False


class Proof(Struct, frozen=True):
    copy: Copy = ""


class Line(Struct, frozen=True, kw_only=True):
    """A removal in words. `may`: agree, keep (the words), prove."""

    token: str
    said: str
    words: str
    may: set[str]


@get("/requests/{number:int}/removals", include_in_schema=False)
async def removals(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _page(request, reader, number, forms.blank())


@post("/requests/{number:int}/removals", include_in_schema=False, status_code=303)
async def ask(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _act(request, reader, number, Asking, _asking, said="tickets.done_removal_ask")


@post("/requests/{number:int}/removals/{token:str}", include_in_schema=False, status_code=303)
async def decide(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    return await _act(
        request, reader, number, Decision, lambda new: _deciding(token, agree=new.agree), said="tickets.done_removal"
    )


@post("/requests/{number:int}/removals/{token:str}/proof", include_in_schema=False, status_code=200)
async def prove(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    """Changes nothing; a form, because a copy is no part of an address."""
    try:
        copy = (await forms.read(request, Proof)).value.copy
        async with db.acting_as(reader, writing=False):
            same = await tickets.is_copy(await cases.case(number, at=now(request)), token, copy)
    except NotFound:
        raise
    except Refused as refusal:
        return await _page(request, reader, number, await forms.again(request, refusal), status=refusal.status)
    return await _page(request, reader, number, forms.blank(), proved=(token, same))


@get("/api/requests/{number:int}/removals", tags=["requests"], summary="Words that were, or are to be, taken away")
async def listed(request: AnyRequest, reader: Asks, number: Number) -> list[shapes.RemovalShown]:
    async with db.acting_as(reader, writing=False):
        found = await asked.removals(await cases.case(number, at=now(request)))
    return [shapes.RemovalShown(one.token, one.of, one.reason, one.state, one.at, one.settled_at) for one in found]


@post(
    "/api/requests/{number:int}/removals",
    tags=["requests"],
    summary="Ask that words be taken away; a second person decides",
    operation_class=takes(shapes.NewRemoval),
)
async def ask_by_program(request: AnyRequest, reader: Asks, number: Number, key: api.Key = None) -> api.Shown:
    new = await forms.read_json(request, shapes.NewRemoval)
    return await api.do(request, reader, number, key, _asking(new), sent=new)


@post(
    "/api/requests/{number:int}/removals/{token:str}",
    tags=["requests"],
    summary="Decide as the second person: the words go, or stay",
    operation_class=takes(shapes.Agreed),
)
async def decide_by_program(
    request: AnyRequest, reader: Asks, number: Number, token: Token, key: api.Key = None
) -> api.Shown:
    new = await forms.read_json(request, shapes.Agreed)
    return await api.do(request, reader, number, key, _deciding(token, agree=new.agree), sent=new)


def _asking(new: Asking | shapes.NewRemoval) -> Act:
    return lambda case, at: tickets.ask_removal(case, new.words, new.reason, at=at)


def _deciding(token: str, *, agree: bool) -> Act:
    verb = tickets.agree_to_removal if agree else tickets.refuse_removal
    return lambda case, at: verb(case, token, at=at)


async def _act(
    request: AnyRequest, reader: db.Reader, number: int, into: type[Any], do: Callable[[Any], Act], *, said: str
) -> Response[str]:
    at = now(request)
    try:
        posted = await forms.read(request, into)
        claimed = claim(request.url.path, posted.key, posted.value)
        async with db.acting_as(reader), once(claimed, at=at) as earlier:
            if earlier.answer is None:
                await do(posted.value)(await cases.held(number, at=at), at)
                earlier.answer = str(number)
    except NotFound:
        raise
    except Refused as refusal:
        return await _page(request, reader, number, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/requests/{number}/removals", said=said)


async def _page(
    request: AnyRequest, reader: db.Reader, number: int, form: Form, *, status: int = 200,
    proved: tuple[str, bool] | None = None,
) -> Response[str]:  # fmt: skip
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        case = await cases.case(number, at=by.times.now)
        words = await asked.words(case)
        lines = [await _line(one, case, words, by) for one in await asked.removals(case)]
    mine = [one for one in words if _may_ask(case, one)]
    await reading.note(reader, _shut(case, words), Channel.PAGE, at=by.times.now)
    return page(
        request, "tickets/removals.html", status=status, number=number, form=form, lines=lines, reasons=reasons(by),
        words=[(one.token, _begins(one, by)) for one in mine], proved=proved,
    )  # fmt: skip


def _may_ask(case: Case, words: Words) -> bool:
    try:
        rules.check_ask(case.actor, author=words.author, owner=words.owner)
    except Refused:
        return False
    return True


def _shut(case: Case, words: list[Words]) -> Shown:
    """How words begin is a part of them."""
    shut = [one for one in words if one.tier >= 2]
    return Shown(tickets=[case.id for one in shut if one.id is None], updates=[one.id for one in shut if one.id])


def _begins(one: Words, by: Teller) -> str:
    words = " ".join(one.body.split())
    return by.say(
        "removal_words", name=one.author_name, at=by.when(one.at), words=words if len(words) <= 60 else words[:60] + "…"
    )


async def _line(one: Removal, case: Case, words: list[Words], by: Teller) -> Line:
    of = next((found for found in words if found.token == one.of), None)
    day = by.times.date(one.settled_at or one.at)
    said = by.say(
        f"removal_{one.state}", by=one.by_name, other=one.settled_name or "", day=day,
        reason=telling.reason(Reason(one.reason), by.language),
    )  # fmt: skip
    may = await _may(one, case, by) if one.state != "removed" else _may_prove(one, case)
    return Line(token=one.token, said=said, words=_begins(of, by) if of else "", may=may)


async def _may(one: Removal, case: Case, by: Teller) -> set[str]:
    if one.state != "asked":
        return set()
    try:
        await check_agree(case, one, by.times.now)
    except Refused:
        return {"keep"} if one.by == case.writer.person else set()
    return {"agree", "keep"}


def _may_prove(one: Removal, case: Case) -> set[str]:
    return {"prove"} if case.writer.person in (one.by, one.settled_by) else set()


routes = [removals, ask, decide, prove, listed, ask_by_program, decide_by_program]
