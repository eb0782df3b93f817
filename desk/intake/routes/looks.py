"""A letter as it looked: its cleaned HTML in a frame that may do nothing, for whoever reads its words."""

from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter

from desk import db
from desk.disclosure.rules import Tier
from desk.disclosure.rules.reading import Channel, Shown
from desk.i18n import NotFound
from desk.intake.actions import reading
from desk.intake.rules.looks import look
from desk.mail.queries import looks
from desk.mail.queries.looks import Look
from desk.tickets.routes import reading as viewing
from desk.tickets.routes.show import Number
from desk.web.page import now, page
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, PathParameter(max_length=32)]


@get("/requests/{number:int}/letters/{token:str}", include_in_schema=False)
async def letter(request: AnyRequest, reader: Asks, number: Number, token: Token) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        found = await looks.one(number, token)
    if found is None:
        raise NotFound
    await viewing.note(reader, _shown(found), Channel.PAGE, at=now(request))
    async with db.acting_as(db.NOBODY, writing=False):
        content = await looks.content(found)
    seen = look(await reading.read(content), own=found.own)
    return page(request, "intake/look.html", number=number, letter=found, look=seen)


def _shown(found: Look) -> Shown:
    if found.tier < Tier.DEPARTMENT:
        return Shown()
    return Shown(tickets=[found.ticket]) if found.of_update is None else Shown(updates=[found.of_update])


routes = [letter]
