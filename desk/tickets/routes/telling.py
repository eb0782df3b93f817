"""Promises and markers in words: the reader's language, the reader's zone, as seen from the request's one instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from desk import db, settings
from desk.disclosure.rules import Marker, Reason, Tier, facts
from desk.i18n import either, say
from desk.sla.queries import clocks, renewals
from desk.sla.queries import promises as ledger
from desk.sla.queries.clocks import Clock
from desk.sla.queries.promises import Told
from desk.sla.rules import why
from desk.sla.rules.kinds import Standing
from desk.web import cursor
from desk.web.page import now
from desk.web.times import Times
from desk.web.viewer import AnyRequest, language, viewer

NEAR = timedelta(hours=1)
ASK = "/access/ask?of="  # the page on which one asks for what a marker tells of


@dataclass(frozen=True)
class Teller:
    """How one reader is told."""

    times: Times

    @property
    def language(self) -> str:
        return self.times.language

    def say(self, key: str, **values: object) -> str:
        return say(self.language, f"tickets.{key}", **values)

    def either(self, row: Any, name: str) -> str:
        """The name in the reader's language of a pair of columns: name_zh, name_en."""
        return either(self.language, row[f"{name}_zh"] or "", row[f"{name}_en"] or "")

    def when(self, at: datetime) -> str:
        """今天18:00; midnight is 24:00 of the day before."""
        return why.headline(at, language=self.language, zone=self.times.zone, now=self.times.now)

    def due_by(self, kind: str, due: datetime, what: str | None) -> str:
        """今天18:00前答复; what somebody promised in their own words stands as it was said."""
        if what is not None:
            return self.say("word_expectation", due=self.when(due), what=what)
        return self.say(f"word_{kind}", due=self.when(due))


def teller(request: AnyRequest) -> Teller:
    reader = viewer(request)
    return Teller(Times(language(request), reader.zone if reader else settings.current().zone, now(request)))


class Panel(Struct, frozen=True):
    """The word that counts now."""

    to: str
    kind: str
    state: str
    word: str
    left: str
    share: int  # of its time that is gone, 0 to 100
    because: str
    why: list[str]
    source: str


class Line(Struct, frozen=True, kw_only=True):
    kind: str
    state: str
    word: str
    left: str
    token: str = ""  # of the promise: its page says why
    said: str = ""  # in place of the state's own word


class MarkerLine(Struct, frozen=True):
    tier: int
    head: str
    text: str
    ask: str = ""
    shape: str = "marker"


def state(standing: str, *, at_risk: bool, due: datetime, breaks: datetime, now: datetime) -> str:
    """running, near, broken, kept, paused: the word and shape on screen. Broken before the sweep says so."""
    if standing == Standing.OPEN:
        if breaks <= now:
            return "broken"
        return "near" if at_risk or due - now <= NEAR else "running"
    return {"paused": "paused", "broken": "broken", "kept": "kept"}.get(standing, "paused")


def of_row(row: Any, now: datetime) -> str:
    """The state of the promise in a row of queries.lists."""
    return state(row["promise_state"], at_risk=row["at_risk"], due=row["due_at"], breaks=row["breaks_at"], now=now)


def remaining(due: datetime, breaks: datetime, times: Times) -> str:
    """What is left until it breaks: after a used-up budget the closed hours are not late."""
    return times.left(times.now if due < times.now < breaks else due)


def _state(promise: Told, now: datetime) -> str:
    return state(promise.state, at_risk=promise.at_risk, due=promise.due_at, breaks=promise.breaks_at, now=now)


def share(started: datetime, due: datetime, now: datetime) -> int:
    whole = (due - started).total_seconds()
    return 100 if whole <= 0 else max(0, min(100, round(100 * (now - started).total_seconds() / whole)))


async def panel(promise: Told, by: Teller) -> Panel:
    at = by.times.now
    giver, facts = await clocks.version(promise.calendar), await ledger.facts(promise, at)
    name = giver.name(by.language)
    told = {"language": by.language, "zone": by.times.zone, "now": at, "promisor": name, "kind": promise.kind}
    paused = promise.state == Standing.PAUSED
    return Panel(
        to=promise.promisee_name,
        kind=by.say(f"kind_{promise.kind}"),
        state=_state(promise, at),
        word=by.due_by(promise.kind, promise.due_at, promise.what),
        left=_waits(promise, by) if paused else remaining(promise.due_at, promise.breaks_at, by.times),
        share=share(promise.started_at, promise.due_at, at),
        because=why.line(facts, promise.due_at, **told),  # type: ignore[arg-type]
        why=why.sentences(facts, **told) + moved_on(promise, giver, by),  # type: ignore[arg-type]
        source=by.say("calendar_version", department=name, n=giver.version),
    )


