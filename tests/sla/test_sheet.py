from datetime import date

import pytest

from desk.i18n import Invalid, Refused
from desk.sla.rules import outlook, sheet
from desk.sla.rules.days import AtWall, BeforeClose
from desk.sla.rules.sheet import Sheet

OFFICE = Sheet(tz="Asia/Shanghai", mon="09:00-12:00, 13:30-18:00", cutoff_kind="wall", cutoff_at="16:00")
NINE_TO_SIX = ((540, 720), (810, 1080))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def changed(**fields: str) -> Sheet:
    return Sheet(**{name: getattr(OFFICE, name) for name in Sheet.__struct_fields__} | fields)


def test_a_sheet_is_read_into_a_calendar():
    version = sheet.read(OFFICE)
    assert version.calendar.weekly == (NINE_TO_SIX, (), (), (), (), (), ())
    assert version.cutoff == AtWall(960)


@pytest.mark.parametrize(
    "typed",
    [
        "09:00-12:00,13:30-18:00",
        "9:00 - 12:00 13:30–18:00",
        "９：００～１２：００，１３：３０～１８：００",
        "9:00至12:00、13:30到18:00",
    ],
)
def test_hours_are_read_as_people_type_them(typed: str):
    assert sheet.read(changed(mon=typed)).calendar.weekly[0] == NINE_TO_SIX


def test_a_night_shift_ends_past_midnight():
    assert sheet.read(changed(mon="22:00-30:00")).calendar.weekly[0] == ((1320, 1800),)


def test_a_run_of_dates_is_every_day_of_it():
    typed = changed(holidays="2026-10-01 ~ 2026-10-03\n\n2026-12-25", special="2026-11-27 09:00-13:00\n2026-11-28 休息")
    calendar = sheet.read(typed).calendar
    assert calendar.holidays == {day(f"2026-10-0{n}") for n in (1, 2, 3)} | {day("2026-12-25")}
    assert calendar.special == {day("2026-11-27"): ((540, 780),), day("2026-11-28"): ()}


@pytest.mark.parametrize("weekday", ["fri", "Friday", "周五", "星期五"])
def test_a_make_up_day_names_the_weekday_it_runs_as(weekday: str):
    assert sheet.read(changed(workdays=f"2026-02-14 {weekday}")).calendar.workdays == {day("2026-02-14"): 4}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_written_is_read_again_as_it_was(language: str):
    version = outlook.usual("Asia/Shanghai", 2026)
    assert sheet.read(sheet.write(version, language)) == version
    full = sheet.read(changed(special="2026-11-28 closed", date_breaks="2026-11-30 10:00-11:00", breaks="12:00-12:30"))
    assert sheet.read(sheet.write(full, language)) == full


@pytest.mark.parametrize(
    ("field", "typed", "key"),
    [
        ("tz", "Asia/Atlantis", "unknown_zone"),
        ("tue", "nine to five", "bad_hours"),
        ("tue", "09:00-49:00", "bad_hours"),
        ("tue", "12:00-09:00", "end_before_start"),
        ("holidays", "next Monday", "bad_line"),
        ("holidays", "2026-02-30", "bad_date"),
        ("holidays", "2026-10-07 ~ 2026-10-01", "bad_run"),
        ("holidays", "2026-01-01 ~ 2026-12-31", "bad_run"),
        ("workdays", "2026-02-14", "bad_weekday"),
        ("special", "2026-11-27 early", "bad_hours"),
        ("cutoff_at", "late", "bad_cutoff"),
        ("official_until", "2026", "bad_date"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field: str, typed: str, key: str):
    with pytest.raises(Invalid) as refusal:
        sheet.read(changed(**{field: typed}))
    assert {name: fault.key for name, fault in refusal.value.faults.items()} == {field: f"calendars.{key}"}


@pytest.mark.parametrize("typed", [{"mon": ""}, {"breaks": "00:00-24:00"}, {"mon": "", "special": "2026-11-27 closed"}])
def test_a_calendar_that_is_never_open_is_refused(typed: dict[str, str]):
    with pytest.raises(Invalid, match="never open"):
        sheet.read(changed(**typed))


def test_a_calendar_whose_hours_are_all_past_is_refused():
    past = sheet.read(changed(mon="", special="2026-01-05 09:00-10:00")).calendar
    outlook.check_opens_again(past, 1767540000)
    with pytest.raises(Refused, match="from today on"):
        outlook.check_opens_again(past, 1800000000)


def test_the_days_to_come_say_when_and_why():
    calendar = outlook.usual("Asia/Shanghai", 2026).calendar
    seen = outlook.ahead(calendar, BeforeClose(7200), date(2026, 2, 13), 11)
    assert [(one.kind, one.hours, one.until) for one in (seen[0], seen[1], seen[2], seen[-1])] == [
        ("usual", "09:00-12:00, 13:30-18:00", "16:00"),
        ("make_up", "09:00-12:00, 13:30-18:00", "16:00"),
        ("holiday", "", ""),
        ("holiday", "", ""),
    ]


def test_only_unusual_days_are_exceptions():
    calendar = outlook.usual("Asia/Shanghai", 2026).calendar
    kinds = [(one.day.day, one.kind) for one in outlook.exceptions(calendar, date(2026, 9, 18), 8)]
    assert kinds == [(20, "make_up"), (25, "holiday")]
