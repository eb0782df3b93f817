"""The outbox as administrators see it: how many letters are where, and addresses that get none; no letter."""

from litestar import Response, get

from desk import db, settings
from desk.directory.actions.record import check_administers
from desk.i18n import say
from desk.mail.queries.waiting import how_many
from desk.outbox.queries import shown
from desk.outbox.rules.delivery import State
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks, language


@get("/outbox", include_in_schema=False)
async def outbox(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        await check_administers()
        figures, suspended = await shown.figures(), await shown.suspended(None)
        waits = await how_many()
    said = language(request)
    return page(
        request, "outbox/overview.html", suspended=suspended, waiting=waits,
        leaves=settings.current().smtp_url is not None,
        figures=[(say(said, f"outbox.state_{one.value}"), figures.get(one.value, 0)) for one in State],
    )  # fmt: skip


routes = [outbox]
