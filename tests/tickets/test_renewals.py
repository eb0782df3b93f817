"""A word is moved before its time, with the consent of whoever relies on it; nothing else moves with it."""

import asyncpg
import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from desk.db import Reader
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, Refused
from desk.notices import queries as notices
from desk.tickets import actions as tickets
from tests.firm import Firm, local, told
from tests.notices.test_notices import worker_runs
from tests.tickets.test_at_once import at_once

FRIDAY, MONDAY, TUESDAY = "2026-11-20 17:30", "2026-11-23 12:00", "2026-11-24 12:00"
_EVENTS = """
select e.kind, e.data ->> 'words' as words from promise_events e join promises p on p.id = e.promise
 where p.kind = 'expectation' order by e.id
"""


@pytest.fixture
async def number(firm: Firm) -> int:
    """吴 gave 林 the word that the next one comes on Friday, 17:30; it is 15:00."""
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, FRIDAY)
    return number


async def token(firm: Firm, number: int, kind: str = "expectation") -> str:
    return str((await firm.promises(number, kind))[-1]["token"])


async def asks(
    firm: Firm, number: int, to: str = MONDAY, *, who: Reader | None = None, why: str = "The bank is closed."
) -> None:
    await firm.does(who or firm.wu, tickets.ask_renewal, number, await token(firm, number), local(to), why
    )  # fmt: skip


async def agrees(firm: Firm, number: int, to: str = MONDAY, *, who: Reader | None = None) -> None:
    await firm.does(who or firm.lin, tickets.agree, number, await token(firm, number), local(to))


async def objects(firm: Firm, number: int, to: str = MONDAY, said: str = "") -> None:
    await firm.does(firm.lin, tickets.object_to, number, await token(firm, number), local(to), said)


async def kinds(firm: Firm) -> list[str]:
    return [row["kind"] for row in await firm.rows(firm.lin, _EVENTS)]


async def test_a_word_moves_when_the_promisee_agrees_and_not_before(firm: Firm, number: int) -> None:
    await asks(firm, number)
    assert await firm.standing(number, "expectation") == ("open", FRIDAY)

    await agrees(firm, number)
    assert await firm.standing(number, "expectation") == ("open", MONDAY)
    assert (await firm.entries(number))[-2:] == ["renewal_asked", "promise_renewed"]


async def test_what_is_moved_breaks_and_climbs_by_its_new_time(firm: Firm, number: int) -> None:
    await asks(firm, number)
    await agrees(firm, number)
    await firm.time_passes_until("2026-11-20 18:00")
    assert (await firm.standing(number, "expectation"))[0] == "open"

    (promise,) = await firm.promises(number, "expectation")
    assert [told(at) for at in promise["thresholds"][1:3]] == ["2026-11-23 10:30", MONDAY]
    await firm.time_passes_until("2026-11-23 12:01")
    assert await firm.standing(number, "expectation") == ("broken", MONDAY)


async def test_what_was_at_risk_is_not_so_once_there_is_time_again(firm: Firm, number: int) -> None:
    await firm.time_passes_until("2026-11-20 17:15")
    assert (await firm.promises(number, "expectation"))[0]["at_risk"]

    await asks(firm, number)
    await agrees(firm, number)
    assert not (await firm.promises(number, "expectation"))[0]["at_risk"]


async def test_a_renewal_never_moves_another_promise(firm: Firm, number: int) -> None:
    await firm.lin_writes(number)
    await firm.replies(firm.zhou, number, by="2026-11-20 17:00")
    others = "select token, due_at, breaks_at, thresholds from promises where token <> $1 order by id"
    before = await firm.rows(firm.lin, others, await token(firm, number))

    await asks(firm, number, who=firm.zhou)
    await agrees(firm, number)
    assert len(before) == 4
    assert await firm.rows(firm.lin, others, await token(firm, number)) == before
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")


async def test_whoever_objects_keeps_the_word_as_it_was_given(firm: Firm, number: int) -> None:
    await asks(firm, number)
    await objects(firm, number, said="I travel on Monday.")

    assert await firm.standing(number, "expectation") == ("open", FRIDAY)
    rows = await firm.rows(firm.lin, _EVENTS)
    assert [tuple(row) for row in rows[1:]] == [
        ("renewal_asked", "The bank is closed."), ("renewal_refused", "I travel on Monday."),
    ]  # fmt: skip
    await asks(firm, number, TUESDAY)


async def test_consent_after_the_due_comes_too_late_and_writes_nothing(firm: Firm, number: int) -> None:
    await asks(firm, number)
    before = await kinds(firm), await firm.entries(number)
    firm.clock_says(FRIDAY)

    with pytest.raises(Refused, match="too late to agree"):
        await agrees(firm, number)
    assert (await kinds(firm), await firm.entries(number)) == before
    await firm.time_passes_until("2026-11-20 17:31")
    assert await firm.standing(number, "expectation") == ("broken", FRIDAY)


async def test_after_the_due_the_giver_asks_in_vain_and_gives_another_promise(firm: Firm, number: int) -> None:
    await firm.time_passes_until("2026-11-20 17:31")

    with pytest.raises(Refused, match="another promise"):
        await asks(firm, number)
    await firm.wu_expects(number, MONDAY)
    assert [(one["state"], told(one["due_at"])) for one in await firm.promises(number, "expectation")] == [
        ("broken", FRIDAY), ("open", MONDAY),
    ]  # fmt: skip


async def test_two_answers_at_once_count_as_one(firm: Firm, number: int) -> None:
    await asks(firm, number)

    assert await at_once(agrees(firm, number), objects(firm, number), agrees(firm, number)) == 1
    assert len(await kinds(firm)) == 3


