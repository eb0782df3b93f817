"""Facts and instants told to a reader: in their language, their zone, and as seen from now."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from desk.i18n import catalogue, either, say
from desk.sla.rules import zones
from desk.sla.rules.facts import Fact

_VERBS = {"first_reply": "reply", "next_reply": "reply", "resolution": "resolution"}
_ENDS = frozenset({"closes", "closes_later", "used_up", "due", "given", "special_hours"})


def headline(due: datetime, *, language: str, zone: str, now: datetime | None) -> str:
    """today 18:00, tomorrow 12:00, Thu 26 Nov 18:00; 今天18:00, 11月26日星期四18:00. `now` None: never "today"."""
    return _reader(language, zone, now).when(due, ends=True)


def line(
    facts: Iterable[Fact],
    due: datetime,
    *,
    language: str,
    zone: str,
    now: datetime | None,
    promisor: str,
    kind: str = "",
) -> str:
    """by today 18:00, because it was received 09:12, before the cut-off 16:00, and Finance answers the same day.

    At most three reasons: how it began, the rule, and what happened last. `now` None: of a letter, which may be read on
    another day; then each day has its name.
    """
    reader = _reader(language, zone, now)
    clauses = [clause for fact in facts if (clause := reader.tell(fact, "because", promisor, kind))]
    because = say(language, "sla.and").join(clauses[:2] + clauses[2:][-1:])
    return say(language, "sla.by_because", due=reader.when(due, ends=True), because=because)


def sentences(
    facts: Iterable[Fact], *, language: str, zone: str, now: datetime, promisor: str, kind: str = ""
) -> list[str]:
    """One sentence a fact. `promisor`: the owing department's name in that language; `kind`: of the promise."""
    reader = _reader(language, zone, now)
    told = (reader.tell(fact, "why", promisor, kind) for fact in facts)
    return [sentence[0].upper() + sentence[1:] for sentence in told if sentence]


def length(seconds: int, language: str) -> str:
    """2 h 30 min; under a minute in seconds."""
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours and minutes:
        return say(language, "sla.hours_minutes", hours=hours, minutes=minutes)
    if hours:
        return say(language, "sla.hours", hours=hours)
    if minutes:
        return say(language, "sla.minutes", minutes=minutes)
    return say(language, "sla.seconds", seconds=seconds)


@lru_cache(maxsize=4096)
def dated(language: str, day: date, today: date | None, time: str) -> str:
    """today 18:00, Thu 26 Nov 18:00; a page says some dozens, and most of them again and again."""
    near = None if today is None else {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    key = f"sla.{near}" if near else "sla.date" if today is None or day.year == today.year else "sla.date_year"
    weekday = say(language, f"sla.weekday_{day.weekday()}")
    month = say(language, f"sla.month_{day.month}")
    return say(language, key, time=time, day=day.day, year=day.year, weekday=weekday, month=month).strip()


class _Reader:
    """How one person reads times."""

    def __init__(self, language: str, zone: str, now: datetime | None) -> None:
        self.language, self.zone = language, zones.zone(zone)
        self.today = now and now.astimezone(self.zone).date()

    def tell(self, fact: Fact, manner: str, promisor: str, kind: str) -> str:
        """The sentence of a fact in a manner (why, because); empty when that manner passes it over."""
        verb = _VERBS.get(kind, "other")
        for key in (f"sla.{manner}_{fact.kind}_{verb}", f"sla.{manner}_{fact.kind}"):
            if key in catalogue():
                return say(self.language, key, promisor=promisor, **self._values(fact))
        return ""

    def when(self, at: datetime, *, ends: bool = False) -> str:
        """today 18:00; with `ends`, midnight is 24:00 of the day before."""
        local = at.astimezone(self.zone)
        if ends and not (local.hour or local.minute or local.second):
            return self._dated(local.date() - timedelta(days=1), "24:00")
        return self._dated(local.date(), _clock(local))

    def _dated(self, day: date, time: str = "") -> str:
        return dated(self.language, day, self.today, time)

    def _values(self, fact: Fact) -> dict[str, object]:
        at, until = (self._local(text) for text in (fact.at, fact.until))
        return {
            "at": at and self._moment(at, beside=self.today, ends=fact.kind in _ENDS),
            "until": until and self._moment(until, beside=at.date() if at else self.today),
            "day": fact.day and self._dated(date.fromisoformat(fact.day)),
            "last_day": fact.last_day and self._dated(date.fromisoformat(fact.last_day)),
            "length": fact.seconds is not None and length(fact.seconds, self.language),
            "n": fact.n,
            "name": either(self.language, *fact.names) if fact.names else fact.name and self._name(fact.name),
        }

    def _local(self, text: str | None) -> datetime | None:
        return None if text is None else datetime.fromisoformat(text).astimezone(self.zone)

    def _moment(self, at: datetime, *, beside: date | None, ends: bool = False) -> str:
        """Only the time for an instant on a day that is clear from what stands beside it; an end is always dated."""
        return _clock(at) if at.date() == beside and not ends else self.when(at, ends=ends)

    def _name(self, name: str) -> str:
        key = f"sla.reason_{name}"
        return say(self.language, key) if key in catalogue() else name


def _clock(at: datetime) -> str:
    """09:05; strftime takes four times as long, and a page says some dozens."""
    return f"{at.hour:02}:{at.minute:02}"


@lru_cache(maxsize=64)
def _reader(language: str, zone: str, now: datetime | None) -> _Reader:
    """A page tells one reader a dozen promises at one instant."""
    return _Reader(language, zone, now)
