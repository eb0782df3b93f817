"""Links as the page and the API tell them."""

from datetime import datetime

from msgspec import Struct

from desk.i18n import either
from desk.tickets.actions.merging import Preview
from desk.tickets.queries.relations import Linked
from desk.tickets.routes.telling import Teller
from desk.tickets.rules.linking import BY_HAND, Link


class Line(Struct, frozen=True, kw_only=True):
    kind: str
    word: str
    number: int
    title: str
    state: str
    tier: int
    department: str
    by: str
    at: datetime
    removable: bool


class Seen(Struct, frozen=True, kw_only=True):
    """A merge, told beforehand. `more`: who would read what is owed and may not: then it is refused."""

    number: int
    title: str
    moves: list[str]
    more: str
    less: str
    shut_out: bool


class LinkShown(Struct, frozen=True, kw_only=True):
    """`kind` is what the request asked about is to this one; with turned_ before it, the other way round."""

    kind: str
    number: int
    title: str
    state: str
    department: str
    by: str
    at: datetime
    broken: int | None = None  # of one that was merged into it: promises that broke before


class LinksShown(Struct, frozen=True):
    links: list[LinkShown]


def line(one: Linked, by: Teller, *, may: set[str]) -> Line:
    return Line(
        kind=one.word, word=by.say(f"link_{one.word}"), number=one.number, title=one.title,
        state=by.say(f"state_{one.state.value}"), tier=one.tier,
        department=either(by.language, one.department_zh, one.department_en), by=one.by, at=one.at,
        removable="link" in may and one.kind in BY_HAND and (one.kind is not Link.BLOCKS or "block" in may),
    )  # fmt: skip


def seen(number: int, title: str, found: Preview, by: Teller, *, names: dict[str, str]) -> Seen:
    comma = by.say("list_comma")
    return Seen(
        number=number, title=title,
        moves=[by.due_by(one.kind.value, one.due_at, None) for one in found.moves],
        more=comma.join(_holder(lock, names, by) for lock in found.more),
        less=comma.join(_holder(lock, names, by) for lock in found.less),
        shut_out=found.shut_out,
    )  # fmt: skip


def as_json(found: list[Linked], broken: dict[int, int], by: Teller) -> LinksShown:
    return LinksShown(
        [
            LinkShown(
                kind=one.word, number=one.number, title=one.title, state=one.state.value,
                department=either(by.language, one.department_zh, one.department_en), by=one.by, at=one.at,
                broken=broken.get(one.number) if one.word == "turned_merged" else None,
            )
            for one in found
        ]
    )  # fmt: skip


def _holder(lock: str, names: dict[str, str], by: Teller) -> str:
    """Whoever holds a key to it, in words."""
    kind, _, of = lock.partition(":")
    return by.say(f"holder_{kind}", name=names.get(f"person:{of}" if kind == "person" else of, ""))
