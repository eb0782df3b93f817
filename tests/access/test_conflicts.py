"""Whoever is recused lets nobody in, moves no label and answers no access request, whatever they were granted."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.access.actions import answering
from desk.disclosure.queries import marker
from desk.disclosure.queries import recusals as known
from desk.disclosure.rules import Overreach, facts
from desk.i18n import NotFound
from tests.access.acts import a_marked_note, asks, lets_in
from tests.access.test_labels import WHY
from tests.access.test_recusals import recuses
from tests.firm import Firm

SOON = timedelta(days=1)
TERM = timedelta(days=100)


async def by_grant(firm: Firm) -> tuple[int, str]:
    """周 is recused, and reads 吴's note by a grant: (number, the note)."""
    number, _ = await a_marked_note(firm)
    await recuses(firm, firm.zhou, number, firm.zhou)
    await lets_in(firm, firm.wu, number, firm.zhou)
    note = await firm.rows(firm.zhou, "select 'update:' || max(id) from updates")
    return number, note[0][0]


async def test_who_is_recused_hands_no_grant_on(firm: Firm) -> None:
    number, note = await by_grant(firm)
    give = "select give_grants($1, array[$2], 'x', $3, 'why', null)"

    with pytest.raises(Overreach, match="owning department"):
        await lets_in(firm, firm.zhou, number, firm.meng)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhou):
            await db.call(give, firm.meng.person, note, clock.now() + SOON)
    async with db.acting_as(firm.wu):
        await db.call(give, firm.meng.person, note, clock.now() + SOON)


async def test_nor_ends_the_grant_of_another_or_sees_it(firm: Firm) -> None:
    number, _ = await by_grant(firm)
    await lets_in(firm, firm.wu, number, firm.meng)
    [given] = await firm.rows(firm.meng, "select token from own_grants()")
    live = "select token from live_grants($1) where token = $2"

    assert await firm.rows(firm.zhou, live, number, given["token"]) == []
    assert await firm.rows(firm.zhou, "select * from end_grant($1)", given["token"]) == []
    assert len(await firm.rows(firm.qian, live, number, given["token"])) == 1


@pytest.mark.parametrize(
    "moves",
    [
        "select raise_label($1, 3, 'pay_and_appraisal', 'A sum.', $2, $3, $4)",
        "select raise_label($1, 2, 'pay_and_appraisal', 'A sum.', $2, $3, $4)",
        "select prolong_label($1, 'pay_and_appraisal', 'A sum.', $2)",
        "select lower_label($1, 1, $4)",
    ],
)
async def test_the_database_moves_no_label_for_the_recused(firm: Firm, moves: str) -> None:
    """They read it by the tier or by a grant: 周 could if she were not recused."""
    number = await firm.lin_asks_for("a question")
    shut: dict[str, Any] = {"tier": 1} if "raise" in moves else {"tier": 2, "reason": "negotiation"}
    await firm.wu_notes(number, "She earns 30,000.", **shut)
    [note] = await firm.rows(firm.wu, "select 'update:' || max(id) as item from updates")
    if "raise" not in moves:
        await lets_in(firm, firm.wu, number, firm.zhou)
    today = clock.now().date()
    values = [note["item"], today + TERM, firm.finance, today]
    used = [value for at, value in enumerate(values, 1) if f"${at}" in moves]
    for place, at in enumerate([at for at in range(1, 5) if f"${at}" in moves], 1):
        moves = moves.replace(f"${at}", f"${place}")
    await recuses(firm, firm.zhou, number, firm.zhou)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhou):
            await db.call(moves, *used)
    async with db.acting_as(firm.qian):
        await db.call(moves, *used)


async def test_nor_unseals_nor_involves(firm: Firm, superuser: asyncpg.Connection) -> None:
    number, note = await by_grant(firm)
    await firm.wu_asks(number)
    await superuser.execute("update updates set sealed = true, sealed_until = day where 'update:' || id = $1", note)
    ask = "select involve(x.ticket, x.id, 'person:1') from updates x order by x.id desc limit 1"
    for sql, values in (("select unseal($1, $2)", [note, clock.now().date()]), (ask, [])):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.acting_as(firm.zhou):
                await db.call(sql, *values)


async def asked(firm: Firm) -> int:
    """孟 asks for 吴's note about 周, who is recused and handles in the same department."""
    of, note = await a_marked_note(firm, **WHY)
    await recuses(firm, firm.zhou, of, firm.zhou)
    return await asks(firm, firm.meng, note)


async def test_who_is_recused_neither_reads_nor_refuses_an_access_request_about_it(firm: Firm) -> None:
    number = await asked(firm)

    assert [await firm.reads(who, number) for who in (firm.zhou, firm.wu, firm.meng)] == [False, True, True]
    with pytest.raises(NotFound):
        await firm.does(firm.zhou, answering.refuse, number, "personal_data", "It is mine.", "No.")


async def test_nor_where_it_was_asked_from_the_strip_without_a_number(firm: Firm) -> None:
    of = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    await recuses(firm, firm.zhou, of, firm.zhou)
    [marked] = await firm.rows(firm.meng, "select * from ticket_marker($1)", of)
    number = await asks(firm, firm.meng, facts(marker(marked), 0))

    assert [await firm.reads(who, number) for who in (firm.zhou, firm.wu, firm.meng)] == [False, True, True]


async def test_who_asks_for_access_is_not_told_who_is_recused(firm: Firm) -> None:
    number = await asked(firm)
    told = {}
    for who in (firm.meng, firm.wu):
        async with db.acting_as(who, writing=False):
            of = await known.standing(number)
            told[who] = [(one.login, one.why) for one in await known.of(of.ticket, at=clock.now())]

    assert told == {firm.meng: [], firm.wu: [("zhou", "")]}
