"""Instants and spans in words: the reader's language, the reader's zone. `now` is always given."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk import settings
from desk.i18n import say


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of a name; an unknown name is the desk's own zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.current().zone)


@dataclass(frozen=True)
class Times:
    language: str
    zone: str
    now: datetime

    def local(self, at: datetime | Day) -> datetime:
        """A day without a time is the same day everywhere."""
        if isinstance(at, datetime):
            return at.astimezone(zone(self.zone))
        return datetime.combine(at, time(), tzinfo=zone(self.zone))

    @cached_property
    def today(self) -> "Times":
        """As seen from the beginning of the day: says all that depends on the day alone."""
        return _today(self.language, self.zone, self.local(self.now).date())

    def clock(self, at: datetime) -> str:
        """14:06"""
        return f"{self.local(at):%H:%M}"

    def day(self, at: datetime | Day) -> str:
        """11月19日 星期四, Thursday 19 November; with the year when it is another one."""
        there = self.local(at)
        return self._say("day" if self._this_year(there) else "day_of_year", there)

    def date(self, at: datetime | Day) -> str:
        """11月19日, 19 Nov; with the year when it is another one."""
        there = self.local(at)
        return self._say("date" if self._this_year(there) else "date_of_year", there)

    def moment(self, at: datetime) -> str:
        """今天17:00, yesterday 09:12, 周二18:00 within the six days to come, else 11月25日18:00."""
        there = self.local(at)
        days = (there.date() - self.local(self.now).date()).days
        if word := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days):
            return self._say(word, there)
        if 1 < days < 7:
            return self._say("weekday", there)
        return self._say("moment" if self._this_year(there) else "moment_of_year", there)

    def brief(self, at: datetime) -> str:
        """For a narrow column: 15:20 today, 昨天, 明天, 周二 within six days, else 11月25日."""
        days = (self.local(at).date() - self.local(self.now).date()).days
        if days == 0:
            return self.clock(at)
        if word := {-1: "brief_yesterday", 1: "brief_tomorrow"}.get(days):
            return self._say(word, self.local(at))
        return self._say("brief", self.local(at)) if 1 < days < 7 else self.date(at)

    def exact(self, at: datetime | Day) -> str:
        """2026年11月19日14:06:12, for titles."""
        return self._say("exact", self.local(at))

    def iso(self, at: datetime | Day) -> str:
        return self.local(at).isoformat(timespec="seconds")

    def span(self, length: timedelta | int) -> str:
        """2小时05分, 2 h 05 min; a number counts seconds. Under a minute says so."""
        seconds = length if isinstance(length, int) else int(length.total_seconds())
        minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
        if minutes < 1:
            return say(self.language, "web.span_moment")
        if hours < 1:
            return say(self.language, "web.span_minutes", minutes=minutes)
        if days < 3:
            return say(self.language, "web.span_hours", hours=hours, minutes=f"{minutes % 60:02}")
        return say(self.language, "web.span_days", n=days)

    def left(self, due: datetime) -> str:
        """还剩2小时10分 before it, 已晚1小时05分 after it."""
        if due >= self.now:
            return say(self.language, "web.left", span=self.span(due - self.now))
        return say(self.language, "web.late", span=self.span(self.now - due))

    def clock_left(self, due: datetime) -> str:
        """The same for a narrow column: 35分, 晚1小时05分, 晚2天."""
        length = abs(due - self.now)
        days = length.days
        words = say(self.language, "web.span_days", n=days) if days else self.span(length)
        return words if due >= self.now else say(self.language, "web.late_short", span=words)

    def _this_year(self, there: datetime) -> bool:
        return there.year == self.local(self.now).year

    def _say(self, name: str, there: datetime) -> str:
        return _said(self.language, name, there.replace(tzinfo=None))


@lru_cache(256)
def _today(language: str, zone_name: str, day: Day) -> Times:
    return Times(language, zone_name, datetime.combine(day, time(), tzinfo=zone(zone_name)))


@lru_cache(4096)
def _said(language: str, name: str, wall: datetime) -> str:
    names = _names(language)
    return say(
        language,
        f"web.at_{name}",
        year=wall.year,
        month=names.months[wall.month - 1],
        mon=names.months[wall.month - 1][:3],
        day=wall.day,
        weekday=names.weekdays[wall.weekday()],
        short=names.short[wall.weekday()],
        time=f"{wall:%H:%M}",
        second=f"{wall:%H:%M:%S}",
    )


@dataclass(frozen=True)
class _Names:
    weekdays: list[str]
    short: list[str]
    months: list[str]


@cache
def _names(language: str) -> _Names:
    keys = ("web.weekdays", "web.weekdays_short", "web.months")
    return _Names(*(say(language, key).split() for key in keys))
