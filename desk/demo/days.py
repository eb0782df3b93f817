"""When something happens in the story, counted from now, so that the firm is always in the middle of its work.

"12 09:40"   that time on the twelfth business day before today
"-3:20"      three hours and twenty minutes of business time ago
"+1 10:00"   that time on the first business day after today
"+1:30"      in an hour and a half, or as late as today allows
"@-12"       the date twelve business days before today; "@5" is still to come
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from desk.sla.rules import instants
from desk.sla.rules.compiled import Compiled

LAST = time(23, 50)  # what is promised for today is promised before midnight
EARLIEST, HALF_HOURS = time(8, 30), 21  # until 18:30
SHORTEST = timedelta(minutes=10)


class Days:
    def __init__(self, calendar: Compiled, now: datetime) -> None:
        self.calendar, self.now = calendar, now
        self.local = now.astimezone(calendar.zone)

    def instant(self, words: str) -> datetime:
        """Raises ValueError for words of another form."""
        if words.startswith("-"):
            seconds = instants.seconds(self.now)
            return instants.moment(self.calendar.add(seconds, -_seconds(words[1:])))
        if words.startswith("+") and " " not in words:
            return self._later(_seconds(words[1:]))
        steps, clock = words.split()
        day = self._day(int(steps) if steps.startswith("+") else -int(steps))
        return datetime.combine(day, time.fromisoformat(clock), self.calendar.zone)

    def day(self, words: str) -> date:
        return self._day(int(words.removeprefix("@")))

    def half_hours(self, since: datetime) -> Iterator[datetime]:
        """One second after each, as a promise breaks in the second after its due; on business days until now."""
        day = since.astimezone(self.calendar.zone).date()
        while day <= self.local.date():
            opening = datetime.combine(day, EARLIEST, self.calendar.zone)
            if self.calendar.day(day.toordinal()):
                looks = (opening + timedelta(minutes=30 * n, seconds=1) for n in range(HALF_HOURS))
                yield from (at for at in looks if at < self.now)
            day += timedelta(days=1)

    def _day(self, steps: int) -> date:
        """So many business days after (before) today; today itself may be a day off."""
        day, step = self.local.date(), 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            day += timedelta(days=step)
            while self.calendar.day(day.toordinal()) is None:
                day += timedelta(days=step)
        return day

    def _later(self, seconds: int) -> datetime:
        """A round time today; just before midnight there is hardly any left."""
        wanted = self.local + timedelta(seconds=seconds)
        rounded = wanted.replace(minute=wanted.minute // 30 * 30, second=0, microsecond=0)
        last = datetime.combine(self.local.date(), LAST, self.local.tzinfo)
        return max(min(rounded, last), self.local + SHORTEST)


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60
