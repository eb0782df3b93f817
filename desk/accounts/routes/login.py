"""Signing in and out, and the links that an administrator hands over."""

from typing import Annotated
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from desk import db
from desk.accounts import actions, queries, rules
from desk.accounts.actions.signing_in import wrong
from desk.directory import actions as directory
from desk.i18n import Refused
from desk.web import cookies, forms
from desk.web.page import now, page, see
from desk.web.security import safe_next
from desk.web.viewer import AnyRequest, language, viewer

ANONYMOUS = {"anonymous": True}
Next = Annotated[str, QueryParameter(name="next")]


class SignIn(Struct, frozen=True):
    login: Annotated[str, Meta(min_length=1, max_length=254)]
    password: forms.Verbatim
    next: Annotated[str, Meta(max_length=2000)] = "/"


class NewPassword(Struct, frozen=True):
    password: forms.Verbatim
    password_again: forms.Verbatim


@get("/login", opt=ANONYMOUS, include_in_schema=False)
async def login(request: AnyRequest, wanted: Next = "/") -> Response[str]:
    if viewer(request):
        return see(request, safe_next(wanted))
    return _login_page(request, forms.blank(), wanted)


@post("/session", opt=ANONYMOUS, include_in_schema=False, status_code=303)
async def sign_in(request: AnyRequest) -> Response[str]:
    try:
        posted = (await forms.read(request, SignIn)).value
        secret = await _sign_in(request, posted)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return _login_page(request, form, form.value("next"), status=refusal.status)
    return signed_in(see(request, safe_next(posted.next)), secret)


async def _sign_in(request: AnyRequest, posted: SignIn) -> str:
    address = address_of(request)
    async with db.acting_as(db.NOBODY):
        attempt = await actions.try_to_sign_in(posted.login.strip(), address)
    if not await actions.is_right(attempt, posted.password):
        raise wrong()
    async with db.acting_as(db.Reader(attempt.person)):
        if "lang" in request.query_params:
            await directory.keep_language(language(request))
        return await actions.sign_in(
            attempt,
            posted.password,
            address=address,
            browser=browser_of(request),
            before=cookies.session_token(request),
        )


@post(["/session/end", "/logout"], opt=ANONYMOUS, include_in_schema=False, status_code=303)
async def sign_out(request: AnyRequest) -> Response[str]:
    secret = cookies.session_token(request)
    if secret is not None and "reader" in request.scope["state"]:
        async with db.acting_as(request.scope["state"]["reader"]):
            await actions.sign_out(secret)
    answer = see(request, "/login", said="accounts.signed_out")
    answer.set_cookie(cookies.no_session_cookie())
    return answer


@get("/links/{secret:str}", opt=ANONYMOUS, include_in_schema=False)
async def link(request: AnyRequest, secret: FromPath[str]) -> Response[str]:
    return await _link_page(request, secret, forms.blank())


@post("/links/{secret:str}", opt=ANONYMOUS, include_in_schema=False, status_code=303)
async def accept(request: AnyRequest, secret: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, NewPassword)).value
        rules.check_same(posted.password, posted.password_again)
        async with db.acting_as(db.NOBODY, writing=False):
            found = await queries.link(secret, now(request))
        if found is None:
            raise Refused("accounts.link_over")
        async with db.acting_as(db.Reader(found.person)):
            session = await actions.accept(
                secret,
                posted.password,
                address=address_of(request),
                browser=browser_of(request),
                before=cookies.session_token(request),
            )
    except Refused as refusal:
        return await _link_page(request, secret, await forms.again(request, refusal), status=refusal.status)
    return signed_in(see(request, "/", said="accounts.password_set"), session)


async def start_here(request: AnyRequest, person: int) -> str:
    """The secret of a new session of this browser."""
    return await actions.start_session(person, address=address_of(request), browser=browser_of(request))


def signed_in(answer: Response[str], secret: str) -> Response[str]:
    answer.set_cookie(cookies.session_cookie(secret, seconds=int(rules.SESSION.total_seconds())))
    return answer


def address_of(request: AnyRequest) -> str:
    """The browser's address; behind a proxy of DESK_PROXIES the server has put it here."""
    return request.client.host if request.client else ""


def browser_of(request: AnyRequest) -> str:
    return request.headers.get("user-agent", "")[:200]


def _login_page(request: AnyRequest, form: forms.Form, wanted: str, *, status: int = 200) -> Response[str]:
    path = safe_next(wanted)
    other = "en" if language(request) == "zh-CN" else "zh-CN"
    return page(
        request,
        "accounts/login.html",
        status=status,
        form=form,
        wanted=path,
        other=other,
        other_url=f"/login?lang={other}&next={quote(path, safe='/')}",
        post_url=f"/session?lang={language(request)}" if "lang" in request.query_params else "/session",
    )


async def _link_page(request: AnyRequest, secret: str, form: forms.Form, *, status: int = 200) -> Response[str]:
    async with db.acting_as(db.NOBODY, writing=False):
        found = await queries.link(secret, now(request))
    other = "en" if language(request) == "zh-CN" else "zh-CN"
    return page(
        request,
        "accounts/link.html",
        status=status if found else 404,
        form=form,
        link=found,
        other=other,
        other_url=f"?lang={other}",
        post_url=f"?lang={language(request)}",
    )
