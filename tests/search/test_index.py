"""Where words stand that a reader may read: the index follows the locks, and is put in with the words."""

import asyncpg
import pytest

from desk import db
from desk.db import Reader
from desk.search import actions as search
from desk.search import rules
from desk.tickets import jobs
from tests.firm import Firm

_FIND = "select portion from search_terms($1::text::tsquery, null, null, 50)"
_SHAPES = """
select e.portion, e.reach,
       array(select l.lexeme from unnest(e.terms) l where left(l.lexeme, 1) in ('=', '!') order by 1) as locks
  from search_entries e order by e.id
"""
_LOCKS = """
select audience from tickets where 'ticket:' || id = $1 union all select audience from updates where 'update:' || id = $1
"""
SECRET = "斑马工资 zebra"


async def finds(firm: Firm, who: Reader, typed: str) -> list[str]:
    rows = await firm.rows(who, _FIND, rules.of_query(typed).words)
    return [row["portion"].partition(":")[0] for row in rows]


async def test_words_are_found_as_soon_as_they_are_written(firm: Firm) -> None:
    number = await firm.lin_asks_for("报销单被退回", body="BX-1107 came back")
    await firm.wu_replies(number, "请补一张发票")

    assert await finds(firm, firm.zhao, "报销") == ["ticket"]
    assert await finds(firm, firm.zhao, "bx-110") == ["ticket"]
    assert await finds(firm, firm.zhao, "发票") == ["update"]
    assert await finds(firm, firm.zhao, str(number)) == ["ticket"]
    assert await finds(firm, firm.zhao, "销单 退回") == ["ticket"]
    assert await finds(firm, firm.zhao, "退回报销") == []


async def test_what_a_form_was_answered_is_found(firm: Firm, superuser: asyncpg.Connection) -> None:
    await superuser.execute(
        "insert into fields (service, position, name, kind, label_zh, label_en, hint_zh, hint_en, choices, required)"
        " select id, 1, 'shop', 'text', '商店', 'Shop', '', '', '[]', false from services where code = 'expenses'"
    )
    await firm.lin_asks_for("a receipt", fields={"shop": "Nordlicht GmbH"})

    assert await finds(firm, firm.zhao, "nordlicht") == ["ticket"]


