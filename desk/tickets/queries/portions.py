"""What hangs on a request, as its page is told of it."""

from datetime import datetime
from typing import TypedDict

from msgspec import Struct

from desk.catalog.rules.service import Field
from desk.disclosure.rules import Marker
from desk.sla.queries.promises import Told


class UpdateRow(TypedDict):
    id: int
    token: str
    at: datetime
    kind: str
    for_requester: bool
    corrects: int | None
    ask: int | None
    why: str | None
    disputed: bool
    withheld: str | None
    removed_at: datetime | None
    removed_for: str | None
    unverified: bool  # by mail, and nobody vouches that it is the one who says so
    sealed: bool
    body: str
    tier: int
    mine: bool
    author: str
    from_zh: str
    from_en: str
    owner_zh: str | None  # from tier 2
    owner_en: str | None


class EventRow(TypedDict):
    tag: str
    at: datetime
    by: str | None
    giving_zh: str | None
    giving_en: str | None
    receiving_zh: str | None
    receiving_en: str | None
    handler: str | None
    recipient: str | None
    promise: int | None
    until: datetime | None  # to when a word is to move
    priority: str | None
    other: int | None  # the number of the request that a link leads to; who reads the event reads both
    link: str | None
    dues: list[tuple[str, datetime, datetime]] | None  # kind, before, after


class FileRow(TypedDict):
    token: str
    of_update: int | None
    name: str
    size: int


class HopRow(TypedDict):
    holder: str
    department: int | None
    since: datetime
    until: datetime | None
    reason: str | None  # of the handover that brought it there
    department_zh: str | None
    department_en: str | None


class Place(Struct, frozen=True):
    code: str
    zh: str
    en: str


class Colleague(Struct, frozen=True):
    id: int
    login: str
    name: str
    away: bool


class Absent(Struct, frozen=True):
    person: int


class Portions(Struct, frozen=True, kw_only=True):
    """In the order of time; markers by day."""

    updates: list[UpdateRow]
    events: list[EventRow]
    files: list[FileRow]
    hops: list[HopRow]
    promises: list[Told]
    markers: list[Marker]
    instead_of: list[Absent]  # for whom the reader stands in now
    form: tuple[Field, ...] | None  # what the service asks, where something was answered
    places: list[Place] | None  # where a handler may send it
    colleagues: list[Colleague] | None  # who handles it where it is
