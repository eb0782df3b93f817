"""What people type and programs send about access, and what programs are answered."""

from datetime import date, datetime
from typing import Annotated

from litestar.params import PathParameter
from msgspec import Meta, Struct

from desk.web.cursor import LONGEST

Text = Annotated[str, Meta(max_length=40_000)]
Code = Annotated[str, Meta(max_length=64)]
Sealed = Annotated[str, Meta(max_length=LONGEST)]
Token = Annotated[str, PathParameter(max_length=24)]


class NewAsk(Struct, frozen=True, kw_only=True):
    """`of` is the `ask` of a marker; `until` the day until which I want to read."""

    of: Sealed = ""
    why: Text = ""
    until: date | None = None


class NewGrant(Struct, frozen=True, kw_only=True):
    """`refs` name portions as GET tells them, `until` is the last day, at most 30 days ahead."""

    refs: list[Code] = []
    until: date | None = None
    reason: Text = ""


class DirectGrant(Struct, frozen=True, kw_only=True):
    """`person` is a login."""

    person: Code = ""
    refs: list[Code] = []
    until: date | None = None
    reason: Text = ""


class NewExtract(Struct, frozen=True, kw_only=True):
    """`tier` 1: under the request, for every employee; 2: with the access request."""

    tier: Annotated[int, Meta(ge=0, le=4)] = 2
    body: Text = ""
    why: Text = ""


class NewRefusal(Struct, frozen=True, kw_only=True):
    code: Code = ""
    sentence: Text = ""


class NewGlass(Struct, frozen=True, kw_only=True):
    number: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    reason: Text = ""
    minutes: Annotated[int, Meta(ge=-1000, le=100_000)] | None = None


class Done(Struct, frozen=True):
    """The number of the access request, or of the request at hand."""

    number: int
    url: str


class GrantShown(Struct, frozen=True, kw_only=True):
    """`person` is empty for one's own. `glass`: two people broke it."""

    id: str
    number: int
    person: str
    until: datetime
    by: str
    reason: str
    glass: bool
    portions: int


class PortionShown(Struct, frozen=True, kw_only=True):
    ref: str
    tier: int
    author: str
    at: datetime
    words: str


class GrantsShown(Struct, frozen=True):
    """Live grants that I may know of, and portions that I read and not everybody does."""

    grants: list[GrantShown]
    portions: list[PortionShown]


class GlassShown(Struct, frozen=True, kw_only=True):
    id: str
    person: str
    number: int
    reason: str
    minutes: int
    asked_at: datetime
    second: str | None
    agreed_at: datetime | None
    mine: bool


class AccessShown(Struct, frozen=True):
    """My own grants, and glass of the last day: mine, and what waits for a yes that could be mine."""

    grants: list[GrantShown]
    glass: list[GlassShown]
