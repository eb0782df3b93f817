"""`desk sla explain` and `desk sla sweep`: what the shell is told and what it may do."""

import pytest

from desk.i18n import Refused
from desk.sla import commands, jobs
from tests.firm import Firm, local


async def token(firm: Firm, number: int, kind: str) -> str:
    return str((await firm.promises(number, kind))[0]["token"])


async def test_every_step_is_told_and_no_word_of_the_request(firm: Firm):
    number = await firm.lin_asks_for("a secret taxi")
    await firm.wu_replies(number)
    lines = await commands.explained(await token(firm, number, "first_reply"), "en", None)

    assert lines[0] == "Finance owed it by today 18:00 and kept the word."
    assert "calendar version 1" in lines[-1]
    assert "taxi" not in " ".join(lines)


async def test_pauses_and_a_change_of_calendar_are_steps(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_asks(number)
    await firm.closes_on(firm.finance, "2026-11-23")
    await jobs.follow_calendar(firm.finance)
    told = "\n".join(await commands.explained(await token(firm, number, "resolution"), "zh-CN", None))

    assert "暂停" in told
    assert "第2版" in told


async def test_a_promise_that_never_was_is_refused(firm: Firm):
    with pytest.raises(Refused, match="There is no promise"):
        await commands.explained("nothing", "en", None)


async def test_nothing_is_late_before_its_time(firm: Firm):
    with pytest.raises(Refused, match="still to come"):
        await commands.sweep_by(local("2026-11-20 18:01"))


async def test_a_past_instant_marks_what_was_late_by_then_and_no_more(firm: Firm):
    await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-27 12:00")

    assert await commands.sweep_by(local("2026-11-20 18:00")) == 3  # half used up, three quarters, at risk
    assert await commands.sweep_by(local("2026-11-20 18:01")) == 2  # all of it, broken
    assert await commands.sweep_by(local("2026-11-20 18:01")) == 0
