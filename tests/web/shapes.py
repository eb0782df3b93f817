"""The shapes that the templates of requests name in their first lines."""

from datetime import datetime

from msgspec import Struct

from desk.web import forms


class Find(Struct):
    href: str
    icon: str
    name: str
    scope: str
    reply: str
    resolution: str


class Waiting(Struct):
    number: int
    title: str
    say: str
    kind: str  # acceptance, question, renewal
    promise: str = ""
    until: str = ""


class Mine(Struct):
    number: int
    title: str
    handler: str
    place: str
    state: str
    word: str
    left: str
    share: int


class Given(Struct):
    number: int
    at: datetime
    text: str
    paused: bool = False


class Service(Struct):
    code: str
    name: str
    department: str
    scope: str
    excludes: str
    bring: list[str]
    reply: str
    resolution: str
    why: list[str]
    people: str


class Question(Struct):
    name: str
    kind: str
    label: str
    hint: str = ""
    need: bool = True
    options: list[tuple[str, str]] = []


class Request(Struct):
    number: int
    mark: str
    title: str
    tier: int
    tier_dept: str
    state: str
    state_word: str
    requester: str
    requester_from: str
    handler: str
    department: str
    service: str
    logged: str
    answers: list[tuple[str, str]]
    watching: bool
    priority: str = "routine"
    critical: bool = False
    mine: bool = False
    access: bool = False


class Correction(Struct, frozen=True):
    author: str
    at: datetime
    why: str
    body: str
    disputed: bool = False


class Line(Struct, frozen=True):
    token: str
    author: str
    author_from: str
    at: datetime
    body: str
    tier: int = 1
    tier_dept: str = ""
    note: bool = False
    label: str = ""
    files: tuple[tuple[str, str, int], ...] = ()
    given: str = ""
    given_kept: bool = False
    corrections: tuple[Correction, ...] = ()
    correct: str = ""
    labels: str = ""
    removed: str = ""
    shape: str = "line"
    why: str = ""


class Event(Struct):
    icon: str
    text: str
    at: datetime
    href: str = ""
    shape: str = "event"


class Marker(Struct):
    tier: int
    head: str
    text: str
    ask: str = ""
    shape: str = "marker"


class Day(Struct):
    text: str
    shape: str = "day"


class Panel(Struct):
    to: str
    kind: str
    state: str
    word: str
    left: str
    share: int
    why: list[str]
    source: str


class Told(Struct):
    kind: str
    state: str
    word: str
    left: str = ""
    said: str = ""
    token: str = "p-1"


class Move(Struct):
    token: str
    stage: str
    text: str
    reason: str = ""
    until: str = ""
    again: bool = False


class Asked(Struct):
    token: str
    head: str
    body: str
    line: Told
    yours: str = ""
    recall: bool = False


class ToSign(Struct):
    number: int
    title: str
    token: str
    from_: str
    state: str
    clock: str
    say: str


class Choice(Struct):
    href: str
    label: str
    current: bool = False


class Owed(Struct):
    number: int
    title: str
    who: str
    state: str
    word: str
    left: str
    share: int
    tier: int = 1
    asked: str = ""
    token: str = "p-1"


class Composer(Struct):
    form: forms.Form
    kinds: list[tuple[str, str]]
    to: str
    tiers: list[tuple[int, str]]
    reasons: list[tuple[str, str]]
    wants_word: bool
    asks: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    max_bytes: int = 25 * 1024 * 1024
    count: int = 10
    size: str = "25 MB"


class Work(Struct):
    number: int
    title: str
    from_: str
    state: str
    clock: str
    say: str
    take: bool = False
    tag: str = ""
    critical: bool = False


class Row(Struct):
    number: int
    title: str
    state: str
    state_word: str
    tier: int
    from_: str
    service: str
    due: str
    due_iso: str
    due_exact: str
    critical: bool = False
