"""What a second person is asked to agree to: why and until when, neither words nor a title."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import PathParameter

from desk import db
from desk.access.routes import label_shapes as shapes
from desk.access.routes.moving import today
from desk.disclosure import actions as disclosure
from desk.disclosure.queries import countersigns
from desk.disclosure.queries.countersigns import Asked
from desk.disclosure.rules import Reason
from desk.i18n import NotFound, Refused, say
from desk.tickets.routes import telling
from desk.tickets.routes.show import department_names
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]


@get("/countersigns/{token:str}", include_in_schema=False)
async def countersign(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    return await _page(request, reader, token)


@post("/countersigns/{token:str}", include_in_schema=False, status_code=303)
async def answer(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    try:
        posted = await forms.read(request, shapes.Agreeing)
        await _answer(request, reader, token, posted.value.agree)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _page(request, reader, token, status=refusal.status, form=form)
    return see(request, f"/countersigns/{token}", said="access.done_countersign")


@get(
    "/api/countersigns/{token:str}",
    tags=["confidentiality"],
    summary="What a second person is asked to agree to",
)
async def one(request: AnyRequest, reader: Asks, token: Token) -> shapes.CountersignShown:
    async with db.acting_as(reader, writing=False):
        return _shown(await countersigns.asked(token), await department_names(teller(request)))


@post(
    "/api/countersigns/{token:str}",
    tags=["confidentiality"],
    summary="Agree, or not",
    operation_class=takes(shapes.Agreeing),
)
async def answer_by_program(request: AnyRequest, reader: Asks, token: Token) -> shapes.CountersignShown:
    new = await forms.read_json(request, shapes.Agreeing)
    await _answer(request, reader, token, new.agree)
    async with db.acting_as(reader, writing=False):
        return _shown(await countersigns.asked(token), await department_names(teller(request)))


async def _answer(request: AnyRequest, reader: db.Reader, token: str, agree: bool) -> None:
    at = now(request)
    async with db.acting_as(reader):
        asked = await countersigns.asked(token)
        await disclosure.answer(asked, agree, at=at, today=await today(asked.owner, at))


async def _page(
    request: AnyRequest, reader: db.Reader, token: str, *, status: int = 200, form: forms.Form | None = None
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        asked = await countersigns.asked(token)
        names = await department_names(by)
    facts = [
        ("reason", telling.reason(Reason(asked.reason), by.language)),
        ("sentence", asked.sentence),
        ("owner", names.get(asked.owner, "")),
        ("until", by.times.date(asked.until)),
    ]
    context: dict[str, Any] = {
        "asked": asked,
        "asks": say(by.language, f"access.asks_{asked.kind}", name=asked.asked_name, second=asked.second_name),
        "facts": [(say(by.language, f"access.fact_{name}"), words) for name, words in facts],
        "answer": _said(asked, by.language),
        "mine": reader.person == asked.second and asked.answered_at is None,
        "form": form or forms.blank(),
    }
    return page(request, "access/countersign.html", status=status, **context)


def _said(asked: Asked, language: str) -> str:
    if asked.answered_at is None:
        return say(language, "access.countersign_waits", name=asked.second_name)
    return say(language, "access.countersign_yes" if asked.agreed else "access.countersign_no", name=asked.second_name)


def _shown(asked: Asked, names: dict[int, str]) -> shapes.CountersignShown:
    return shapes.CountersignShown(
        token=asked.token, number=asked.number, kind=asked.kind, owner=names.get(asked.owner, ""), reason=asked.reason,
        sentence=asked.sentence, until=asked.until, asked_by=asked.asked_name, second=asked.second_name,
        asked_at=asked.asked_at, answered_at=asked.answered_at, agreed=asked.agreed,
    )  # fmt: skip


routes = [countersign, answer, one, answer_by_program]
