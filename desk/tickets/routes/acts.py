"""What people do on the page of a request: each form one action, refused with the typed words still in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, post
from litestar.datastructures import UploadFile
from msgspec import Meta, Struct

from desk import db
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.i18n import Invalid, NotFound, Refused, Sentence
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion
from desk.tickets.actions.once import Claim, claim, once
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case
from desk.tickets.routes.show import Number, shown
from desk.tickets.routes.whom import ask_for
from desk.tickets.rules.words import Expectation
from desk.web import forms
from desk.web.page import now, see
from desk.web.security import FILES_LIMIT
from desk.web.viewer import AnyRequest, Asks

Text = Annotated[str, Meta(max_length=40_000)]
Code = Annotated[str, Meta(max_length=64)]
Act = Callable[[Case, datetime], Awaitable[str | None]]


class NewUpdate(Struct, frozen=True, kw_only=True):
    kind: Annotated[str, Meta(pattern="^(reply|note|question|message|ask|cannot_tell|wrong)$")]
    body: Text = ""
    tier: Annotated[int, Meta(ge=0, le=4)] | None = None
    reason: Code | None = None
    sentence: Text | None = None
    term: Annotated[int, Meta(ge=1, le=999)] | None = None
    withheld: Code | None = None  # of "I can't tell you"
    corrects: Code = ""  # of "I was wrong": which words
    why: Text = ""
    word: Annotated[str, Meta(pattern="^(answer|until)$")] | None = None
    expectation: datetime | None = None
    expectation_text: Text = ""
    to: Code = ""  # of an ask: sign:STEP or department:CODE
    files: list[UploadFile] = []


class Handover(Struct, frozen=True):
    department: Code = ""
    reason: Text = ""


class Assignment(Struct, frozen=True):
    handler: Code = ""


class Prioritised(Struct, frozen=True):
    priority: Code = ""
    reason: Text = ""


class Outcome(Struct, frozen=True):
    outcome: Text = ""


class Why(Struct, frozen=True):
    reason: Text = ""


class Watching(Struct, frozen=True):
    watch: bool = True


class Corrected(Struct, frozen=True):
    token: Code
    body: Text = ""
    why: Text = ""


@post("/requests/{number:int}/updates", include_in_schema=False, status_code=303, request_max_body_size=FILES_LIMIT)
async def write(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    try:
        posted = await forms.read(request, NewUpdate)
        files = [File(one.filename, await one.read()) for one in posted.value.files]
        claimed = claim(request.url.path, posted.key, posted.value, files)
        sent = _Sent(posted.value, files)
        place = await _do(request, reader, number, claimed, sent.write)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await shown(request, reader, number, status=refusal.status, composed=form)
    return see(request, f"/requests/{place}", said="tickets.done_sent_outside" if sent.outside else "tickets.done_sent")


@dataclass
class _Sent:
    """A word for an hour at which nobody works there is taken, and its giver is told."""

    new: NewUpdate
    files: list[File]
    outside: bool = False

    async def write(self, case: Case, at: datetime) -> str:
        """Where the new words stand."""
        new = self.new
        written = await _say(case, new, Shut(new.tier, new.reason, new.sentence, new.term), at)
        if self.files:
            portion = Portion(label=written.label, audience=written.audience, update=written.id)
            await tickets.attach(case.id, self.files, portion, at=at)
        if new.kind == "reply" and new.word == "until" and new.expectation is not None:
            self.outside = not (await cases.clock(case)).is_in_hours(new.expectation)
        return f"{case.number}#line-{written.token}"


async def _say(case: Case, new: NewUpdate, shut: Shut, at: datetime) -> Written:
    match new.kind:
        case "note":
            return await tickets.note(case, new.body, shut, at=at)
        case "question":
            return await tickets.ask(case, new.body, shut, at=at)
        case "message":
            return await tickets.message(case, new.body, shut, at=at)
        case "ask":
            return await ask_for(case, new.to, new.body, shut, at)
        case "cannot_tell":
            return await tickets.cannot_tell(case, new.body, new.withheld, shut, at=at)
        case "wrong":
            return await tickets.correct(case, new.corrects, new.body, new.why, at=at)
    if new.word is None:
        raise Invalid({"word": Sentence("tickets.word_needed")})
    if new.word == "until" and new.expectation is None:
        raise Invalid({"expectation": Sentence("tickets.word_by_needed")})
    expectation = (
        Expectation(new.expectation, new.expectation_text) if new.expectation and new.word == "until" else None
    )
    return await tickets.reply(case, new.body, shut, at=at, expectation=expectation, answer=new.word == "answer")


async def _do(request: AnyRequest, reader: db.Reader, number: int, claimed: Claim | None, act: Act) -> str:
    """One transaction as the reader; the same form sent twice does one thing. Answers where it is to be seen."""
    at = now(request)
    async with db.acting_as(reader), once(claimed, at=at) as earlier:
        if earlier.answer is None:
            place = await act(await cases.held(number, at=at), at)
            earlier.answer = place or str(number)
    return earlier.answer


async def answer(
    request: AnyRequest, reader: db.Reader, number: int, into: type[Any], act: str, do: Callable[[Any], Act],
    *, said: str = "",
) -> Response[str]:  # fmt: skip
    """`act` names the form; `said`: what the next page says, by the form's name unless given."""
    try:
        posted = await forms.read(request, into)
        claimed = claim(request.url.path, posted.key, posted.value)
        await _do(request, reader, number, claimed, do(posted.value))
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await shown(request, reader, number, status=refusal.status, act=act, refused=form)
    if act == "handover" and not await _reads(reader, number):
        return see(request, "/queue", said="tickets.done_and_away")
    return see(request, f"/requests/{number}", said=said or f"tickets.done_{act}")


