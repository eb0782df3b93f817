"""What a search finds, for the page and for programs."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from desk.catalog import queries as catalog
from desk.catalog.rules.service import Service
from desk.directory import queries as directory
from desk.directory.queries.people import PersonLine
from desk.finder import queries, rules
from desk.finder.queries import Words
from desk.finder.rules import Hit, Look, Narrowed
from desk.i18n import either
from desk.search.queries import Place
from desk.search.rules import Pieces, Query, of_query, snippet
from desk.web import cursor
from desk.web.times import Times

PAGE, FEW = 20, 5
NOTHING = Narrowed()


class Asked(Struct, frozen=True, kw_only=True):
    typed: str
    narrowed: Narrowed
    after: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """`next`: where the list goes on."""

    items: list["Item"]
    count: str
    next: str


class Found(Struct, frozen=True, kw_only=True):
    query: Query
    look: Look
    services: list[Service]
    people: list[PersonLine]


class Item(Struct, frozen=True, kw_only=True):
    """A request, or words under one; what was found is marked."""

    kind: str
    number: int
    token: str
    title: Pieces
    text: Pieces
    tier: int
    state: str
    department: str
    at: datetime
    corrected: bool


async def found(asked: Asked, times: Times, lists: Collection[str]) -> Found:
    """`lists`: the kinds of words that are wanted, "" is both. Raises Invalid where nothing typed is long enough."""
    query, before = of_query(asked.typed), _place(asked.after)
    of_words = asked.narrowed.kind in ("", rules.REQUESTS, rules.UPDATES)
    return Found(
        query=query,
        look=await queries.look(query.words, asked.narrowed, lists, before=before, zone=times.zone, size=PAGE)
        if of_words
        else Look(),
        services=await _services(asked),
        people=await _people(asked, times),
    )


async def section(of: Found, kind: str, language: str, *, size: int = PAGE) -> Section:
    """The first of the hits that fit, with their words."""
    fitting, last = rules.page(of.look, kind, size)
    return Section(
        items=[_item(hit, words, of.query, language) for hit, words in await queries.shown(fitting)],
        count=rules.count(of.look, kind),
        next=cursor.seal("search", last.at, last.place) if last else "",
    )


def _item(hit: Hit, words: Words, query: Query, language: str) -> Item:
    return Item(
        kind=hit.kind,
        number=words.number,
        token=words.token,
        title=snippet(words.title, query.marks, whole=True),
        text=_text(words, query),
        tier=words.tier,
        state=words.state,
        department=either(language, words.name_zh, words.name_en),
        at=words.at,
        corrected=words.corrected,
    )


def _text(words: Words, query: Query) -> Pieces:
    """Where something was found: in the words themselves, else in what the form was answered."""
    answered = snippet(words.answers, query.marks)
    body = snippet(words.body, query.marks)
    return answered if any(one.found for one in answered) and not any(one.found for one in body) else body


def _place(after: str) -> Place | None:
    """Raises Invalid for what no page of ours has led to."""
    if not after:
        return None
    _, at, row = cursor.unseal(after, tuple[Literal["search"], datetime, int])
    return Place(at, row)


async def _services(asked: Asked) -> list[Service]:
    """As a guest would find them, for a guest."""
    if not _wanted(asked, rules.SERVICES):
        return []
    return (await catalog.suggestions(asked.typed))[: PAGE if asked.narrowed.kind else FEW]


async def _people(asked: Asked, times: Times) -> list[PersonLine]:
    """By name or login; none for guests, as everywhere."""
    if not _wanted(asked, rules.PEOPLE):
        return []
    return await directory.people_named(asked.typed, times.now, at_most=PAGE if asked.narrowed.kind else FEW)


def _wanted(asked: Asked, kind: str) -> bool:
    """They have neither department of a request nor state nor month: whoever narrows by these wants requests."""
    narrowed = structs.replace(asked.narrowed, kind="")
    return asked.narrowed.kind in ("", kind) and narrowed == NOTHING and not asked.after
