"""page(): one template as a whole page, or one block of it when htmx asks for a fragment."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import cache, partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from markupsafe import Markup

from desk import clock, settings
from desk.i18n import LANGUAGES, Sentence, catalogue, say
from desk.web import cookies, csrf, signs, static, text
from desk.web.templates import Templates
from desk.web.times import Times
from desk.web.viewer import AnyRequest, Connection, language, viewer

_HEADERS = {"Vary": "HX-Request, HX-Request-Type", "Cache-Control": "private, no-store"}
_IN_TIME = ("clock", "day", "date", "moment", "brief", "exact", "iso", "span", "left", "clock_left")


def page(
    request: AnyRequest,
    template: str,
    *,
    fragment: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> Response[str]:
    """`fragment` names the block that answers an htmx request; everybody else gets the whole page."""
    own = shared(request)
    block = fragment if wants_fragment(request) else None
    spent = [] if block else _take_said(request, own)
    html = render(template, own | context, block=block)
    return Response(
        html,
        media_type=MediaType.HTML,
        status_code=status,
        headers={**_HEADERS, **(headers or {})},
        cookies=[*csrf.new_cookies(request), *spent],
    )


def see(request: AnyRequest, path: str, *, said: str | None = None) -> Response[str]:
    """303 to a page after a successful write; `said` is the key of a sentence shown there once, as a toast."""
    told = [cookies.said_cookie(said)] if said else []
    path = quote(path, safe="/?&=#%+,;:@!$'()*~[]")
    status, header = (200, "HX-Redirect") if wants_fragment(request) else (303, "Location")
    headers = _HEADERS | {header: path}
    return Response("", media_type=MediaType.HTML, status_code=status, headers=headers, cookies=told)


def wants_fragment(request: AnyRequest) -> bool:
    asks = request.headers.get("hx-request") == "true"
    return asks and request.headers.get("hx-request-type", "partial") == "partial"


def now(connection: Connection) -> datetime:
    """The request's one instant."""
    state = connection.scope["state"]
    if "now" not in state:
        state["now"] = clock.now()
    at: datetime = state["now"]
    return at


async def read_clock(request: AnyRequest) -> None:
    """Litestar's before_request: request.state.now."""
    now(request)


def shared(request: AnyRequest) -> dict[str, Any]:
    """What every template may use without being given it."""
    reader, lang = viewer(request), language(request)
    zone = reader.zone if reader else settings.current().zone
    times, token = Times(lang, zone, now(request)), csrf.token(request)
    own: dict[str, Any] = {
        "t": partial(say, lang),
        "lang": lang,
        "me": reader,
        "now": now(request),
        "times": times,
        "csrf": token,
        "said": None,
    }
    own |= pieces(times, token)
    own["kept"] = partial(_kept, own)
    return own


def pieces(times: Times, token: str) -> dict[str, Any]:
    """`ui` and `fields`: the macros, with what depends on the day or carries the form's token."""
    ui, fields = _macros(times.language)
    return {
        "ui": SimpleNamespace(**ui, time=partial(signs.time, times)),
        "fields": signs.Fields(fields, times.language, token),
    }


_made: dict[Hashable, Markup] = {}


def _kept(own: Mapping[str, Any], template: str, line: Hashable) -> Markup:
    """A piece that depends on one value, the language and the day alone: made once for each, then kept.

    What people have said does not change, and is shown again and again. Whoever is shown it was just given the value.
    """
    of = (template, own["times"].today, line)
    if of not in _made:
        if len(_made) >= 2000:
            _made.clear()
        _made[of] = Markup(render(template, {**own, "line": line, "correcting": ""}))
    return _made[of]


@cache
def _macros(language: str) -> tuple[Mapping[str, Any], Any]:
    """What macros.html has, and fields.html: the same for all who read a language."""
    given = {"t": partial(say, language), "lang": language, **signs.of(language)}
    ui = environment(language).get_template("macros.html").make_module(given)
    return vars(ui), environment(language).get_template("fields.html").make_module(given | {"ui": ui})


def render(template: str, context: Mapping[str, Any], *, block: str | None = None) -> str:
    found = environment(context["lang"]).get_template(template)
    if block is None:
        return found.render(context)
    return "".join(found.blocks[block](found.new_context(dict(context))))


@cache
def environment(language: str = LANGUAGES[0]) -> Environment:
    made = Templates(language)
    made.globals |= {"static": static.address, "sprite": Markup(static.address("icons.svg"))}
    made.filters |= {name: _in_time(name) for name in _IN_TIME}
    made.filters |= {"paragraphs": text.paragraphs, "size": text.size, "initials": text.initials, "say": _said}
    return made


def _in_time(name: str) -> Callable[[Context, Any], str]:
    @pass_context
    def words(context: Context, value: Any) -> str:
        said: str = getattr(context["times"], name)(value)
        return said

    return words


@pass_context
def _said(context: Context, sentence: Sentence) -> str:
    return sentence.say(context["lang"])


def _take_said(request: AnyRequest, own: dict[str, Any]) -> list[Cookie]:
    """The toast of the page before. The cookie can only choose among our own sentences without gaps."""
    key = cookies.said(request)
    if key is None:
        return []
    words = catalogue().get(key, {}).get("en")
    if isinstance(words, str) and "{" not in words:
        own["said"] = say(own["lang"], key)
    return [cookies.said_cookie("")]
