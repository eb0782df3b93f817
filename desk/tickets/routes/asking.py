"""Doors for whoever is asked within a request: sign or refuse, answer, ask back; and for whoever needs it no more."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from litestar import Response, post
from litestar.params import FromPath, PathParameter

from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from desk.tickets.queries.cases import Case
from desk.tickets.routes import acts, shapes
from desk.tickets.routes.api import Key, Shown, do
from desk.tickets.routes.show import Number
from desk.tickets.routes.whom import ask_for
from desk.web import forms
from desk.web.openapi import takes
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]


class Verb(StrEnum):
    SIGN = "sign"
    REFUSE = "refuse"
    BACK = "back"
    ANSWER = "answer"
    RECALL = "recall"


@post("/requests/{number:int}/asks/{token:str}/{verb:str}", include_in_schema=False, status_code=303)
async def answer(
    request: AnyRequest, reader: Asks, number: Number, token: Token, verb: FromPath[Verb]
) -> Response[str]:
    return await acts.answer(
        request, reader, number, shapes.Said, f"{token}-{verb}", lambda new: _doing(token, verb, new.text),
        said=f"tickets.done_ask_{verb}",
    )  # fmt: skip


@post(
    "/api/requests/{number:int}/asks",
    tags=["requests"],
    summary="Ask for a signature, or another department for help",
    operation_class=takes(shapes.NewAsk),
)
async def ask(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewAsk)
    shut = Shut(new.tier, new.reason, new.sentence, new.term)
    return await do(request, reader, number, key, lambda case, at: ask_for(case, new.to, new.body, shut, at), sent=new)


@post(
    "/api/requests/{number:int}/asks/{token:str}/{verb:str}",
    tags=["requests"],
    summary="sign, refuse, answer, ask back, or recall what was asked",
    operation_class=takes(shapes.Said),
)
async def settle(
    request: AnyRequest, reader: Asks, number: Number, token: Token, verb: FromPath[Verb], key: Key = None
) -> Shown:
    new = await forms.read_json(request, shapes.Said)
    return await do(request, reader, number, key, _doing(token, verb, new.text), sent=new)


def _doing(token: str, verb: Verb, text: str) -> Callable[[Case, datetime], Awaitable[Any]]:
    async def done(case: Case, at: datetime) -> None:
        match verb:
            case Verb.SIGN:
                await tickets.sign(case, token, text, at=at)
            case Verb.REFUSE:
                await tickets.refuse(case, token, text, at=at)
            case Verb.BACK:
                await tickets.ask_back(case, token, text, at=at)
            case Verb.ANSWER:
                await tickets.answer(case, token, text, at=at)
            case Verb.RECALL:
                await tickets.recall(case, token, at=at)

    return done


routes = [answer, ask, settle]
