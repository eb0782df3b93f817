"""The letters of a request: whether those that left arrived, and how those looked that came."""

from datetime import datetime

from litestar import Response, get
from msgspec import Struct

from desk import db
from desk.i18n import NotFound
from desk.mail.queries import looks
from desk.outbox.queries import shown
from desk.outbox.queries.shown import Delivery
from desk.outbox.routes.telling import happened, state
from desk.tickets.queries import cases
from desk.tickets.routes.show import Number
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks, language


class Row(Struct, frozen=True, kw_only=True):
    to: str
    about: str
    state: str
    at: datetime


@get("/requests/{number:int}/letters", include_in_schema=False)
async def letters(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    """One's own, and for whoever handles the request those of the requester; who else is written to is not told."""
    async with db.acting_as(reader, writing=False):
        if not await cases.is_readable(number):
            raise NotFound
        found, came = await shown.deliveries(number), await looks.looks(number)
    said = language(request)
    return page(request, "outbox/arrived.html", number=number, rows=[_row(one, said) for one in found], came=came)


def _row(one: Delivery, said: str) -> Row:
    return Row(
        to=one.name,
        about=happened(one.tag, one.by, said, own=one.own),
        state=state(one.state, one.fault, said),
        at=one.sent_at or one.at,
    )


routes = [letters]
