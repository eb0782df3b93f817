"""What is posted to move a label, and what a label says; forms and the API alike."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(max_length=2000)]
Code = Annotated[str, Meta(max_length=64)]
Days = Annotated[int, Meta(ge=0, le=10_000)]


class Raising(Struct, frozen=True, kw_only=True):
    tier: Annotated[int, Meta(ge=0, le=4)]
    reason: Code | None = None
    sentence: Text = ""
    days: Days | None = None


class Prolongation(Struct, frozen=True, kw_only=True):
    reason: Code | None = None
    sentence: Text = ""
    days: Days | None = None


class Opening(Struct, frozen=True, kw_only=True):
    to: Annotated[int, Meta(ge=0, le=4)] = 1


class Seconded(Struct, frozen=True, kw_only=True):
    second: Code = ""  # login of the second person
    reason: Code | None = None
    sentence: Text = ""
    days: Days | None = None


class Agreeing(Struct, frozen=True):
    agree: bool


class Recusing(Struct, frozen=True, kw_only=True):
    person: Code = ""  # empty: oneself
    why: Text = ""
    until: datetime | None = None


class ReaderShown(Struct, frozen=True, kw_only=True):
    login: str
    name: str
    department: str


class LabelShown(Struct, frozen=True, kw_only=True):
    """`readers` null: everybody whom the tier lets in; else at most 50 by name, and `more` when there are more."""

    number: int
    token: str
    tier: int
    owner: str
    day: date
    reason: str | None
    sentence: str | None
    opens_on: date | None
    opens_to: int
    raised_on: date | None
    prolonged: int
    sealed_until: date | None
    sealed: bool
    may: list[str]
    readers: list[ReaderShown] | None
    more: bool


class CountersignShown(Struct, frozen=True, kw_only=True):
    token: str
    number: int | None
    kind: str
    owner: str
    reason: str
    sentence: str
    until: date
    asked_by: str
    second: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool


class RecusalShown(Struct, frozen=True, kw_only=True):
    login: str
    name: str
    since: datetime
    until: datetime | None
    by: str
    why: str
