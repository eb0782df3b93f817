"""To ask that a word may come later, and to agree or not: on the request's page and for programs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, post
from litestar.params import PathParameter
from msgspec import Struct

from desk import db
from desk.i18n import Invalid, Sentence
from desk.tickets import actions as tickets
from desk.tickets.actions.once import claim, once
from desk.tickets.queries import cases, ledger
from desk.tickets.queries.cases import Case
from desk.tickets.routes import shapes
from desk.tickets.routes.acts import Code, Text, answer
from desk.tickets.routes.api import Key, Shown
from desk.tickets.routes.detail import afterwards
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]
Act = Callable[[Case, datetime], Awaitable[None]]


class Renewal(Struct, frozen=True):
    promise: Code
    until: datetime | None = None
    reason: Text = ""


class Consent(Struct, frozen=True):
    """`until`: the time that was on the screen."""

    promise: Code
    until: datetime
    agree: bool = False
    said: Text = ""


@post("/requests/{number:int}/renewal", include_in_schema=False, status_code=303)
async def ask(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Renewal, "renewal", lambda new: _asking(new.promise, new.until, new.reason)
    )


@post("/requests/{number:int}/consent", include_in_schema=False, status_code=303)
async def consent(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await answer(
        request, reader, number, Consent, "consent",
        lambda new: _answering(new.promise, new.until, new.said, agree=new.agree),
    )  # fmt: skip


@post(
    "/api/promises/{token:str}/renewal",
    tags=["promises"],
    summary="Ask that a word of mine may come later",
    operation_class=takes(shapes.NewRenewal),
)
async def ask_by_program(request: AnyRequest, reader: Asks, token: Token, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewRenewal)
    return await _do(request, reader, token, key, _asking(token, new.until, new.reason), sent=new)


@post(
    "/api/promises/{token:str}/consent",
    tags=["promises"],
    summary="Agree that a word given to me comes later, or not",
    operation_class=takes(shapes.NewConsent),
)
async def consent_by_program(request: AnyRequest, reader: Asks, token: Token, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewConsent)
    return await _do(
        request, reader, token, key, _answering(token, new.until, new.text, agree=new.agree), sent=new
    )  # fmt: skip


def _asking(token: str, until: datetime | None, reason: str) -> Act:
    async def act(case: Case, at: datetime) -> None:
        if until is None:
            raise Invalid({"until": Sentence("sla.renewal_time_needed")})
        await tickets.ask_renewal(case, token, until, reason, at=at)

    return act


def _answering(token: str, until: datetime, said: str, *, agree: bool) -> Act:
    verb = tickets.agree if agree else tickets.object_to
    return lambda case, at: verb(case, token, until, said, at=at)


async def _do(request: AnyRequest, reader: db.Reader, token: str, key: str | None, act: Act, *, sent: Any) -> Shown:
    """As for requests: one transaction, and a retried key answers with the request as it stands now."""
    at = now(request)
    claimed = claim(request.url.path, key, sent, program=True)
    async with db.acting_as(reader):
        number = (await ledger.request_of(token))["number"]
        async with once(claimed, at=at) as earlier:
            if earlier.answer is None:
                await act(await cases.held(number, at=at), at)
                earlier.answer = str(number)
        return await afterwards(number, teller(request))
