"""Who has viewed: for whoever may read the words, and for auditors, who see the list and not the words."""

from datetime import date, datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter
from msgspec import Struct

from desk import db
from desk.disclosure.queries import readers
from desk.disclosure.queries.readers import View, Viewed
from desk.i18n import NotFound, either, say
from desk.tickets.queries import cases
from desk.tickets.routes.show import Number, department_names
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]
THE_REQUEST = "request"


class Row(Struct, frozen=True, kw_only=True):
    """One person, one channel, the first time on a day."""

    name: str
    department: str
    at: datetime
    channel: str
    ground: str
    version: int


class ViewedShown(Struct, frozen=True, kw_only=True):
    """Who has read a portion: `id` as in the timeline, "request" for the request itself. `people` but its author."""

    id: str
    tier: int
    department: str
    day: date
    people: int
    views: list[Row]


class Other(Struct, frozen=True, kw_only=True):
    """Another portion of the same request whose list may be seen."""

    href: str
    label: str
    tier: int
    department: str
    people: int


@get("/requests/{number:int}/viewed/{token:str}", include_in_schema=False)
async def viewed(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        found, shown = await _viewed(number, token, by)
        names = await department_names(by)
        readable = await cases.is_readable(number)
    told = {one.token: _what(one, n, by) for n, one in enumerate(found, found[0].token != THE_REQUEST)}
    others = [_other(one, number, told[one.token], names) for one in found if one.token != token]
    return page(
        request, "access/viewed.html", number=number, shown=shown, others=others, readable=readable,
        rows=[_told(row, by) for row in shown.views], what=told[token],
    )  # fmt: skip


@get(
    "/api/requests/{number:int}/viewed/{token:str}",
    tags=["requests"],
    summary="Who has viewed words of tier 2 and above, the newest first",
)
async def viewed_by_program(request: AnyRequest, reader: Asks, number: Number, token: Token) -> ViewedShown:
    async with db.acting_as(reader, writing=False):
        _, shown = await _viewed(number, token, teller(request))
    return shown


async def _viewed(number: int, token: str, by: Teller) -> tuple[list[Viewed], ViewedShown]:
    """Raises NotFound for what is no portion, for what was never shut, and for what nobody may tell of, alike."""
    found = await readers.viewed(number)
    portion = next((one for one in found if one.token == token), None)
    if portion is None:
        raise NotFound
    views, names = await readers.viewers(number, token), await department_names(by)
    return found, ViewedShown(
        id=token, tier=portion.tier, department=names[portion.owner_department], day=portion.day, people=portion.people,
        views=[_row(view, by) for view in views],
    )  # fmt: skip


def _row(view: View, by: Teller) -> Row:
    return Row(
        name=view.name, department=either(by.language, view.from_zh, view.from_en), at=view.at,
        channel=view.channel.value, ground=view.ground.value, version=view.version,
    )  # fmt: skip


def _told(row: Row, by: Teller) -> tuple[Row, str, str]:
    """With the channel and the ground in words."""
    return row, say(by.language, f"access.channel_{row.channel}"), say(by.language, f"access.ground_{row.ground}")


def _other(one: Viewed, number: int, label: str, names: dict[int, str]) -> Other:
    return Other(
        href=f"/requests/{number}/viewed/{one.token}", tier=one.tier, people=one.people,
        label=label, department=names[one.owner_department],
    )  # fmt: skip


def _what(one: Viewed, n: int, by: Teller) -> str:
    """Without a word of it: those of one day are told apart by their place among what the reader may see."""
    key = "access.viewed_request" if one.token == THE_REQUEST else "access.viewed_words"
    return say(by.language, key, day=by.times.date(one.day), n=n)


routes = [viewed, viewed_by_program]
