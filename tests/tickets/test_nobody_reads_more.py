"""Whatever is linked, merged, split or made a child of: nobody reads a portion that they did not read before."""

import random
from typing import Any

import asyncpg
import pytest

from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from tests.firm import Firm
from tests.tickets.test_linking import together

SERVICES = ("expenses", "expenses", "anything", "budget", "payroll")
PORTIONS = ("updates", "promises", "promise_events", "attachments", "hops")
SHUT: list[dict[str, Any]] = [
    {}, {"tier": 2, "reason": "legal"}, {"tier": 3, "reason": "legal", "sentence": "It is decided tomorrow."},
]  # fmt: skip


async def read(firm: Firm) -> dict[str, set[tuple[str, int]]]:
    """login -> every portion that somebody reads."""
    found: dict[str, set[tuple[str, int]]] = {}
    for login, who in firm.people.items():
        found[login] = {("tickets", row["id"]) for row in await firm.rows(who, "select id from tickets")}
        for table in PORTIONS:
            found[login] |= {(table, row["id"]) for row in await firm.rows(who, f"select id from {table}")}  # noqa: S608
    return found


async def requests(firm: Firm, dice: random.Random) -> list[int]:
    """Three of them, with words of any tier, by whoever asks."""
    numbers = []
    for _ in range(3):
        who = dice.choice([firm.lin, firm.meng, firm.zhao])
        numbers.append(await firm.files(who, "a matter", service=dice.choice(SERVICES)))
        for verb in dice.sample([firm.wu_notes, firm.replies], 2):
            await said(firm, verb, numbers[-1], dice)
    return numbers


async def said(firm: Firm, verb: Any, number: int, dice: random.Random) -> None:
    shut = dice.choice(SHUT)
    try:
        if verb == firm.wu_notes:
            await firm.wu_notes(number, "Beside it.", **shut)
        else:
            await firm.wu_replies(number, by="2026-11-25 10:00", **shut)
    except Refused:
        pass  # not 吴's to serve


async def something(firm: Firm, numbers: list[int], dice: random.Random) -> bool:
    """One deed of a handler; False where it was refused."""
    who, (one, other) = dice.choice([firm.wu, firm.wu, firm.qian, firm.han]), dice.sample(numbers, 2)
    draft = Draft(title="a part", service=dice.choice(SERVICES))
    words = [row["token"] for row in await firm.rows(who, _TOKENS, one)]
    try:
        match dice.choice(["merge", "merge", "link", "split", "child", "hand"]):
            case "merge":
                await together(firm, who, tickets.merge, one, other)
            case "link":
                await together(firm, who, tickets.link, one, other, dice.choice(["blocks", "relates", "duplicates"]))
            case "split":
                await firm.does(who, tickets.split, one, draft, dice.sample(words, min(1, len(words))))
            case _:
                await firm.does(who, tickets.file_child, one, draft, blocks=dice.random() < 0.5)
    except Refused:
        return False
    return True


_TOKENS = "select u.token from updates u join tickets t on t.id = u.ticket where t.number = $1"


@pytest.mark.parametrize("seed", range(6))
async def test_no_merge_split_link_or_child_shows_anybody_more(firm: Firm, seed: int) -> None:
    dice = random.Random(seed)
    numbers, done = await requests(firm, dice), 0
    for _ in range(12):
        before = await read(firm)
        known = set().union(*before.values())
        done += await something(firm, numbers, dice)
        after = await read(firm)
        for login in before:
            assert after[login] & known <= before[login], login

    assert done


@pytest.mark.parametrize("seed", range(4))
async def test_what_was_split_off_is_read_by_nobody_who_may_not_read_its_sources(firm: Firm, seed: int) -> None:
    dice = random.Random(seed)
    number = await firm.lin_asks_for("a matter", service=dice.choice(["expenses", "budget"]))
    note = await firm.wu_notes(number, "zebra", **dice.choice(SHUT))
    try:
        await firm.does(firm.wu, tickets.split, number, Draft(title="a part", service="budget"), [note.token])
    except Refused:
        return
    for who in firm.people.values():
        quoted = await firm.rows(who, "select from tickets where body like '%zebra%'")
        assert not quoted or "zebra" in await firm.words(who, number)


async def test_nobody_without_both_ends_moves_a_promise_by_hand(firm: Firm) -> None:
    one, other = await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a mouse")
    ids = [(await firm.case(number, firm.lin)).id for number in (one, other)]
    [promise] = await firm.promises(one, "first_reply")

    for who in (firm.wu, firm.lin, firm.zhao):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await firm.rows(who, "select move_promises($1, $2, $3)", *ids, [promise["id"]])
