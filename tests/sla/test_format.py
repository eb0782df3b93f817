"""What a calendar may say, and the sentence that an impossible one gets."""

from typing import Any

import pytest

from desk.i18n import Invalid
from desk.sla.rules import format
from desk.sla.rules.days import AtWall, BeforeClose
from tests.sla.calendars import HEAD_OFFICE


def refusal(**changes: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        format.parse({**HEAD_OFFICE, **changes})
    return {field: fault.say("en") for field, fault in refused.value.faults.items()}


def test_a_calendar_is_written_as_it_was_read() -> None:
    assert format.document(format.parse(HEAD_OFFICE)) == HEAD_OFFICE


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"tz": "Mars/Olympus"}, "tz", "no time zone “Mars/Olympus”"),
        ({"tz": "../zones"}, "tz", "no time zone"),
        ({"tz": None}, "tz", "no time zone"),
        ({"weekly": {"monday": []}}, "weekly.monday", "not a weekday"),
        ({"weekly": {"mon": [["18:00", "09:00"]]}}, "weekly.mon", "ends before it starts"),
        ({"weekly": {"mon": [["22:00", "49:00"]]}}, "weekly.mon", "at most 48:00"),
        ({"weekly": {"mon": [["9am", "5pm"]]}}, "weekly.mon", "not a span of time"),
        ({"weekly": {"mon": "09:00"}}, "weekly.mon", "must be a list"),
        ({"weekly": []}, "weekly", "must be a table"),
        ({"breaks": [["12:00"]]}, "breaks", "not a span of time"),
        ({"holidays": ["2026-02-30"]}, "holidays.2026-02-30", "not a date"),
        ({"workdays": {"2026-10-10": "xyz"}}, "workdays.2026-10-10", "not a weekday"),
        ({"special": {"1066-10-14": []}}, "special.1066-10-14", "not a date"),
        ({"holiday": []}, "holiday", "no field “holiday”"),
    ],
)
def test_an_impossible_calendar_is_refused_by_field(changes: dict[str, Any], field: str, part: str) -> None:
    assert part in refusal(**changes)[field]


def test_all_faults_are_told_at_once() -> None:
    assert set(refusal(tz="x", holidays=["x"], breaks="x")) == {"tz", "holidays.x", "breaks"}


@pytest.mark.parametrize(
    "hours",
    [
        {"weekly": {}, "special": {}},
        {"weekly": {"mon": [["09:00", "09:00"]]}, "special": {}},
        {"weekly": {"mon": [["12:00", "13:00"]]}, "special": {}},
        {"weekly": {}, "special": {"2026-11-27": [["15:00", "16:00"]]}},
    ],
    ids=["nothing", "empty span", "only the lunch break", "only a break of that date"],
)
def test_a_calendar_without_open_time_is_refused(hours: dict[str, Any]) -> None:
    assert "never open" in refusal(**hours)["weekly"]


def test_something_else_than_a_calendar_is_refused() -> None:
    with pytest.raises(Invalid, match="set of fields"):
        format.parse(["mon"])


@pytest.mark.parametrize(
    ("written", "rule"),
    [({"wall": "16:00"}, AtWall(960)), ({"before_close_s": 7200}, BeforeClose(7200)), ({}, None)],
)
def test_a_cutoff_is_a_wall_time_or_so_long_before_the_close(written: dict[str, Any], rule: object) -> None:
    assert format.cutoff(written) == rule
    assert format.cutoff_document(format.cutoff(written)) == written


@pytest.mark.parametrize("words", [{"wall": "16"}, {"before_close_s": -1}, {"before_close_s": True}, {"x": 1}, "16:00"])
def test_an_odd_cutoff_is_refused(words: object) -> None:
    with pytest.raises(Invalid, match="not a cut-off"):
        format.cutoff(words)
