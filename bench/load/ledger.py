"""The promises of one request and their events, computed with the product's own clock."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from bench.load.books import Books
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants, targets
from desk.sla.rules.clock import State, state_of
from desk.sla.rules.events import Event
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.targets import Target

_moment: Callable[[int], datetime] = instants.moment


@dataclass(kw_only=True, slots=True)
class Word:
    kind: Kind
    target: Target
    state: State  # as of the last event that moved the clock
    audience: list[str]
    update: int | None
    person: int | None
    what: str | None
    events: list[Event]
    standing: Standing = Standing.OPEN
    settled_at: int | None = None


@dataclass(kw_only=True, slots=True)
class Ledger:
    """Instants are seconds since 1970. Rows are written by `close`."""

    ticket: int
    clock: Clock
    department: int
    handler: int | None
    promisee: int
    audience: list[str]
    words: list[Word] = field(default_factory=list)

    def give(
        self, kind: Kind, target: Target, at: int, *, update: int | None = None, what: str | None = None,
        audience: list[str] | None = None,
    ) -> None:  # fmt: skip
        goal, events = self.clock.with_cutoff(target), [Event(at, "opened")]
        state = state_of(events, goal, self.clock.compiled, at)
        self.words.append(
            Word(kind=kind, target=goal, state=state, audience=audience or self.audience, update=update,
                 person=self.handler, what=what, events=events)
        )  # fmt: skip

    def owes(self, kind: Kind) -> bool:
        return any(word.kind == kind for word in self._owed())

    def settle(self, kinds: Collection[Kind], at: int, *, withdrawn: bool = False) -> None:
        """Kept, fulfilled late, or no longer owed; what is late by now stays broken."""
        for word in self._owed():
            if word.kind in kinds:
                late = at >= word.state.breaks_at
                good = Standing.WITHDRAWN if withdrawn else Standing.KEPT
                word.standing, word.settled_at = Standing.BROKEN if late else good, at
                if late:
                    word.events.append(Event(word.state.breaks_at, "broken"))
                word.events.append(Event(at, "withdrawn" if withdrawn else "stopped" if late else "kept"))

    def hold(self, kind: str, at: int) -> None:
        """paused or resumed: waiting for the requester stops the resolution's clock, and no other."""
        for word in self._owed():
            if word.kind == Kind.RESOLUTION and at < word.state.breaks_at:
                word.events.append(Event(at, kind, REQUESTER))
                word.state = state_of(word.events, word.target, self.clock.compiled, at)
                word.standing = Standing.PAUSED if kind == "paused" else Standing.OPEN

    def close(self, books: Books, now: int) -> list[Word]:
        """Writes everything, as the sweep would have left it by now. Returns the broken ones."""
        for word in self._owed():
            if word.standing == Standing.PAUSED and (word.state.paused_until or now) <= now:
                word.standing = Standing.OPEN
            if word.standing == Standing.OPEN and word.state.breaks_at <= now:
                word.standing = Standing.BROKEN
                word.events.append(Event(word.state.breaks_at, "broken"))
        for word in self.words:
            self._write(books, word, now)
        return [word for word in self.words if word.standing == Standing.BROKEN]

    def _owed(self) -> list[Word]:
        return [word for word in self.words if word.settled_at is None]

    def _write(self, books: Books, word: Word, now: int) -> None:
        end = now if word.settled_at is None else word.settled_at
        state = state_of(word.events, word.target, self.clock.compiled, end)
        level = sum(at <= end for at in word.state.thresholds)
        row = books.add(
            "promises", books.token(), self.ticket, word.update, word.kind.value, self.department,
            word.person, self.promisee, word.what, msgspec.json.encode(targets.document(word.target)).decode(),
            self.clock.id, _moment(word.events[0].at), _moment(word.state.due_at), _moment(word.state.breaks_at),
            [_moment(at) for at in word.state.thresholds], level, self._threshold(word, level), level >= 2,
            state.target, state.elapsed, _maybe(state.runs_on), word.standing.value, _maybe(word.settled_at),
            word.audience,
        )  # fmt: skip
        item = f"ticket:{self.ticket}" if word.update is None else f"update:{word.update}"
        for event in word.events:
            books.add("promise_events", row, self.ticket, item, _moment(event.at), event.kind, self.handler,
                      event.reason, "{}", word.audience)  # fmt: skip

    def _threshold(self, word: Word, level: int) -> datetime | None:
        """What the sweep looks for next."""
        state = word.state
        if word.settled_at is not None or level == len(state.thresholds):
            return None
        if word.standing == Standing.PAUSED:
            return _maybe(state.paused_until)
        return _moment(state.thresholds[level])


def _maybe(at: int | None) -> datetime | None:
    return None if at is None else _moment(at)