async def _reads(reader: db.Reader, number: int) -> bool:
    async with db.acting_as(reader, writing=False):
        return await cases.is_readable(number)


@post("/requests/{number:int}/take", include_in_schema=False, status_code=303)
async def take(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, forms.Nothing, "take", lambda _: lambda case, at: tickets.take(case, at=at)
    )


@post("/requests/{number:int}/assignment", include_in_schema=False, status_code=303)
async def assign(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    async def to(case: Case, login: str, at: datetime) -> None:
        await tickets.assign(case, (await listed(directory.person_called, login, "handler")).id, at=at)

    return await answer(
        request, reader, number, Assignment, "assignment", lambda new: lambda case, at: to(case, new.handler, at)
    )


@post("/requests/{number:int}/handover", include_in_schema=False, status_code=303)
async def hand_over(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    async def to(case: Case, new: Handover, at: datetime) -> None:
        receiving = await listed(directory.department_called, new.department, "department")
        await tickets.hand_over(case, receiving.id, new.reason, at=at)

    return await answer(request, reader, number, Handover, "handover", lambda new: lambda case, at: to(case, new, at))


@post("/requests/{number:int}/priority", include_in_schema=False, status_code=303)
async def prioritise(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Prioritised, "priority",
        lambda new: lambda case, at: tickets.set_priority(case, new.priority, new.reason, at=at),
    )  # fmt: skip


@post("/requests/{number:int}/resolution", include_in_schema=False, status_code=303)
async def resolve(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Outcome, "resolution",
        lambda new: lambda case, at: tickets.resolve(case, new.outcome, at=at),
    )  # fmt: skip


@post("/requests/{number:int}/decline", include_in_schema=False, status_code=303)
async def decline(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Why, "decline", lambda new: lambda case, at: tickets.decline(case, new.reason, at=at)
    )


@post("/requests/{number:int}/acceptance", include_in_schema=False, status_code=303)
async def accept(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, forms.Nothing, "acceptance", lambda _: lambda case, at: tickets.accept(case, at=at)
    )


@post("/requests/{number:int}/reopening", include_in_schema=False, status_code=303)
async def reopen(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Why, "reopening", lambda new: lambda case, at: tickets.reopen(case, new.reason, at=at)
    )


@post("/requests/{number:int}/withdrawal", include_in_schema=False, status_code=303)
async def withdraw(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, forms.Nothing, "withdrawal", lambda _: lambda case, at: tickets.withdraw(case, at=at)
    )


@post("/requests/{number:int}/watch", include_in_schema=False, status_code=303)
async def watch(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    async def change(case: Case, new: Watching, at: datetime) -> None:
        await (tickets.watch(case, at=at) if new.watch else tickets.unwatch(case, at=at))

    return await answer(request, reader, number, Watching, "watch", lambda new: lambda case, at: change(case, new, at))


@post("/requests/{number:int}/corrections", include_in_schema=False, status_code=303)
async def correct(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    async def change(case: Case, new: Corrected, at: datetime) -> None:
        await tickets.correct(case, new.token, new.body, new.why, at=at)

    return await answer(
        request, reader, number, Corrected, "correction", lambda new: lambda case, at: change(case, new, at)
    )
