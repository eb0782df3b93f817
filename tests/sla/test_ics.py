"""What an .ics file says of days off, and what it changes in a calendar."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.i18n import Invalid
from desk.sla.rules import format as formats
from desk.sla.rules import ics, imports, outlook
from desk.sla.rules.ics import Found
from desk.sla.rules.sheet import Version

HOURS = [["09:00", "12:00"], ["13:30", "18:00"]]
WEEK = {"tz": "Asia/Shanghai", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
OCTOBER = "DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261004\nSUMMARY:国庆节（休）"
OFF, WORK = "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"
FREE = "TRANSP:TRANSPARENT"


def file(*events: str) -> bytes:
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//a test//\n"
    told = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTAMP:20260101T000000Z\n{one}\nEND:VEVENT\n" for n, one in enumerate(events)
    )
    return f"{head}{told}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events: str) -> Found:
    return ics.read(file(*events), FIRST, LAST)


def days(found: dict[int, str]) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in sorted(found)]


def version(**parts: Any) -> Version:
    return Version(calendar=formats.parse(WEEK | parts), official_until=date(2026, 12, 31))


def changed(before: Version, *events: str, **how: Any) -> imports.Difference:
    return imports.difference(before, file(*events), today=date(2026, 11, 20), **({"how": "add"} | how))


def test_an_event_of_whole_days_closes_them_and_its_end_is_not_one() -> None:
    assert days(read(OCTOBER).closed) == ["2026-10-01", "2026-10-02", "2026-10-03"]
    assert set(read(OCTOBER).closed.values()) == {"国庆节（休）"}


@pytest.mark.parametrize(
    ("event", "closed"),
    [
        ("DTSTART;VALUE=DATE:20261001", ["2026-10-01"]),
        ("DTSTART;VALUE=DATE:20261001\nDURATION:P2D", ["2026-10-01", "2026-10-02"]),
        (f"DTSTART;VALUE=DATE:20261001\n{FREE}", []),
        (f"DTSTART;VALUE=DATE:20261001\n{FREE}\n{OFF}", ["2026-10-01"]),
        (f"DTSTART;VALUE=DATE:20261001\n{FREE}\nX-APPLE-SPECIAL-DAY:BIRTHDAY", []),
        ("DTSTART;VALUE=DATE:20261001\nSTATUS:CANCELLED", []),
        ("DTSTART:20261001T010000Z\nDTEND:20261001T100000Z", []),
        ("DTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260103", ["2026-01-01", "2026-01-02"]),
        ("DTSTART;VALUE=DATE:20281231\nDTEND;VALUE=DATE:20290105", ["2028-12-31"]),
        ("DTSTART;VALUE=DATE:20190501\nRRULE:FREQ=YEARLY", ["2026-05-01", "2027-05-01", "2028-05-01"]),
        ("DTSTART;VALUE=DATE:20261001\nRRULE:FREQ=DAILY;COUNT=3", ["2026-10-01", "2026-10-02", "2026-10-03"]),
        (
            "DTSTART;VALUE=DATE:20190501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270501",
            ["2026-05-01", "2028-05-01"],
        ),
        ("DTSTART;VALUE=DATE:20261001\nRDATE;VALUE=DATE:20261005", ["2026-10-01", "2026-10-05"]),
        ("DTSTART;VALUE=DATE:20191127\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20270101T000000Z", ["2026-11-26"]),
        ("DTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260102\nRRULE:FREQ=YEARLY;COUNT=1", ["2026-01-01"]),
    ],
)
def test_what_closes_a_day(event: str, closed: list[str]) -> None:
    beside = "DTSTART;VALUE=DATE:20260202"
    assert days(read(event, beside).closed) == sorted([*closed, "2026-02-02"])


def test_a_make_up_day_is_none_that_is_closed() -> None:
    found = read(OCTOBER, f"DTSTART;VALUE=DATE:20261003\n{WORK}")
    assert days(found.closed) == ["2026-10-01", "2026-10-02"]
    assert days(found.made_up) == ["2026-10-03"]


def test_one_occurrence_may_be_moved_or_called_off() -> None:
    yearly = "DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY"
    moved = "DTSTART;VALUE=DATE:20270503\nRECURRENCE-ID;VALUE=DATE:20270501"
    off = "DTSTART;VALUE=DATE:20280501\nRECURRENCE-ID;VALUE=DATE:20280501\nSTATUS:CANCELLED"
    content = re.sub(rb"UID:\d", b"UID:may", file(yearly, moved, off))
    assert days(ics.read(content, FIRST, LAST).closed) == ["2026-05-01", "2027-05-03"]


def test_what_says_nothing_of_opening_is_counted() -> None:
    timed = "DTSTART:20261001T010000Z"
    found = read(OCTOBER, timed, timed, f"DTSTART;VALUE=DATE:20261212\n{FREE}")
    assert (found.timed, found.free) == (2, 1)


BAD = {
    "nothing": (b"", "cannot be read as an .ics"),
    "no calendar": (b"Dear colleague", "cannot be read as an .ics"),
    "another encoding": (file("DTSTART;VALUE=DATE:20261001\nSUMMARY:x").replace(b"x", b"\xd0\xdd"), "cannot be read"),
    "half a file": (file(OCTOBER)[:120], "cannot be read as an .ics"),
    "no event": (file(), "no event in this file"),
    "too big": (b"x" * (ics.BIGGEST + 1), "larger than 512 KB"),
    "too many": (file(*["DTSTART;VALUE=DATE:20261001"] * 2001), "more than 2000 events"),
    "no date": (file("SUMMARY:Feast"), "“Feast” has no date"),
    "a date that is none": (file("DTSTART;VALUE=DATE:20260230\nSUMMARY:Feast"), "“Feast” has no date"),
    "two beginnings": (file("DTSTART;VALUE=DATE:20261001\nDTSTART;VALUE=DATE:20261002"), "has no date"),
    "before all time": (file("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY"), "has no date"),
    "an end before the beginning": (file("DTSTART;VALUE=DATE:20261003\nDTEND;VALUE=DATE:20261001"), "ends before"),
    "years long": (file("DTSTART;VALUE=DATE:20261003\nDTEND;VALUE=DATE:20281001"), "more than 366 days"),
    "ages long": (file("DTSTART;VALUE=DATE:20261003\nDURATION:P9999999D"), "more than 366 days"),
    "every second": (file("DTSTART;VALUE=DATE:20261003\nRRULE:FREQ=SECONDLY"), "may repeat by days, weeks"),
    "a step of none": (file("DTSTART;VALUE=DATE:20261003\nRRULE:FREQ=DAILY;INTERVAL=0"), "may repeat by days, weeks"),
    "hours of whole days": (file("DTSTART;VALUE=DATE:20261003\nRRULE:FREQ=DAILY;BYHOUR=1,2"), "may repeat by days"),
    "two rules": (file("DTSTART;VALUE=DATE:20261003\nRRULE:FREQ=DAILY\nRRULE:FREQ=YEARLY"), "may repeat by days"),
    "fifty rules and one": (file(*["DTSTART;VALUE=DATE:20261003\nRRULE:FREQ=YEARLY"] * 51), "repeat for too long"),
    "for ever": (file(*["DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY"] * 6), "repeat for too long"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_read_whole_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        ics.read(content, FIRST, LAST)
    assert list(refusal.value.faults) == ["file"]


def test_a_file_that_speaks_of_other_years_is_refused() -> None:
    with pytest.raises(Invalid, match="no day off and no make-up day from 2026 to 2028"):
        changed(version(), "DTSTART;VALUE=DATE:20251225")


def test_what_the_file_has_is_added_and_the_rest_stays() -> None:
    before = version(holidays=["2026-12-25"], workdays={"2026-12-26": "fri"})
    found = changed(before, "DTSTART;VALUE=DATE:20261218")
    assert [(one.kind, one.first.isoformat()) for one in found.changes] == [("added", "2026-12-18")]
    assert found.version.official_until == date(2026, 12, 31)


def test_the_file_may_have_the_last_word_of_its_years() -> None:
    before = version(holidays=["2026-12-25", "2027-01-01"], workdays={"2026-12-26": "fri"})
    found = changed(before, "DTSTART;VALUE=DATE:20261218", how="replace", official_until=date(2027, 12, 31))
    assert [(one.kind, one.first.isoformat()) for one in found.changes] == [
        ("added", "2026-12-18"), ("removed", "2026-12-25"), ("removed", "2026-12-26"),
    ]  # fmt: skip
    assert found.version.official_until == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("event", "parts", "like"),
    [
        ("DTSTART;VALUE=DATE:20261010", {}, "wed"),  # for Wednesday 7 October
        ("DTSTART;VALUE=DATE:20261212", {}, "mon"),
        ("DTSTART;VALUE=DATE:20261212", {"weekly": {"thu": HOURS}}, "thu"),
        ("DTSTART;VALUE=DATE:20261010", {"workdays": {"2026-10-10": "tue"}, "holidays": ["2026-11-11"]}, "tue"),
    ],
)
def test_a_make_up_day_has_the_hours_of_the_day_it_pays_for(event: str, parts: dict[str, Any], like: str) -> None:
    made = changed(version(**parts), f"{event}\n{WORK}", OCTOBER).version.calendar
    (number,) = made.workdays
    assert outlook.told(made, number).like == like


def test_a_make_up_day_without_any_week_is_refused() -> None:
    bare = version(weekly={}, special={"2026-12-01": [["09:00", "10:00"]]})
    with pytest.raises(Invalid, match="no day of the week is open"):
        changed(bare, f"DTSTART;VALUE=DATE:20261212\n{WORK}")


def test_hours_of_a_single_date_stand_and_that_is_said() -> None:
    found = changed(version(special={"2026-12-18": [["09:00", "10:00"]]}), "DTSTART;VALUE=DATE:20261218")
    assert (found.changes, found.stay) == ([], [date(2026, 12, 18)])


def test_the_same_file_twice_changes_nothing() -> None:
    events = [OCTOBER, f"DTSTART;VALUE=DATE:20261010\n{WORK}"]
    once = changed(version(), *events)
    assert [one.kind for one in once.changes] == ["added", "added", "added"]
    assert changed(once.version, *events, how="replace").changes == []


def test_a_day_that_is_closed_now_has_no_break_any_more() -> None:
    found = changed(version(date_breaks={"2026-12-18": [["10:00", "11:00"]]}), "DTSTART;VALUE=DATE:20261218")
    assert found.version.calendar.date_breaks == {}


LINES = [
    OCTOBER, "RRULE:FREQ=YEARLY;COUNT=3", "RRULE:FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20270101", "EXDATE;VALUE=DATE:20261001",
    "RDATE;VALUE=PERIOD:20261105T000000Z/P3D", "RECURRENCE-ID;VALUE=DATE:20261001", "DURATION:P2D", WORK, FREE, "SUMMARY:a",
    "DTEND;VALUE=DATE:20261002", "DTSTART;TZID=Asia/Shanghai:20261001T090000", "STATUS:CANCELLED",
]  # fmt: skip
pieces = st.lists(st.sampled_from(LINES), max_size=5).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=3), st.binary(max_size=4), st.integers(0, 400), st.integers(0, 6))
def test_whatever_a_file_holds_is_read_or_refused_with_a_sentence(
    events: list[str], noise: bytes, at: int, gone: int
) -> None:
    whole = file(*events)
    with suppress(Invalid):
        found = ics.read(whole[:at] + noise + whole[at + gone :], FIRST, LAST)
        assert all(FIRST.toordinal() <= day <= LAST.toordinal() for day in (*found.closed, *found.made_up))
