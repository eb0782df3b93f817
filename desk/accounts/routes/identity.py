"""Who asks: from the session's cookie or from a token, once for each request, before anything else."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from litestar.plugins import InitPlugin

from desk import db, settings
from desk.accounts import actions, queries, rules
from desk.accounts.queries import Standing
from desk.accounts.rules.navigation import current
from desk.i18n import say
from desk.web import NavEntry, Viewer, cookies, errors
from desk.web.page import now, see
from desk.web.security import path_of
from desk.web.viewer import AnyRequest, Connection, language

UNREAD = "/notices/unread"
LIVE = "/live"


class AccountsPlugin(InitPlugin):
    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        app_config.guards.insert(0, identify)
        app_config.dependencies |= {
            "reader": Provide(reader, sync_to_thread=False),
            "standing": Provide(standing, sync_to_thread=False),
        }
        app_config.exception_handlers[rules.NotSignedIn] = sign_in_first
        return app_config


async def identify(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard on every route. Raises NotSignedIn; Forbidden for a token that may not write and for guests at a door of
    the staff, before anything is looked up that they could learn from.
    """
    if handler.name == "static":
        return
    found = await viewer_of(connection)
    if found is None and not handler.opt.get("anonymous"):
        raise rules.NotSignedIn
    if found is not None and handler.opt.get("staff"):
        rules.check_no_guest(guest=connection.scope["state"]["standing"].guest)


async def viewer_of(connection: Connection) -> Viewer | None:
    """Finds out who asks and keeps it for the rest of the request: standing, reader, viewer."""
    found = await _standing(connection)
    if found is None:
        return None
    state = connection.scope["state"]
    state["standing"], state["reader"] = found, db.Reader(found.person, cap=found.cap)
    viewer: Viewer = state.setdefault("viewer", _viewer(found, connection))
    return viewer


async def _standing(connection: Connection) -> Standing | None:
    """A token speaks in the API only, and then no cookie does: such a request needs no form token."""
    bearer = connection.headers.get("authorization")
    if bearer is not None and connection.scope["path"].startswith("/api/"):
        return await _behind_token(connection, bearer)
    secret = cookies.session_token(connection)
    if secret is None:
        return None
    at = now(connection)
    async with db.acting_as(db.NOBODY, writing=False):
        found = await queries.behind_session(secret, at)
    if found is not None and _is_news(found, at):
        async with db.acting_as(db.NOBODY):
            await actions.touch_session(found.access, at)
    return found


async def _behind_token(connection: Connection, bearer: str) -> Standing | None:
    scheme, _, secret = bearer.partition(" ")
    if scheme.lower() != "bearer" or not secret.startswith("dsk_"):
        return None
    at = now(connection)
    async with db.acting_as(db.NOBODY, writing=False):
        found = await queries.behind_token(secret.strip(), at)
    if found is not None and _is_news(found, at):
        async with db.acting_as(db.NOBODY):
            await actions.touch_token(found.access, at)
    if found is not None:
        rules.check_token_writes(found.writes, str(connection.scope.get("method", "")))
    return found


def _is_news(found: Standing, at: datetime) -> bool:
    """When somebody was seen last is kept by the minute only."""
    return found.used_at is None or at - found.used_at >= rules.SEEN_EVERY


def reader(request: AnyRequest) -> db.Reader:
    """The dependency of every door: whom its transaction runs as."""
    return standing_and_reader(request)[1]


def standing(request: AnyRequest) -> Standing:
    return standing_and_reader(request)[0]


def standing_and_reader(request: AnyRequest) -> tuple[Standing, db.Reader]:
    state = request.scope["state"]
    if "standing" not in state:
        raise rules.NotSignedIn
    return state["standing"], state["reader"]


def sign_in_first(request: AnyRequest, refusal: rules.NotSignedIn) -> Response[Any]:
    """People are led to the sign-in page and back; programs get problem details."""
    if errors.wants_problem(request):
        answer = errors.refused(request, refusal)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    own = str(request.url) if request.method == "GET" else request.headers.get("referer", "")
    wanted = path_of(request.headers.get("hx-current-url", "") or own)
    over = "accounts.session_over" if request.method != "GET" or cookies.session_token(request) else None
    asked = quote(wanted, safe="/") if wanted not in ("", "/") else ""
    return see(request, f"/login?next={asked}" if asked else "/login", said=over)


def _viewer(found: Standing, connection: Connection) -> Viewer:
    said = found.language or language(connection)
    path = connection.scope["path"]
    handles = bool(found.handles or found.heads)
    entries = rules.navigation(guest=found.guest, handles=handles)
    return Viewer(
        name=found.name,
        login=found.login,
        language=said,
        theme=found.theme or "auto",
        zone=found.zone or settings.current().zone,
        role=_role(found, said),
        nav=tuple(
            NavEntry(e.key, e.href, e.icon, say(said, e.label), current=current(e, path, handles=handles))
            for e in entries
        ),
        administers="administrator" in found.roles,
        unread_url=UNREAD,
        live_url=LIVE,
    )


def _role(found: Standing, said: str) -> str:
    """财务部 · 经办人: where one works, and what one is there."""
    part = "guest" if found.guest else "member"
    if found.department in found.heads:
        part = "head"
    elif found.department in found.handles:
        part = "handler"
    return say(said, f"accounts.role_{part}", department=found.department_name(said))
