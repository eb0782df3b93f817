"""Why a promise is due then: its start, what was counted, its pauses and changes, the version of the calendar."""

from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter

from desk import db
from desk.i18n import NotFound
from desk.sla.queries import promises as promised
from desk.tickets.queries import ledger
from desk.tickets.routes import telling
from desk.tickets.routes.telling import teller
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=24)]


@get("/promises/{token:str}", include_in_schema=False)
async def explained(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    """Of every promise that one may read, also of one that is settled."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        promise = await promised.called(token)
        if promise is None:
            raise NotFound
        of = await ledger.request_of(token)
        panel, line = await telling.panel(promise, by), telling.line(promise, by)
    return page(request, "tickets/explained.html", promise=panel, line=line, number=of["number"], title=of["title"])
