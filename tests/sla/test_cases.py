"""`desk sla eval` answers whoever argues about a due date."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from desk.sla.commands import sla

CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text().splitlines()]
MONDAYS = {"tz": "UTC", "weekly": {"mon": [["09:00", "17:00"]]}}


def answers(*lines: bytes) -> list[dict[str, Any]]:
    done = CliRunner().invoke(sla, ["eval"], input=b"\n".join(lines), catch_exceptions=False)
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def answer(**case: Any) -> Any:
    [found] = answers(json.dumps({"id": "x", **case}).encode())
    assert found["id"] == "x"
    return found.get("result", found.get("error"))


def test_every_case_of_the_second_opinion_is_answered_alike() -> None:
    asked = [json.dumps({key: part for key, part in case.items() if key != "expect"}).encode() for case in CASES]
    wrong = [
        (case["id"], found, case["expect"])
        for case, found in zip(CASES, answers(*asked), strict=True)
        if found != {"id": case["id"], "result": case["expect"]}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line", [b"no json", b"[]", b"\xff\xfe", b'{"op": "add"}', b"[" * 100_000, b'{"id": {}, "op": "add"}']
)
def test_a_line_that_is_no_case_gets_an_error_and_the_next_one_its_answer(line: bytes) -> None:
    good = json.dumps({"id": "good", "op": "next_open", "calendar": MONDAYS, "t": "2026-11-24T00:00:00Z"}).encode()
    bad, found = answers(line, good)
    assert bad["id"] is None
    assert bad["error"]
    assert found == {"id": "good", "result": "2026-11-30T09:00:00Z"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"t": "2026-11-24 09:00"}, "not an instant"),
        ({"t": "2026-11-24T09:00:00.5Z"}, "not an instant"),
        ({"t": "soon"}, "not an instant"),
        ({"t": "9999-12-31T23:59:59Z"}, "1900 to 2200"),
        ({"t": 5}, "Expected `str`"),
        ({"calendar": {**MONDAYS, "tz": "Mars"}}, "no time zone “Mars”"),
        ({"calendar": {"tz": "UTC", "weekly": {}}}, "never open"),
        ({"calendar": None}, "set of fields"),
        ({"op": "guess"}, "Invalid value"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(change: dict[str, Any], error: str) -> None:
    case = {"op": "next_open", "calendar": MONDAYS, "t": "2026-11-24T00:00:00Z", **change}
    assert error in answer(**case)


def test_a_holder_without_a_calendar_has_no_business_time() -> None:
    hops = [{"t": "2026-11-30T08:00:00Z", "holder": "it"}, {"t": "2026-11-30T10:00:00Z", "holder": "requester"}]
    found = answer(op="hops", calendars={"it": MONDAYS, "requester": None}, hops=hops, end="2026-11-30T11:00:00Z")
    assert found["it"] == {"wall_s": 7200, "business_s": 3600, "visits": 1}
    assert found["requester"] == {"wall_s": 3600, "business_s": 0, "visits": 1}


@pytest.mark.parametrize(("mode", "seconds"), [("all", 2 * 3600), ("any", 10 * 3600)])
def test_common_hours_of_two_calendars(mode: str, seconds: int) -> None:
    late = {"tz": "UTC", "weekly": {"mon": [["15:00", "19:00"]]}}
    span = {"a": "2026-11-30T00:00:00Z", "b": "2026-12-01T00:00:00Z"}
    assert answer(op="combine", mode=mode, calendars=[MONDAYS, late], **span) == seconds


def test_a_declared_holiday_never_makes_a_promise_due_earlier() -> None:
    found = answer(
        op="calendar_change",
        calendar=MONDAYS,
        calendar_new={**MONDAYS, "special": {"2026-11-27": [["09:00", "17:00"]]}},
        start="2026-11-24T00:00:00Z",
        target_s=3600,
    )
    assert found["new_due"] == found["old_due"] == "2026-11-30T10:00:00Z"
    assert found["raw_recomputed"] == "2026-11-27T10:00:00Z"


def test_an_internal_note_and_a_robot_answer_nobody() -> None:
    messages = [
        {"id": "m1", "t": "2026-11-30T10:00:00Z", "from": "customer"},
        {"id": "a1", "t": "2026-11-30T11:00:00Z", "from": "agent", "public": False},
        {"id": "a2", "t": "2026-11-30T11:30:00Z", "from": "agent", "automatic": True},
    ]
    found = answer(op="responses", calendar=MONDAYS, messages=messages, at="2026-11-30T12:00:00Z")
    assert found["cycles"] == [{"id": "m1", "due": "2026-11-30T17:00:00Z", "answered_at": None, "state": "open"}]


@pytest.mark.parametrize("percents", [[75, 50], [50, 50], [0, 50], [-50], [50, 75, 150, 100]])
@pytest.mark.parametrize("op", ["thresholds", "escalate"])
def test_shares_out_of_order_are_refused_with_a_sentence(op: str, percents: list[int]) -> None:
    line = {"chain": ["a"], "absent": [], "deputy": {}, "already": [], "now": "2026-11-23T10:00:00Z"}
    start = {"calendar": MONDAYS, "start": "2026-11-23T09:00:00Z", "target_s": 3600, "percents": percents}
    assert "out of order; each level must be above zero" in answer(op=op, **start, **(line if op == "escalate" else {}))
