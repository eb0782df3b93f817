"""The letters that went to oneself, or would have."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from litestar import Response, get
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from desk import db, settings
from desk.i18n import NotFound, say
from desk.journal.rules import Tag
from desk.notices.rules import place
from desk.outbox.queries import shown
from desk.outbox.queries.shown import Mine
from desk.outbox.routes.telling import happened, state
from desk.outbox.rules import reading
from desk.web import cursor
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks, language

PAGE = 50
Token = Annotated[str, PathParameter(max_length=24)]


class Place(NamedTuple):
    of: Literal["letters"]
    at: datetime
    last: int


class Line(Struct, frozen=True, kw_only=True):
    token: str
    title: str
    text: str
    at: datetime
    state: str


@get("/outbox/mine", include_in_schema=False)
async def mine(
    request: AnyRequest, reader: Asks, after: Annotated[str, QueryParameter(max_length=cursor.LONGEST)] = ""
) -> Response[str]:
    place = cursor.unseal(after, Place) if after else None
    async with db.acting_as(reader, writing=False):
        found = await shown.mine(after=(place.at, place.last) if place else None, at_most=PAGE + 1)
    said = language(request)
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = f"/outbox/mine?after={cursor.seal('letters', last.at, last.id)}" if last else ""
    leaves = settings.current().smtp_url is not None
    return page(
        request, "outbox/mine.html", lines=[_line(one, said) for one in found[:PAGE]], next=following, leaves=leaves
    )


@get("/outbox/mine/{token:str}", include_in_schema=False)
async def letter(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        found = await shown.one(token)
    if found is None:
        raise NotFound
    line = _line(found, language(request))
    return page(request, "outbox/shown.html", line=line, letter=reading.opened(found.content))


def _line(one: Mine, said: str) -> Line:
    if one.tag == Tag.DIGEST_MADE:
        title, text = say(said, "outbox.digest_title", n=one.told), ""
    elif one.number:
        title, text = f"#{one.number} {one.title}", happened(one.tag, one.by, said, own=one.own)
    elif not (at := place(one.tag)).shut:
        title, text = say(said, f"notices.{at.title}"), happened(one.tag, one.by, said, own=False)
    else:
        title, text = say(said, "outbox.news_without_request"), ""
    return Line(token=one.token, title=title, text=text, at=one.at, state=state(one.state, one.fault, said))


routes = [mine, letter]
