"""GET /search: one box for requests, words, services and people. A number leads to its request; whether there is one,
only its own page may say."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Struct, structs

from desk import db
from desk.finder import queries, rules
from desk.finder.routes.found import FEW, PAGE, Asked, Found, Item, found, section
from desk.finder.rules import KINDS, Facets, Narrowed
from desk.i18n import Invalid, say
from desk.search.rules import number
from desk.tickets.routes.telling import teller
from desk.tickets.rules.states import State
from desk.web import cursor
from desk.web.page import page, see
from desk.web.times import Times
from desk.web.viewer import AnyRequest, Asks, language

Word = Annotated[str, QueryParameter(max_length=64)]
Typed = Annotated[str, QueryParameter(max_length=400)]
After = Annotated[str, QueryParameter(max_length=cursor.LONGEST)]


class Choice(Struct, frozen=True):
    """One value of a filter: where it leads, and how often it is there."""

    href: str
    label: str
    count: str
    chosen: bool


class Filter(Struct, frozen=True):
    label: str
    choices: list[Choice]


class Shown(Struct, frozen=True, kw_only=True):
    items: list[Item]
    count: str
    all: str  # address of the list of this kind alone, or ""
    next: str


@get("/search", include_in_schema=False)
async def search(
    request: AnyRequest,
    reader: Asks,
    q: Typed = "",
    kind: Word = "",
    department: Word = "",
    stands: Annotated[str, QueryParameter(name="state", max_length=64)] = "",
    month: Word = "",
    after: After = "",
) -> Response[str]:
    if (wanted := number(q)) is not None:
        return see(request, f"/requests/{wanted}")
    narrowed = Narrowed(kind=kind if kind in KINDS else "", department=department, state=stands, month=month)
    asked, fault, told = Asked(typed=q.strip(), narrowed=narrowed, after=after), "", {}
    if asked.typed:
        try:
            told = await _told(request, reader, asked)
        except Invalid as invalid:
            fault = invalid.sentence.say(language(request))
    context = _nothing() | told | {"sought": asked.typed, "fault": fault, "kind": narrowed.kind}
    return page(request, "finder/search.html", status=422 if fault else 200, **context)


@get("/find", include_in_schema=False)
async def find(
    request: AnyRequest, sought: Annotated[str, QueryParameter(name="number", max_length=200)] = ""
) -> Response[str]:
    """The address of the box by number, as it was."""
    return see(request, f"/search?{urlencode({'q': sought})}")


async def _told(request: AnyRequest, reader: db.Reader, asked: Asked) -> dict[str, Any]:
    times, narrowed = teller(request).times, asked.narrowed
    async with db.acting_as(reader, writing=False):
        result = await found(asked, times, [narrowed.kind] if narrowed.kind else [rules.REQUESTS, rules.UPDATES])
        facets = rules.facets(result.look)
        names = await queries.departments([code for code, _ in facets["department"]], times.language)
        lists = {kind: await _shown(result, kind, asked, times.language) for kind in (rules.REQUESTS, rules.UPDATES)}
    return {
        **lists,
        "services": result.services,
        "people": result.people,
        "filters": _filters(facets, asked, names, times),
        "left_out": result.query.left_out,
        "first": _address(asked) if asked.after else "",
        "wide": _address(Asked(typed=asked.typed, narrowed=Narrowed())) if asked.narrowed != Narrowed() else "",
    }


def _nothing() -> dict[str, Any]:
    empty = Shown(items=[], count="0", all="", next="")
    return {"requests": empty, "updates": empty, "services": [], "people": [], "filters": [], "left_out": (),
            "first": "", "wide": ""}  # fmt: skip


async def _shown(result: Found, kind: str, asked: Asked, language: str) -> Shown:
    """All of one kind in pages, or the first few of each."""
    alone = asked.narrowed.kind == kind
    if asked.narrowed.kind and not alone:
        return Shown(items=[], count="0", all="", next="")
    only = _with(asked, kind=kind)
    of = await section(result, kind, language, size=PAGE if alone else FEW)
    return Shown(
        items=of.items,
        count=of.count,
        all=_address(only) if of.next and not alone else "",
        next=_address(asked, of.next) if of.next and alone else "",
    )


def _filters(facets: Facets, asked: Asked, names: dict[str, str], times: Times) -> list[Filter]:
    """Of what there is at all; a chosen one leads back."""
    made = []
    for name in ("kind", *rules.FILTERS):
        chosen = getattr(asked.narrowed, name)
        choices = [
            Choice(
                _address(_with(asked, **{name: "" if value == chosen else value})),
                _label(name, value, names, times), count, value == chosen,
            )
            for value, count in facets[name]
        ]  # fmt: skip
        if len(choices) > 1 or chosen:
            made.append(Filter(say(times.language, f"finder.filter_{name}"), choices))
    return made


def _label(name: str, value: str, names: dict[str, str], times: Times) -> str:
    match name:
        case "department":
            return names.get(value, value)
        case "state":
            return say(times.language, f"tickets.filter_{State(value).value}")
        case "month":
            year, month = value.split("-")
            return say(times.language, "finder.month", year=year, month=int(month))
    return say(times.language, f"finder.kind_{value}")


def _with(asked: Asked, **changed: str) -> Asked:
    return Asked(typed=asked.typed, narrowed=structs.replace(asked.narrowed, **changed))


def _address(asked: Asked, after: str = "") -> str:
    chosen = {name: value for name, value in structs.asdict(asked.narrowed).items() if value}
    return "/search?" + urlencode({"q": asked.typed} | chosen | ({"after": after} if after else {}))