async def test_the_newest_stands_first(firm: Firm) -> None:
    for title in ("first invoice", "second invoice"):
        await firm.lin_asks_for(title)
    rows = await firm.rows(firm.zhao, "select at, place from search_terms('invoice', null, null, 50)")

    assert [row["place"] for row in rows] == sorted((row["place"] for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("tier", "readers"),
    [(1, "lin wu zhou qian zhao meng han"), (2, "lin wu zhou qian meng"), (3, "wu zhou qian")],
)
async def test_a_note_is_found_by_those_who_may_read_it(firm: Firm, tier: int, readers: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, SECRET, tier=tier, reason="legal", sentence="x")

    found = {who for who in firm.people if await finds(firm, firm.people[who], "斑马")}

    assert found - {"admin"} == set(readers.split())


async def test_a_guest_finds_what_is_open_and_their_own(firm: Firm, superuser: asyncpg.Connection) -> None:
    await superuser.execute("update services set tier = 0 where code = 'anything'")
    await firm.files(firm.lin, "open zebra", service="anything")
    await firm.lin_asks_for("internal zebra")
    await firm.files(firm.guest, "my zebra", service="anything", tier=2, reason="legal")

    assert await finds(firm, firm.guest, "zebra") == ["ticket", "ticket"]
    assert await finds(firm, Reader(firm.zhao.person, cap=0), "zebra") == ["ticket"]
    assert await finds(firm, Reader(firm.lin.person, cap=1), "zebra") == ["ticket", "ticket"]
    assert await finds(firm, db.NOBODY, "zebra") == []


async def test_the_locks_in_the_index_are_those_of_the_words(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.files(firm.lin, SECRET, service="budget")
    await firm.wu_replies(number, SECRET)
    await firm.wu_hands_over(number, firm.legal)

    shapes = await superuser.fetch(_SHAPES)
    for shape in shapes:
        locks = await superuser.fetchval(_LOCKS, shape["portion"])
        assert shape["locks"] == sorted([f"={lock}" for lock in locks] + [f"={shape['portion']}"])
    assert await finds(firm, firm.zhao, "斑马") == ["update", "ticket"]


async def test_words_that_open_by_themselves_are_found_then(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, SECRET, tier=2, reason="negotiation")
    assert await finds(firm, firm.zhao, "斑马") == []

    firm.clock_says("2027-03-01 09:00")
    await jobs.open_words()

    assert await finds(firm, firm.zhao, "斑马") == ["update"]


async def _relocked(superuser: asyncpg.Connection, number: int) -> None:
    await superuser.execute("select relock_ticket(id) from tickets where number = $1", number)


async def test_what_is_sealed_stands_outside_the_common_index_until_it_is_not(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.files(firm.lin, SECRET, service="payroll", body=SECRET)
    for sealed, reach in ((True, 3), (False, 2)):
        await superuser.execute("update tickets set sealed = $2 where number = $1", number, sealed)
        await _relocked(superuser, number)

        assert [row["reach"] for row in await superuser.fetch(_SHAPES)] == [reach]
        assert await finds(firm, firm.han, "斑马") == ["ticket"]
        assert await finds(firm, firm.lin, "斑马") == ["ticket"]
        assert await finds(firm, firm.wu, "斑马") == []


async def test_words_under_what_is_sealed_stand_outside_it_too(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.files(firm.lin, "a question", service="payroll")
    await firm.replies(firm.han, number, SECRET)
    for sealed, reach in ((True, 3), (False, 2)):
        await superuser.execute("update tickets set sealed = $2 where number = $1", number, sealed)
        await _relocked(superuser, number)

        assert [row["reach"] for row in await superuser.fetch(_SHAPES)] == [reach, reach]
        assert await finds(firm, firm.han, "斑马") == ["update"]
        assert await finds(firm, firm.wu, "斑马") == []

    await superuser.execute("update tickets set sealed = true where number = $1", number)
    await _relocked(superuser, number)
    await firm.replies(firm.han, number, SECRET)
    assert [row["reach"] for row in await superuser.fetch(_SHAPES)] == [3, 3, 3]


async def test_whoever_is_recused_finds_only_by_their_own_keys(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    await superuser.execute(
        "insert into recusals (person, ticket, since, by, why) select p.id, t.id, '2026-01-01', p.id, 'x' from people p, tickets t"
        " where p.login in ('zhou', 'wu')"
    )

    assert await finds(firm, firm.zhou, "斑马") == []
    assert await finds(firm, firm.wu, "斑马") == ["update"]
    assert await finds(firm, firm.zhou, "laptop") == ["ticket"]


async def test_a_grant_finds_while_it_is_live(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    note = await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    await superuser.execute(
        "insert into grants (person, item, since, until, by, why) values ($1, $2, '2026-01-01', '2026-11-21', $1, 'x')",
        firm.zhao.person, f"update:{note.id}",
    )  # fmt: skip
    assert await finds(firm, firm.zhao, "斑马") == ["update"]

    firm.clock_says("2026-11-23 09:00")

    assert await finds(firm, firm.zhao, "斑马") == []


async def test_whoever_has_left_finds_nothing(firm: Firm, superuser: asyncpg.Connection) -> None:
    await firm.lin_asks_for("a laptop")
    await superuser.execute("update people set left_at = '2026-11-01' where login = 'zhao'")

    assert await finds(firm, firm.zhao, "laptop") == []


async def test_nobody_puts_words_on_what_they_neither_wrote_nor_may_read(firm: Firm) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    item = (await firm.case(number, firm.lin)).item

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhao):
            await search.put(item, ["zebra"])
    async with db.acting_as(firm.han):
        await search.put(item, ["zebra"])  # may read it, did not write it: what stands there stays

    assert await finds(firm, firm.han, "zebra") == []


async def test_locks_are_never_believed(firm: Firm) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    item = (await firm.case(number, firm.lin)).item
    async with db.acting_as(firm.lin):
        await db.call("select search_put($1, $2::text::tsvector)", item, "'=staff' '=everyone' '!sealed' 'zebra'")

    assert await finds(firm, firm.zhao, "zebra") == []
    assert await finds(firm, firm.han, "zebra") == ["ticket"]


@pytest.mark.parametrize("right", ["select", "insert", "update", "delete"])
async def test_the_desk_has_no_right_on_the_index(superuser: asyncpg.Connection, right: str) -> None:
    assert not await superuser.fetchval("select has_table_privilege('desk_app', 'search_entries', $1)", right)