async def test_two_who_ask_at_once_put_one_question(firm: Firm, number: int) -> None:
    assert await at_once(asks(firm, number), asks(firm, number, TUESDAY)) == 1
    assert await kinds(firm) == ["opened", "renewal_asked"]


async def test_an_answer_that_crosses_the_reply_changes_nothing_any_more(firm: Firm, number: int) -> None:
    await asks(firm, number)
    await firm.wu_replies(number)

    with pytest.raises(Refused, match="settled"):
        await agrees(firm, number)
    assert await firm.standing(number, "expectation") == ("kept", FRIDAY)


async def test_nobody_agrees_unseen_to_another_time(firm: Firm, number: int) -> None:
    await asks(firm, number)
    await objects(firm, number)
    await asks(firm, number, TUESDAY)

    with pytest.raises(Refused, match="nothing was written"):
        await agrees(firm, number, MONDAY)


async def test_only_the_one_who_was_promised_agrees(firm: Firm, number: int) -> None:
    await asks(firm, number)

    for who in (firm.wu, firm.qian, firm.zhao, firm.admin):
        with pytest.raises(Forbidden):
            await agrees(firm, number, who=who)


async def test_only_the_giver_asks_while_the_giver_is_there(firm: Firm, number: int) -> None:
    for who in (firm.zhou, firm.qian, firm.lin, firm.zhao):
        with pytest.raises(Forbidden):
            await asks(firm, number, who=who)


async def test_a_colleague_asks_for_a_giver_who_is_away(firm: Firm, number: int) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_absence(
            firm.wu.person, None, since=local("2026-11-20 15:00"), until=local("2026-11-28 00:00")
        )
    with pytest.raises(Forbidden):
        await asks(firm, number, who=firm.zhao)
    await asks(firm, number, who=firm.zhou)
    await agrees(firm, number)


async def test_where_the_request_went_they_ask_for_what_was_promised_before(firm: Firm, number: int) -> None:
    await firm.wu_hands_over(number, firm.hr)

    with pytest.raises(Forbidden):
        await asks(firm, number, who=firm.zhou)
    await asks(firm, number, who=firm.han)


async def test_every_fault_of_the_question_is_told_at_once(firm: Firm, number: int) -> None:
    with pytest.raises(Invalid) as refused:
        await asks(firm, number, "2026-11-20 17:00", why=" ")
    assert set(refused.value.faults) == {"until", "reason"}


async def test_only_a_word_of_this_request_is_moved(firm: Firm, number: int) -> None:
    other = await firm.lin_asks_for("a bus ticket")
    with pytest.raises(Refused, match="settled"):
        await firm.does(firm.wu, tickets.ask_renewal, other, await token(firm, number), local(MONDAY), "Later.")
    with pytest.raises(Refused, match="follows from a rule"):
        rule = await token(firm, number, "resolution")
        await firm.does(firm.wu, tickets.ask_renewal, number, rule, local("2026-11-30 12:00"), "Later.")


async def _told(who: Reader) -> list[str]:
    async with db.acting_as(who, writing=False):
        return [one.tag.value for one in reversed(await notices.told()) if "renew" in one.tag.value]


async def test_each_side_is_told_and_at_the_second_renewal_the_superior(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
    for to in (MONDAY, TUESDAY):
        await worker_runs(superuser)
        assert await _told(firm.qian) == []
        await asks(firm, number, to)
        await agrees(firm, number, to)
    await worker_runs(superuser)

    assert await _told(firm.lin) == ["renewal_asked"] * 2
    assert await _told(firm.wu) == ["promise_renewed"] * 2
    assert await _told(firm.qian) == ["renewed_again"]
    assert await _told(firm.zhou) == []


async def test_a_superior_who_may_not_read_it_is_told_nothing(firm: Firm, superuser: asyncpg.Connection) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.zhao.person)
    number = await firm.lin_asks_for("a price", service="budget")
    await firm.wu_expects(number, FRIDAY)
    for to in (MONDAY, TUESDAY):
        await asks(firm, number, to)
        await agrees(firm, number, to)
    await worker_runs(superuser)

    assert (await firm.entries(number))[-1] == "renewed_again"
    assert await _told(firm.zhao) == []


async def test_a_superior_who_is_away_is_told_through_the_deputy(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
        await directory.set_absence(firm.qian.person, firm.meng.person, since=clock.now(), until=local(TUESDAY))
    for to in (MONDAY, TUESDAY):
        await asks(firm, number, to)
        await agrees(firm, number, to)
    await worker_runs(superuser)

    assert (await _told(firm.qian), await _told(firm.meng)) == ([], ["renewed_again"])


async def test_a_guest_agrees_to_what_was_promised_to_them(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        await catalog.add_service("badge", Draft(department="hr", name_zh="门禁卡", name_en="A badge", tier=0))
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.han.person, firm.zhao.person)
    number = await firm.files(firm.guest, "a badge", service="badge")
    await firm.replies(firm.han, number, by=FRIDAY)
    (promise,) = await firm.promises(number, "expectation", firm.guest)

    for to in (MONDAY, TUESDAY):
        await firm.does(firm.han, tickets.ask_renewal, number, promise["token"], local(to), "The printer is away.")
        await firm.does(firm.guest, tickets.agree, number, promise["token"], local(to))
    assert await firm.standing(number, "expectation", firm.guest) == ("open", TUESDAY)
    assert "renewed_again" in await firm.entries(number, firm.han)
