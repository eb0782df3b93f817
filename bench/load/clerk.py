"""What every happening leaves behind: journal and errand, notices, hops, files."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bench.load.books import Books
from bench.load.firm import Service
from bench.load.ledger import Ledger
from bench.load.plan import Plan
from desk import locks
from desk.disclosure.rules import Parties
from desk.journal.rules import Tag
from desk.sla.rules import instants

_FRESH = 20 * 86400  # seconds; notices older than that are all read
_FILES = (("发票.pdf", "application/pdf"), ("截图.png", "image/png"), ("明细.xlsx", "application/vnd.ms-excel"))
_moment: Callable[[int], datetime] = instants.moment


@dataclass(kw_only=True, slots=True)
class Case:
    """A request while its story is told. Instants are seconds since 1970."""

    id: int
    plan: Plan
    filed: int
    parties: Parties
    audience: list[str]
    handler: int
    taken: bool
    giver: int | None  # the department that handed it over
    service: Service
    tongue: int  # 0 Chinese, 1 English
    ledger: Ledger
    holder: str = "department"
    held_by: int | None = None
    held_since: int = 0
    last_at: int = 0
    resolved_at: int | None = None
    lapses_at: int | None = None
    ended_at: int | None = None

    @property
    def item(self) -> str:
        return locks.ticket(self.id)


class Clerk:
    def __init__(self, books: Books, dice: random.Random, now: int) -> None:
        self.books, self.dice, self.now = books, dice, now

    def enter(
        self, case: Case, tag: Tag, at: int, *, by: int | None, subject: str | None = None,
        audience: list[str] | None = None, told: Sequence[int] = (), **facts: int | None,
    ) -> None:  # fmt: skip
        """An entry, its errand (done long ago) and a notice to everybody who was told of it."""
        item, shut, when = subject or case.item, audience or case.audience, _moment(at)
        data = msgspec.json.encode(facts).decode() if facts else "{}"
        row = self.books.add("entries", tag.value, when, by, case.id, item, data, shut)
        self.books.put("errands", row, "done", 1, when)
        for person in told:
            if person != by:
                self.books.add("notices", person, row, case.id, item, tag.value, when, self._read_at(at), shut)

    def attach(self, case: Case, update: int | None, author: int, at: int, columns: tuple[object, ...]) -> None:
        name, kind = self.dice.choice(_FILES)
        size, digest = self.dice.randrange(20_000, 3_000_000), f"{self.dice.getrandbits(256):064x}"
        self.books.add("attachments", self.books.token(), case.id, update, author, _moment(at), name, kind, size,
                       digest, digest[:40], *columns)  # fmt: skip

    def pass_on(self, case: Case, department: int | None, at: int, *, reason: str | None = None) -> None:
        """Into the hands of a department, or of the requester (None)."""
        self.end_hop(case, at)
        case.holder = "requester" if department is None else "department"
        case.held_by, case.held_since = department, at

    def end_hop(self, case: Case, at: int | None) -> None:
        if at is None or at > case.held_since:
            until = None if at is None else _moment(at)
            by = case.handler if case.holder == "department" else case.parties.requester
            self.books.add("hops", case.id, case.holder, case.held_by, _moment(case.held_since), until, by, None,
                           case.audience)  # fmt: skip

    def grant(self, case: Case) -> None:
        """Core words are read by nobody by rank: whoever works on them needs a grant."""
        until = case.ended_at or self.now + 20 * 86400
        self.books.add("grants", case.handler, case.item, _moment(case.filed), _moment(until), case.parties.requester,
                       "经办")  # fmt: skip

    def _read_at(self, at: int) -> datetime | None:
        if at < self.now - _FRESH or self.dice.random() < 0.8:
            return _moment(min(at + 3600, self.now))
        return None
