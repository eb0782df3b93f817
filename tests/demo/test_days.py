"""Whenever somebody looks, the demo firm has had its thirty days and is in the middle of its work."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from desk.demo.cast import ZONE
from desk.demo.days import Days
from desk.demo.story import stories
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.outlook import usual
from desk.sla.rules.sheet import Version

SHANGHAI = ZoneInfo(ZONE)
OFFICE: dict[int, Version] = {year: usual(ZONE, year) for year in (2025, 2026)}
MOMENTS = [
    "2026-11-24 09:00", "2026-11-24 09:05", "2026-11-24 15:20", "2026-11-24 18:34", "2026-11-22 03:00",
    "2026-11-24 23:58", "2026-01-05 10:00", "2026-02-25 09:10", "2026-10-09 11:00", "2026-10-10 12:30",
]  # fmt: skip


def days_at(words: str) -> Days:
    now = datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)
    version = OFFICE[(now - timedelta(days=45)).year]
    return Days(Compiled(version.calendar, near=int(now.timestamp())), now)


@pytest.mark.parametrize("words", MOMENTS)
def test_every_story_is_told_in_order_and_nothing_before_its_time(words: str):
    days = days_at(words)
    for story in stories():
        told = [days.instant(story.at), *(days.instant(beat.at) for beat in story.then)]
        assert all(before < after for before, after in pairwise(told)), story.title
        assert told[-1] <= days.now, story.title


@pytest.mark.parametrize("words", MOMENTS)
def test_people_ask_on_business_days_in_business_hours(words: str):
    days = days_at(words)
    for story in stories():
        at = int(days.instant(story.at).timestamp())
        assert days.calendar.between(at - 1, at + 1) > 0, story.title


@pytest.mark.parametrize("words", MOMENTS)
def test_what_is_promised_is_promised_for_later(words: str):
    days = days_at(words)
    for story in stories():
        for beat in story.then:
            assert beat.by is None or days.instant(beat.by) > days.instant(beat.at), beat.words


def test_a_word_for_later_today_stays_within_today():
    assert days_at("2026-11-24 15:20").instant("+2:00").astimezone(SHANGHAI).strftime("%d %H:%M") == "24 17:00"
    assert days_at("2026-11-24 22:40").instant("+3:00").astimezone(SHANGHAI).strftime("%d %H:%M") == "24 23:50"


def test_a_make_up_day_is_a_business_day_of_the_story():
    monday = days_at("2026-10-12 10:00")
    assert monday.instant("1 09:40").astimezone(SHANGHAI).strftime("%m-%d") == "10-10"


def test_there_are_some_sixty_requests_in_both_languages():
    told = stories()
    english = [story for story in told if story.body.isascii()]
    assert 60 <= len(told) <= 66
    assert 5 <= len(english) <= 20
