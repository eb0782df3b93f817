"""The same search as JSON."""

from datetime import datetime
from typing import Annotated, Literal

from litestar import get
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from desk import db
from desk.finder import rules
from desk.finder.routes.found import Asked, Found, Item, Section, found, section
from desk.finder.routes.search import After, Word
from desk.finder.rules import Narrowed
from desk.i18n import either
from desk.search.rules import Piece
from desk.tickets.routes.telling import teller
from desk.tickets.rules.states import State
from desk.web.viewer import AnyRequest, Asks


class HitShown(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`snippet`: the words around what was found, in pieces. `id`: of words under a request, as in its timeline."""

    kind: str
    number: int
    title: str
    snippet: list[Piece]
    tier: int
    state: str
    department: str
    at: datetime
    id: str = ""
    corrected: bool = False


class Count(Struct, frozen=True):
    value: str
    count: str


class Offered(Struct, frozen=True):
    """A service or a person."""

    code: str
    name: str


class FoundShown(Struct, frozen=True, kw_only=True):
    """`count` and those of `facets` are "50+" above 50, and of the newest 2,000 that I may read."""

    items: list[HitShown]
    next: str | None
    count: str
    facets: dict[str, list[Count]]
    services: list[Offered]
    people: list[Offered]
    left_out: list[str]


@get("/api/search", tags=["search"], summary="Find requests, words, services and people")
async def search(
    request: AnyRequest,
    reader: Asks,
    q: Annotated[str, QueryParameter(max_length=400)],
    kind: FromQuery[Literal["", "requests", "updates", "services", "people"]] = "",
    department: Word = "",
    stands: Annotated[State | None, QueryParameter(name="state")] = None,
    month: Word = "",
    after: After = "",
) -> FoundShown:
    times = teller(request).times
    narrowed = Narrowed(kind=kind, department=department, state=stands.value if stands else "", month=month)
    asked = Asked(typed=q.strip(), narrowed=narrowed, after=after)
    async with db.acting_as(reader, writing=False):
        result = await found(asked, times, [kind])
        return _shown(result, await section(result, kind, times.language), times.language)


def _shown(result: Found, of: Section, language: str) -> FoundShown:
    facets = rules.facets(result.look)
    return FoundShown(
        items=[_hit(one) for one in of.items],
        next=of.next or None,
        count=of.count,
        facets={name: [Count(*one) for one in counts] for name, counts in facets.items()},
        services=[Offered(one.code, either(language, one.name_zh, one.name_en)) for one in result.services],
        people=[Offered(one.login, one.name) for one in result.people],
        left_out=list(result.query.left_out),
    )


def _hit(one: Item) -> HitShown:
    return HitShown(
        kind=one.kind,
        number=one.number,
        title="".join(piece.text for piece in one.title),
        snippet=one.text,
        tier=one.tier,
        state=one.state,
        department=one.department,
        at=one.at,
        id=one.token,
        corrected=one.corrected,
    )
