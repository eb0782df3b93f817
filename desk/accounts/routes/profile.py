"""One's own habits, absence, password, sessions and tokens."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db
from desk.accounts import actions, queries, rules
from desk.accounts.actions.signing_in import wrong
from desk.accounts.queries import Standing
from desk.accounts.routes.login import address_of, browser_of, signed_in
from desk.directory import actions as directory_actions
from desk.directory import queries as directory
from desk.directory.routes.absence import NewAbsence, absence_form, colleagues, deputy_of
from desk.i18n import Refused
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.security import path_of, safe_next
from desk.web.viewer import STAFF, AnyRequest, Asks

ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "UTC")
ZONES_WEST = ("America/New_York", "America/Los_Angeles")
Stands = NamedDependency[Standing]
Word = Annotated[str, Meta(max_length=64)]


class Habits(Struct, frozen=True):
    language: Word | None = None
    theme: Word | None = None
    zone: Word | None = None


class ChosenLanguage(Struct, frozen=True):
    language: Word


class ChangedPassword(Struct, frozen=True):
    old_password: forms.Verbatim
    password: forms.Verbatim
    password_again: forms.Verbatim


class NewToken(Struct, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    cap: Annotated[int, Meta(ge=0, le=4)] = 1
    days: Annotated[int, Meta(ge=1, le=365)] = 30
    reads_only: bool = False


@get("/profile", include_in_schema=False)
async def profile(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    return await profile_page(request, reader, standing)


@post("/profile", include_in_schema=False, status_code=303)
async def change_habits(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    try:
        habits = (await forms.read(request, Habits)).value
        async with db.acting_as(reader):
            await directory_actions.set_habits(language=habits.language, theme=habits.theme, zone=habits.zone)
    except Refused as refusal:
        return await profile_page(request, reader, standing, refusal, habits=await forms.again(request, refusal))
    return see(request, "/profile", said="accounts.saved")


@post("/profile/language", include_in_schema=False, status_code=303)
async def change_language(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    """From the menu of every page, and back to it."""
    chosen = (await forms.read(request, ChosenLanguage)).value
    async with db.acting_as(reader):
        await directory_actions.set_habits(language=chosen.language, theme=standing.theme, zone=standing.zone)
    return see(request, safe_next(path_of(request.headers.get("referer", ""))))


@post("/profile/password", include_in_schema=False, status_code=303)
async def change_password(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    try:
        posted = (await forms.read(request, ChangedPassword)).value
        rules.check_same(posted.password, posted.password_again)
        secret, tokens = await _change_password(request, reader, standing, posted)
    except Refused as refusal:
        return await profile_page(request, reader, standing, refusal, password=await forms.again(request, refusal))
    said = "accounts.password_changed_with_tokens" if tokens else "accounts.password_changed"
    return signed_in(see(request, "/profile", said=said), secret)


async def _change_password(
    request: AnyRequest, reader: db.Reader, standing: Standing, posted: ChangedPassword
) -> tuple[str, bool]:
    """The secret of the new session, and whether there are tokens that still work."""
    address = address_of(request)
    async with db.acting_as(db.NOBODY):
        attempt = await actions.try_to_sign_in(standing.login, address)
    if attempt.spent:
        raise rules.TooMany("accounts.too_many_tries")
    if not await actions.is_right(attempt, posted.old_password):
        raise wrong("old_password")
    async with db.acting_as(reader):
        await actions.was_right(attempt)
        secret = await actions.change_password(posted.password, address=address, browser=browser_of(request))
        return secret, bool(await queries.tokens(standing.person, now(request)))


@post("/profile/absence", opt=STAFF, include_in_schema=False, status_code=303)
async def go_away(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    try:
        posted = (await forms.read(request, NewAbsence)).value
        async with db.acting_as(reader):
            deputy = await deputy_of(posted)
            await directory_actions.set_absence(standing.person, deputy, since=posted.since, until=posted.until)
    except Refused as refusal:
        return await profile_page(request, reader, standing, refusal, absence=await forms.again(request, refusal))
    return see(request, "/profile", said="accounts.saved")


@post("/profile/absence/end", opt=STAFF, include_in_schema=False, status_code=303)
async def come_back(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    async with db.acting_as(reader):
        await directory_actions.end_absence(standing.person)
    return see(request, "/profile", said="accounts.saved")


@post("/profile/sessions/end", include_in_schema=False, status_code=303)
async def end_others(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    async with db.acting_as(reader):
        await actions.end_others(standing.person, but=standing.access)
    return see(request, "/profile", said="accounts.session_ended")


@post("/profile/sessions/{mark:str}/end", include_in_schema=False, status_code=303)
async def end_session(request: AnyRequest, reader: Asks, mark: FromPath[str]) -> Response[str]:
    async with db.acting_as(reader):
        await actions.end_session(mark)
    return see(request, "/profile", said="accounts.session_ended")


@post("/profile/tokens", include_in_schema=False, status_code=200)
async def make_token(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    """The answer shows the token, once; so it is no redirect."""
    try:
        posted = (await forms.read(request, NewToken)).value
        async with db.acting_as(reader):
            token = await actions.make_token(
                standing.person, posted.name, cap=posted.cap, days=posted.days, writes=not posted.reads_only
            )
    except Refused as refusal:
        return await profile_page(request, reader, standing, refusal, token=await forms.again(request, refusal))
    return page(request, "accounts/token.html", name=posted.name, token=token)


@post("/profile/tokens/{mark:str}/end", include_in_schema=False, status_code=303)
async def end_token(request: AnyRequest, reader: Asks, mark: FromPath[str]) -> Response[str]:
    async with db.acting_as(reader):
        await actions.end_token(mark)
    return see(request, "/profile", said="accounts.token_ended")


async def profile_page(
    request: AnyRequest, reader: db.Reader, standing: Standing, refusal: Refused | None = None, **again: forms.Form
) -> Response[str]:
    at = now(request)
    async with db.acting_as(reader, writing=False):
        told: dict[str, Any] = {
            "person": await directory.person(standing.person),
            "sessions": await queries.sessions(standing.person, at, this=standing.access),
            "tokens": await queries.tokens(standing.person, at),
            "away": await directory.absence_to_come(standing.person, at),
            "colleagues": [] if standing.guest else await colleagues(standing.department, at),
        }
        told["deputy"] = (await directory.names([d])).get(d) if (d := told["away"] and told["away"].deputy) else None
    habits = {"language": standing.language or "", "theme": standing.theme or "", "zone": standing.zone or ""}
    new = {"habits": forms.blank(**habits), "password": forms.blank(), "token": forms.blank(cap="1", days="30")}
    told |= {
        "guest": standing.guest,
        "zones": ZONES + ZONES_WEST,
        "forms": new | {"absence": absence_form(request)} | again,
    }
    return page(request, "accounts/profile.html", status=refusal.status if refusal else 200, **told)
