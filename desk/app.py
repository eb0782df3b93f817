"""The web's composition root: every door, behind one sign-in."""

import gc
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from litestar import Litestar, Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from desk import __version__, db, queue
from desk.access.routes import routes as access
from desk.accounts.routes import AccountsPlugin
from desk.accounts.routes import routes as accounts
from desk.catalog.routes import routes as catalog
from desk.directory.routes import routes as directory
from desk.finder.routes import routes as finder
from desk.intake.actions import reading
from desk.intake.routes import routes as intake
from desk.mail.routes import routes as mail
from desk.notices.routes import routes as notices
from desk.openness.routes import routes as openness
from desk.outbox.routes import routes as outbox
from desk.reports.routes import routes as reports
from desk.sla.routes import routes as sla
from desk.tickets.routes import routes as tickets
from desk.web import openapi
from desk.web.plugin import WebPlugin
from desk.web.security import BODY_LIMIT
from desk.web.viewer import STAFF
from desk.webhooks.routes import routes as webhooks

ROUTES = [
    *tickets, *access, *finder, *openness, *reports, *intake, *outbox, *webhooks, *notices, *catalog, *sla,
    *directory, *accounts, *mail,
]  # fmt: skip


@asynccontextmanager
async def _connected(_: Litestar) -> AsyncGenerator[None, None]:
    _spare_the_collector()
    await db.open_pool(db.address())
    try:
        yield
    finally:
        reading.close()
        await queue.close()
        await db.close_pool()


def _spare_the_collector() -> None:
    """A page makes thousands of short-lived objects; looking for cycles among all that is loaded cost a tenth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def create_app() -> Litestar:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    return Litestar(
        route_handlers=ROUTES,
        plugins=[WebPlugin(), AccountsPlugin()],
        lifespan=[_connected],
        openapi_config=OpenAPIConfig(
            title="Desk",
            version=__version__,
            openapi_router=Router("/schema", route_handlers=[], opt=STAFF, include_in_schema=False),
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            components=openapi.ACCESS,
            security=[{"token": []}],
        ),
        request_max_body_size=BODY_LIMIT,  # Litestar takes it from here and not from a plugin
        debug=False,
        logging_config=None,
    )