def _waits(promise: Told, by: Teller) -> str:
    yours = db.reader().person == promise.promisee
    return by.say("left_paused_you") if yours else by.say("left_paused", name=promise.promisee_name)


def given(promise: Told, by: Teller) -> str:
    """The word as it stands; where it was moved, also for when it was given at first, and with whose consent."""
    word, moved = by.due_by(promise.kind, promise.due_at, promise.what), renewals.moved(promise)
    if moved is None:
        return word
    yours = db.reader().person == promise.promisee
    whose = by.say("moved_yours") if yours else by.say("moved_theirs", name=promise.promisee_name)
    key = "moved_once" if moved.times == 1 else "moved_often"
    return word + by.say(key, first=by.when(moved.first_due), whose=whose, times=moved.times)


def moved_on(promise: Told, giver: Clock, by: Teller) -> list[str]:
    """Another department keeps the word now; the time stays as it was given."""
    if giver.department == promise.department:
        return []
    holder = either(by.language, promise.department_zh, promise.department_en)
    return [by.say("moved_on", department=holder)]


def lines(promises: Sequence[Told], by: Teller) -> list[Line]:
    return [line(promise, by) for promise in promises]


def line(promise: Told, by: Teller) -> Line:
    """A settled one tells the day on which it was, as a marker would, and no instant."""
    withdrawn = promise.state == Standing.WITHDRAWN
    return Line(
        kind=by.say(f"kind_{promise.kind}"),
        state="withdrawn" if withdrawn else _state(promise, by.times.now),
        word=given(promise, by),
        left=_settled(promise, by) if promise.settled_at else _left(promise, by),
        token=promise.token,
        said=by.say("promise_withdrawn") if withdrawn else "",
    )


def _settled(promise: Told, by: Teller) -> str:
    if promise.state == Standing.WITHDRAWN or promise.settled_at is None:
        return ""
    day = by.times.date(by.times.local(promise.settled_at).date())
    return by.say("settled_late" if promise.state == Standing.BROKEN else "settled", day=day)


def _left(promise: Told, by: Teller) -> str:
    paused = promise.state == Standing.PAUSED
    return "" if paused else remaining(promise.due_at, promise.breaks_at, by.times)


def marker(of: Marker, names: dict[int, str], by: Teller, *, number: int = 0) -> MarkerLine:
    """Its facts in words, and nothing else. `number`: of the request under which it stands, 0 beside a list."""
    department = names.get(of.owner_department, "")
    day = (
        by.say("marker_month", year=of.day.year, month=of.day.month) if of.tier == Tier.CORE else by.times.date(of.day)
    )
    text = say(
        by.language, "disclosure.marker", reason=reason(of.reason, by.language),
        readers=say(by.language, f"disclosure.marker_readers_{of.tier.value}", department=department),
    )  # fmt: skip
    if of.opens_on:
        text += by.say("marker_gap") + say(by.language, "disclosure.marker_opens", day=by.times.date(of.opens_on))
    text += "".join(by.say("marker_gap") + one for one in _since(of, by))
    return MarkerLine(tier=of.tier.value, head=f"{department} · {day}", text=text, ask=f"{ASK}{sealed(of, number)}")


def sealed(of: Marker, number: int) -> str:
    """The same facts and the same number, as an address may carry them: equal facts get equal texts."""
    return cursor.seal("access", *facts(of, number))


def _since(of: Marker, by: Teller) -> list[str]:
    """What was done to the label since: raised, prolonged, sealed for a while."""
    told = [("raised", of.raised_on), ("sealed", of.sealed_until)]
    months = "_month" if of.tier == Tier.CORE else ""
    said = [
        say(by.language, f"disclosure.marker_{what}{months}", day=by.times.date(on), year=on.year, month=on.month)
        for what, on in told
        if on
    ]
    return said + ([say(by.language, "disclosure.marker_prolonged", n=of.prolonged)] if of.prolonged else [])


def reason(code: Reason | None, language: str) -> str:
    return say(language, f"disclosure.reason_{code.value}") if code else say(language, "disclosure.no_reason")
