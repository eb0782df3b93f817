"""Months of a calendar, one day put into it, and what it may not say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from desk.i18n import Invalid
from desk.sla.rules import format as formats
from desk.sla.rules import one_day, outlook, sheet, sound
from desk.sla.rules.calendar import Calendar
from desk.sla.rules.one_day import OneDay
from desk.sla.rules.sheet import Version

HOURS = [["09:00", "12:00"], ["13:30", "18:00"]]
WEEK = {"tz": "Asia/Shanghai", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
FULL = {
    "breaks": [["10:00", "10:15"]],
    "holidays": ["2026-10-01", "2026-10-02"],
    "workdays": {"2026-10-10": "wed"},
    "special": {"2026-10-12": [["09:00", "11:00"]], "2026-10-13": []},
    "date_breaks": {"2026-10-14": [["15:00", "16:00"]]},
}


def calendar(**parts: Any) -> Calendar:
    return formats.parse(WEEK | parts)


def number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def of_october(day: int) -> outlook.Day:
    month = outlook.month_of(calendar(**FULL), None, date(2026, 10, 1))
    return next(one for week in month.weeks for one in week if one and one.day.day == day)


def test_a_month_is_whole_weeks_from_monday_with_every_day_once() -> None:
    month = outlook.month_of(calendar(), None, date(2026, 10, 1))
    shown = [one.day for week in month.weeks for one in week if one]
    assert {len(week) for week in month.weeks} == {7}
    assert all(one.day.weekday() == n for week in month.weeks for n, one in enumerate(week) if one)
    assert [day.day for day in shown] == list(range(1, 32))
    assert (month.before, month.after) == ("2026-09", "2026-11")


@pytest.mark.parametrize(("first", "weeks"), [("2027-02-01", 4), ("2026-08-01", 6), ("2028-02-01", 5)])
def test_a_month_has_as_many_rows_as_it_needs(first: str, weeks: int) -> None:
    assert len(outlook.month_of(calendar(), None, date.fromisoformat(first)).weeks) == weeks


def test_the_months_end_where_calendars_do() -> None:
    assert outlook.month_of(calendar(), None, date(2000, 1, 1)).before == ""
    assert outlook.month_of(calendar(), None, date(2199, 12, 1)).after == ""


@pytest.mark.parametrize(
    "words", ["", "2026", "2026-13", "2026-00", "1999-12", "2200-01", "2026-1", "2026-10-01", "20२६-10"]
)
def test_what_is_no_month_is_refused(words: str) -> None:
    with pytest.raises(Invalid, match="not a month"):
        outlook.first_of(words)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (1, ("holiday", "", "", "")),
        (9, ("usual", "09:00-10:00, 10:15-12:00, 13:30-18:00", "10:00-10:15", "")),
        (10, ("make_up", "09:00-10:00, 10:15-12:00, 13:30-18:00", "10:00-10:15", "wed")),
        (11, ("closed", "", "", "")),
        (12, ("special", "09:00-11:00", "", "")),
        (13, ("special", "", "", "")),
        (14, ("breaks", "09:00-10:00, 10:15-12:00, 13:30-15:00, 16:00-18:00", "10:00-10:15, 15:00-16:00", "")),
    ],
)
def test_a_day_says_what_it_is_with_hours_and_breaks(day: int, told: tuple[str, ...]) -> None:
    one = of_october(day)
    assert (one.kind, one.hours, one.breaks, one.like) == told


def test_a_break_that_shortens_nothing_is_not_told() -> None:
    lunch = calendar(breaks=[["12:00", "13:30"]])
    assert outlook.told(lunch, number("2026-10-09")).breaks == ""


def test_what_changes_is_told_in_runs_of_days() -> None:
    new = calendar(holidays=["2026-10-01", "2026-10-02", "2026-10-03"], workdays={"2026-10-10": "wed"})
    old = calendar(holidays=["2026-10-02"], special={"2026-10-05": []})
    found = outlook.changes(old, new, date(2026, 9, 1), date(2026, 12, 31))
    assert [(one.kind, one.first.day, one.last.day, one.was.kind, one.will.kind) for one in found] == [
        ("added", 1, 1, "usual", "holiday"), ("added", 3, 3, "closed", "holiday"), ("removed", 5, 5, "special", "usual"),
        ("added", 10, 10, "closed", "make_up"),
    ]  # fmt: skip


def test_days_that_change_alike_are_one_run() -> None:
    new = calendar(holidays=[f"2026-10-0{n}" for n in range(5, 9)])
    (found,) = outlook.changes(calendar(), new, date(2026, 10, 1), date(2026, 10, 31))
    assert (found.first.day, found.last.day) == (5, 8)


WISHES = [
    (OneDay("closed"), ("holiday", "")),
    (OneDay("hours", "9:00-12:00"), ("special", "09:00-12:00")),
    (OneDay("make_up", like="wed"), ("make_up", "09:00-10:00, 10:15-12:00, 13:30-18:00")),
]


@pytest.mark.parametrize("day", [f"2026-10-{n}" for n in ("01", "09", "10", "11", "12", "13", "14")])
@pytest.mark.parametrize(("wish", "told"), WISHES)
def test_a_day_becomes_what_is_said_whatever_it_was(day: str, wish: OneDay, told: tuple[str, str]) -> None:
    changed = one_day.with_day(Version(calendar=calendar(**FULL)), number(day), wish).calendar
    one = outlook.told(changed, number(day))
    assert (one.kind, one.hours) == told
    assert [change.first.isoformat() for change in outlook.changes(
        calendar(**FULL), changed, date(2026, 9, 1), date(2026, 11, 30))] in ([day], [])  # fmt: skip
    sound.check(changed)


@pytest.mark.parametrize("day", [f"2026-10-{n}" for n in ("01", "10", "12", "13", "14")])
def test_as_the_week_says_takes_everything_back(day: str) -> None:
    changed = one_day.with_day(Version(calendar=calendar(**FULL)), number(day), OneDay("week")).calendar
    bare = structs.replace(calendar(**FULL), holidays=frozenset(), workdays={}, special={}, date_breaks={})
    assert outlook.told(changed, number(day)) == outlook.told(bare, number(day))


@pytest.mark.parametrize("day", [f"2026-10-{n}" for n in ("01", "09", "10", "11", "12", "13", "14")])
def test_the_form_begins_with_what_the_day_is(day: str) -> None:
    version = Version(calendar=calendar(**FULL))
    again = one_day.with_day(version, number(day), one_day.as_it_stands(version.calendar, number(day))).calendar
    assert outlook.told(again, number(day)).hours == outlook.told(version.calendar, number(day)).hours


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (OneDay("hours", ""), "hours"), (OneDay("hours", "early"), "hours"), (OneDay("hours", "12:00-09:00"), "hours"),
        (OneDay("make_up"), "like"), (OneDay("make_up", like="sun"), "like"), (OneDay("make_up", like="friday"), "like"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_at_its_field(wish: OneDay, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        one_day.with_day(Version(calendar=calendar()), number("2026-10-09"), wish)
    assert list(refusal.value.faults) == [field]


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "two shifts at once": ({"weekly": {"tue": [["09:00", "12:00"], ["11:00", "14:00"]]}}, "tue"),
    "the same hours twice": ({"weekly": {"tue": [["09:00", "12:00"], ["09:00", "12:00"]]}}, "tue"),
    "overlapping special hours": ({"special": {"2026-10-12": [["09:00", "12:00"], ["10:00", "11:00"]]}}, "special"),
    "overlapping breaks": ({"breaks": [["10:00", "11:00"], ["10:30", "11:30"]]}, "breaks"),
    "a break at night": ({"breaks": [["20:00", "21:00"]]}, "breaks"),
    "a break that begins too early": ({"breaks": [["08:00", "09:30"]]}, "breaks"),
    "a break beside the special hours": (
        {"special": {"2026-10-12": [["09:00", "11:00"]]}, "date_breaks": {"2026-10-12": [["14:00", "15:00"]]}}, "date_breaks",
    ),
    "a break on a closed day": ({"date_breaks": {"2026-10-11": [["10:00", "11:00"]]}}, "date_breaks"),
    "a break on a holiday": (
        {"holidays": ["2026-10-12"], "date_breaks": {"2026-10-12": [["10:00", "11:00"]]}}, "date_breaks",
    ),
    "a make-up day like a Sunday": ({"workdays": {"2026-10-10": "sun"}}, "workdays"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "field"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_no_calendar_may_say_is_refused_at_its_field(parts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sound.check(calendar(**parts))
    assert list(refusal.value.faults) == [field]
    assert all(fault.say(language) for fault in refusal.value.faults.values() for language in ("zh-CN", "en"))


@pytest.mark.parametrize(
    "parts",
    [
        FULL,
        {"breaks": [["12:00", "13:30"]]},
        {"weekly": {"mon": [["22:00", "30:00"]]}, "breaks": [["25:00", "25:30"]]},
        {"weekly": {"mon": [["09:00", "12:00"], ["12:00", "18:00"]]}},
        {"holidays": ["2026-10-10"], "workdays": {"2026-10-10": "wed"}},
    ],
)
def test_what_is_possible_is_not_refused(parts: dict[str, Any]) -> None:
    sound.check(calendar(**parts))


def test_a_long_run_is_written_so_that_it_can_be_read_again() -> None:
    days = [date.fromordinal(number("2026-07-01") + n).isoformat() for n in range(130)]
    version = Version(calendar=calendar(holidays=days))
    assert sheet.read(sheet.write(version, "en")) == version


@pytest.mark.parametrize("read", [lambda text: {"special": text}, lambda text: {"date_breaks": text}])
def test_a_date_that_stands_twice_is_refused(read: Callable[[str], dict[str, str]]) -> None:
    twice = read("2026-11-27 09:00-13:00\n2026-11-26 ~ 2026-11-28 10:00-11:00")
    with pytest.raises(Invalid, match="stands there twice"):
        sheet.read(sheet.Sheet(tz="Asia/Shanghai", mon="09:00-18:00", **twice))
