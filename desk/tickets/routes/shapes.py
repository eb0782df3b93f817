"""What the API takes and answers."""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

Text = Annotated[str, Meta(max_length=40_000)]
Code = Annotated[str, Meta(max_length=64)]
Tier = Annotated[int, Meta(ge=0, le=4)]
Term = Annotated[int, Meta(ge=1, le=999)]  # days; the longest is the tier's
Instant = Annotated[datetime, Meta(tz=True)]  # with an offset


class NewRequest(Struct, frozen=True, kw_only=True):
    """`service` is an id of GET /api/services; without one the words go to whoever takes what fits nowhere else."""

    title: Text
    body: Text = ""
    service: Code | None = None
    fields: dict[str, Any] = {}
    tier: Tier | None = None
    reason: Code | None = None
    sentence: Text | None = None
    term: Term | None = None


class Expected(Struct, frozen=True):
    """By when the next word comes (with an offset), and what it will be about."""

    by: Instant
    text: Text


class NewUpdate(Struct, frozen=True, kw_only=True):
    """A reply of the desk carries `expectation` or `answer: true`; a message of the requester neither. `cannot_tell`
    carries `withheld`, a class of reason; `wrong` carries `corrects`, the id of own words, and `why`.
    """

    body: Text = ""
    kind: Annotated[str, Meta(pattern="^(reply|note|cannot_tell|wrong)$")] = "reply"
    withheld: Code | None = None
    corrects: Code = ""
    why: Text = ""
    tier: Tier | None = None
    expectation: Expected | None = None
    answer: bool = False
    reason: Code | None = None
    sentence: Text | None = None
    term: Term | None = None


class NewQuestion(Struct, frozen=True, kw_only=True):
    body: Text
    tier: Tier | None = None
    reason: Code | None = None
    sentence: Text | None = None
    term: Term | None = None


class NewAsk(Struct, frozen=True, kw_only=True):
    """`to`: sign:superior (the requester's), sign:own_superior, sign:head, sign:chain where the service names one, or
    department:CODE. An ask is as shut as the request unless `tier` says more."""

    to: Code
    body: Text
    tier: Tier | None = None
    reason: Code | None = None
    sentence: Text | None = None
    term: Term | None = None


class Said(Struct, frozen=True):
    """To what was asked. Needed unless something is signed or taken back."""

    text: Text = ""


class NewCorrection(Struct, frozen=True):
    body: Text
    why: Text


class NewRemoval(Struct, frozen=True):
    """`words`: the id of words in the timeline, or `request`; `reason`: one of the closed list."""

    words: Code
    reason: Code


class Agreed(Struct, frozen=True):
    agree: bool


class Handover(Struct, frozen=True):
    """`department` is a code: finance."""

    department: Code
    reason: Text


class Assignment(Struct, frozen=True):
    handler: Code


class Prioritised(Struct, frozen=True):
    """`priority` is routine or critical."""

    priority: Code
    reason: Text


class Resolution(Struct, frozen=True):
    outcome: Text


class Why(Struct, frozen=True):
    reason: Text


class NewRenewal(Struct, frozen=True):
    """To when a word is to move (with an offset), and why."""

    until: Instant
    reason: Text


class NewConsent(Struct, frozen=True):
    """`until` is the time that the answer is about, as the promise's `renewal` says it."""

    until: Instant
    agree: bool
    text: Text = ""


class Named(Struct, frozen=True):
    id: str
    name: str


class Line(Struct, frozen=True, kw_only=True):
    """A request in a list."""

    number: int
    title: str
    state: str
    tier: int
    service: str
    requester: str
    requesting_department: str
    handler: str | None


class Page(Struct, frozen=True):
    items: list[Line]
    next: str | None


class RenewalShown(Struct, frozen=True):
    """Who asks that a word may come later, to when, and why."""

    until: datetime
    by: str
    reason: str


class PromiseShown(Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    state: str
    text: str | None
    department: str
    person: str | None
    promisee: str
    started_at: datetime
    due_at: datetime
    first_due_at: datetime | None  # of a word that was moved: for when it was given
    renewal: RenewalShown | None
    settled_on: date | None  # the day only: at what time words were written is the words' own affair
    at_risk: bool
    why: str
    steps: list[str]


class Removed(Struct, frozen=True):
    """Words that two people took away."""

    at: datetime
    reason: str


class RemovalShown(Struct, frozen=True):
    """`state` is asked, removed or refused; `words` as in the timeline."""

    id: str
    words: str
    reason: str
    state: str
    at: datetime
    settled_at: datetime | None


class Entry(Struct, frozen=True, kw_only=True):
    """Words (with id, author, tier, body) or an event of the desk (with text)."""

    type: str  # words, event
    at: datetime
    id: str | None = None
    kind: str | None = None
    author: str | None = None
    tier: int | None = None
    body: str | None = None
    text: str | None = None
    given: str | None = None
    withheld: str | None = None  # of "I can't tell you": the class of reason
    unverified: bool = False  # by mail, and nobody vouches that it is the author who wrote it
    removed: Removed | None = None  # then there is no body
    corrections: list[dict[str, Any]] = []
    files: list[dict[str, Any]] = []


class MarkerShown(Struct, frozen=True, kw_only=True):
    """All that may be known of what may not be read. `ask`: these facts again, for POST /api/access/asks."""

    tier: int
    department: str
    day: date
    reason: str | None
    opens_on: date | None
    raised_on: date | None
    prolonged: int
    sealed_until: date | None
    text: str
    ask: str


class RequestShown(Struct, frozen=True, kw_only=True):
    number: int
    url: str
    title: str
    body: str
    fields: dict[str, Any]
    state: str
    tier: int
    reason: str | None
    priority: str
    critical: bool  # carries a critical target
    service: Named
    department: str
    requester: str
    requesting_department: str
    handler: str | None
    channel: str
    filed_at: datetime
    resolved_at: datetime | None
    ended_at: datetime | None
    promises: list[PromiseShown]
    timeline: list[Entry]
    markers: list[MarkerShown]


class Away(Struct, frozen=True, kw_only=True):
    """What was done stands, but the request is no longer one that I may read: after a handover."""

    number: int
    url: str
    text: str
    markers: list[MarkerShown]
