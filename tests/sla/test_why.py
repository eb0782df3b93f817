"""The reason for a due, as a person reads it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.sla.rules import facts, instants, why
from desk.sla.rules.days import AtWall
from desk.sla.rules.events import Event
from desk.sla.rules.facts import Owed
from desk.sla.rules.targets import Budget, HalfDay, Moment, SameDay
from tests.sla.calendars import at, head_office

OFFICE = head_office()
FOUR = SameDay(AtWall(16 * 60))
CHINESE, ENGLISH = ("zh-CN", "财务部"), ("en", "Finance")


def told(
    owed: Owed, now: str, reader: tuple[str, str], kind: str = "first_reply", zone: str = "Asia/Shanghai"
) -> list[str]:
    moment = instants.moment(at(now))
    return why.sentences(owed.why, language=reader[0], zone=zone, now=moment, promisor=reader[1], kind=kind)


def line(owed: Owed, now: str, reader: tuple[str, str], kind: str = "first_reply") -> str:
    moment, due = instants.moment(at(now)), instants.moment(owed.at)
    return why.line(owed.why, due, language=reader[0], zone="Asia/Shanghai", now=moment, promisor=reader[1], kind=kind)


def test_before_the_cutoff_it_counts_as_today() -> None:
    owed = facts.due(FOUR, at("2026-11-24 09:12"), OFFICE)
    assert told(owed, "2026-11-24 09:12", ENGLISH)[:2] == [
        "Received 09:12, before the cut-off 16:00, so it counts as today.",
        "Finance answers the same day: by its close today 18:00.",
    ]
    assert told(owed, "2026-11-24 09:12", CHINESE)[:2] == [
        "09:12收到，早于截止点16:00，算今天。",
        "财务部当天答复：今天18:00收工前。",
    ]


def test_one_line_says_when_and_because() -> None:
    owed = facts.due(FOUR, at("2026-11-24 09:12"), OFFICE)
    assert line(owed, "2026-11-24 09:12", CHINESE) == "今天18:00前，因为09:12收到，早于截止点16:00，财务部当天答复"
    assert line(owed, "2026-11-24 09:12", ENGLISH) == (
        "by today 18:00, because it was received 09:12, before the cut-off 16:00, and Finance answers the same day"
    )


def test_a_letter_names_each_day_because_it_is_read_tomorrow_too() -> None:
    owed = facts.due(FOUR, at("2026-11-24 09:12"), OFFICE)
    due = instants.moment(owed.at)

    assert why.line(
        owed.why, due, language="en", zone="Asia/Shanghai", now=None, promisor="Finance", kind="first_reply"
    ) == (
        "by Tue 24 Nov 18:00, because it was received Tue 24 Nov 09:12, before the cut-off 16:00,"
        " and Finance answers the same day"
    )
    assert why.headline(due, language="zh-CN", zone="Asia/Shanghai", now=None) == "11月24日星期二18:00"


def test_after_the_cutoff_the_next_business_day_counts() -> None:
    owed = facts.due(FOUR, at("2026-11-24 16:00"), OFFICE)
    assert line(owed, "2026-11-24 16:00", ENGLISH).startswith(
        "by tomorrow 18:00, because it was received 16:00 and the cut-off was"
    )


def test_a_holiday_and_a_make_up_day_are_told() -> None:
    before = facts.due(FOUR, at("2026-09-30 17:00"), OFFICE)
    assert "Tomorrow to Wed 7 Oct are days of a holiday and do not count." in told(before, "2026-09-30 17:00", ENGLISH)
    made_up = facts.due(FOUR, at("2026-10-10 10:00"), OFFICE)
    assert "今天调休上班，算工作日。" in told(made_up, "2026-10-10 10:00", CHINESE)


def test_a_weekend_and_hours_of_one_date_are_told() -> None:
    saturday = facts.due(SameDay(), at("2026-11-28 10:00"), OFFICE)
    assert (
        told(saturday, "2026-11-28 10:00", ENGLISH)[0]
        == "Received 10:00; today is not a business day, so the next one counts."
    )
    short = facts.due(SameDay(), at("2026-12-31 10:00"), OFFICE)
    assert "今天的工作时间另有安排，今天12:00收工。" in told(short, "2026-12-31 10:00", CHINESE)


def test_a_budget_is_counted_day_by_day() -> None:
    owed = facts.due(Budget(10 * 3600), at("2026-11-24 12:12"), OFFICE)
    assert told(owed, "2026-11-24 12:12", ENGLISH, "resolution")[:5] == [
        "Received 12:12, outside working hours; the clock starts 13:00.",
        "Finance settles it within 10 h of working time.",
        "Today: 5 h counted.",
        "Tomorrow: 5 h counted.",
        "The time is used up tomorrow 15:00.",
    ]


def test_a_pause_is_told_with_its_reason_and_what_is_left() -> None:
    events = [Event(at(f"2026-11-24 {when}"), *what) for when, *what in (
        ("10:00", "opened"), ("11:00", "paused", "requester"), ("14:30", "resumed", "requester"))]  # fmt: skip
    sentences = told(facts.explain(events, SameDay(), OFFICE, at("2026-11-24 15:00")), "2026-11-24 15:00", ENGLISH)
    assert "The clock stood still from 11:00 to 14:30, waiting for the requester’s answer." in sentences
    assert sentences[-3:-1] == ["5 h 30 min of working time is left.", "So it is due tomorrow 11:30."]


def test_a_promise_without_history_is_explained_as_on_the_first_day() -> None:
    opened = Event(at("2026-11-24 10:00"), "opened")
    assert facts.explain([opened], FOUR, OFFICE, at("2026-11-24 15:00")) == facts.due(FOUR, opened.at, OFFICE)


def test_a_changed_target_is_the_last_reason() -> None:
    events = [Event(at("2026-11-24 10:00"), "opened"), Event(at("2026-11-24 11:00"), "retargeted", target=Budget(3600))]
    owed = facts.explain(events, Budget(7200), OFFICE, at("2026-11-24 11:30"))
    assert line(owed, "2026-11-24 11:30", ENGLISH).endswith("and the target was changed 11:00")
    assert "A changed target leaves at least 30 min of working time." in told(owed, "2026-11-24 11:30", ENGLISH)


def test_a_moment_is_a_given_word() -> None:
    owed = facts.due(Moment(at("2026-11-26 12:00")), at("2026-11-24 10:00"), OFFICE)
    assert line(owed, "2026-11-24 10:00", CHINESE, "expectation") == "11月26日星期四12:00前，因为这是财务部答应的时间"


def test_a_word_that_was_moved_tells_both_times_and_no_sums() -> None:
    noon, later = Moment(at("2026-11-26 12:00")), Moment(at("2026-11-27 20:00"))
    events = [Event(at("2026-11-24 10:00"), "opened"), Event(at("2026-11-25 09:30"), "renewed", target=later)]
    owed = facts.explain(events, noon, OFFICE, at("2026-11-25 11:00"))
    assert instants.text(owed.at) == instants.text(later.at)
    assert told(owed, "2026-11-25 11:00", ENGLISH, "expectation")[:-1] == [
        "Finance gave this time: tomorrow 12:00.",
        "Moved to Fri 27 Nov 20:00, agreed at 09:30.",
        "Fri 27 Nov 20:00 is outside the working hours of Finance; the word counts all the same.",
    ]
    assert line(owed, "2026-11-25 11:00", CHINESE, "expectation").endswith("经对方同意改过期")


@pytest.mark.parametrize("when", ["2026-11-26 12:00", "2026-11-26 18:00", "2026-11-26 09:00"])
def test_the_close_and_the_opening_are_hours_too(when: str) -> None:
    owed = facts.due(Moment(at(when)), at("2026-11-24 10:00"), OFFICE)
    assert "outside_hours" not in [fact.kind for fact in owed.why]


@pytest.mark.parametrize(
    ("due", "english", "chinese"),
    [
        ("2026-11-24 18:00", "today 18:00", "今天18:00"),
        ("2026-11-25 12:00", "tomorrow 12:00", "明天12:00"),
        ("2026-11-23 18:00", "yesterday 18:00", "昨天18:00"),
        ("2026-11-26 18:00", "Thu 26 Nov 18:00", "11月26日星期四18:00"),
        ("2027-01-04 18:00", "Mon 4 Jan 2027 18:00", "2027年1月4日星期一18:00"),
        ("2026-11-25 00:00", "today 24:00", "今天24:00"),
    ],
)
def test_a_due_is_told_as_seen_from_now(due: str, english: str, chinese: str) -> None:
    moment, now = instants.moment(at(due)), instants.moment(at("2026-11-24 09:12"))
    assert why.headline(moment, language="en", zone="Asia/Shanghai", now=now) == english
    assert why.headline(moment, language="zh-CN", zone="Asia/Shanghai", now=now) == chinese


def test_a_reader_elsewhere_reads_their_own_time() -> None:
    due = datetime(2026, 11, 24, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert why.headline(due, language="en", zone="Asia/Urumqi", now=due) == "today 16:00"


@pytest.mark.parametrize(("seconds", "words"), [(9000, "2 h 30 min"), (7200, "2 h"), (1800, "30 min"), (59, "59 s")])
def test_a_length_is_told_in_hours_and_minutes(seconds: int, words: str) -> None:
    assert why.length(seconds, "en") == words


ASKED = [Event(at("2026-11-24 10:00"), "opened"), Event(at("2026-11-24 11:00"), "paused", "requester")]
STARTS = ("2026-09-24 20:00", "2026-09-30 19:00", "2026-10-10 10:00", "2026-11-28 10:00", "2026-12-31 10:00")
TARGETS = (SameDay(), FOUR, SameDay(extra_days=2), HalfDay(), Budget(120 * 3600), Moment(at("2026-12-01 00:00")))


def told_in_full(owed: Owed, kind: str) -> bool:
    return all(len(told(owed, "2026-11-24 12:00", reader, kind)) == len(owed.why) for reader in (CHINESE, ENGLISH))


@pytest.mark.parametrize("kind", ["first_reply", "resolution", "sign_off"])
def test_no_fact_of_a_due_is_passed_over_in_silence(kind: str) -> None:
    for start in STARTS:
        assert all(told_in_full(facts.due(target, at(start), OFFICE), kind) for target in TARGETS)


def test_no_fact_of_a_history_is_passed_over_in_silence() -> None:
    more = [
        Event(at("2026-11-24 12:00"), "paused", "vendor"),
        Event(at("2026-11-30 10:00"), "retargeted", target=Budget(1)),
    ]
    for events in (ASKED, [*ASKED, *more]):
        for now in ("2026-11-25 11:00", "2026-11-30 11:00"):
            assert told_in_full(facts.explain(events, SameDay(), OFFICE, at(now)), "resolution")
