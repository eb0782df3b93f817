"""The table of specs/disclosure.md as the running product answers it: its page and its API, after the real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from desk import clock, db, settings
from desk.accounts import actions as accounts
from desk.disclosure.commands import explained
from desk.tickets import jobs
from tests.access.test_labels import WHY, raises
from tests.access.test_seals import agrees, asks
from tests.firm import Firm, local
from tests.site import Site

SPEC = """
| reader | open | internal | department | restricted | core | restricted sealed | core sealed | core, declassified |
|---|---|---|---|---|---|---|---|---|
| author of the item | READ | READ | READ | READ | READ | READ | READ | READ |
| requester | READ | READ | READ | MARK | MARK | NONE | NONE | READ |
| requester's colleague | READ | READ | READ | MARK | MARK | NONE | NONE | READ |
| requester's head | READ | READ | READ | MARK | MARK | NONE | NONE | READ |
| member, serving department | READ | READ | READ | MARK | MARK | NONE | NONE | READ |
| handler or own head, serving department | READ | READ | READ | READ | MARK | READ | NONE | READ |
| employee elsewhere | READ | READ | MARK | MARK | MARK | NONE | NONE | READ |
| system administrator | READ | READ | MARK | MARK | MARK | NONE | NONE | READ |
| guest | NONE | NONE | NONE | NONE | NONE | NONE | NONE | NONE |
| holder of a live grant | READ | READ | READ | READ | READ | READ | READ | READ |
| holder of an expired grant | READ | READ | MARK | MARK | MARK | NONE | NONE | READ |
| left the company | NONE | NONE | NONE | NONE | NONE | NONE | NONE | NONE |
"""
WORDS = "zebra among us"
_PERSON = "insert into people (login, name, email, department, guest) values ($1::text, $1::text, $1::text, $2, false) returning id"
_GRANT = "insert into grants (person, item, since, until, by, why) values ($1, $2, $3, $4, $5, 'asked')"


@dataclass
class World:
    site: Site
    firm: Firm
    numbers: dict[str, int]  # column -> the request with its note
    people: dict[str, list[int]]  # row -> who stands for it


def _table() -> tuple[list[str], dict[str, list[str]]]:
    rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in SPEC.strip().splitlines()]
    return rows[0][1:], {row[0]: row[1:] for row in rows[2:]}


async def _note(firm: Firm, column: str) -> tuple[int, int]:
    """(number, id of the note)"""
    number = await firm.lin_asks_for("a question")
    tier = {"open": 0, "internal": 1, "department": 2}.get(column, 3)
    if column != "core, declassified":
        note = await firm.wu_notes(number, WORDS, tier=tier, **(WHY if tier >= 2 else {}))
    else:
        note = await firm.wu_notes(number, WORDS, tier=1)
        await raises(firm, firm.wu, number, note.token, 3, days=2)
    if column.startswith("core"):
        days = {"days": 2} if column == "core, declassified" else {}
        await agrees(firm, firm.han, await asks(firm, firm.wu, number, note.token, "core", **days))
    if "sealed" in column:
        await agrees(firm, firm.han, await asks(firm, firm.wu, number, note.token, "seal"))
    return number, note.id


async def _hire(root: asyncpg.Connection, login: str, department: int) -> int:
    who: int = await root.fetchval(_PERSON, login, department)
    await root.execute("insert into memberships (person, department, level) values ($1, $2, 2)", who, department)
    return who


async def _cast(firm: Firm, root: asyncpg.Connection, notes: list[int], now: datetime) -> dict[str, list[int]]:
    head = await _hire(root, "head", firm.operations)
    await root.execute(
        "insert into headships (department, person, since) values ($1, $2, $3)", firm.operations, head, now
    )
    live, expired = await _hire(root, "live", firm.legal), await _hire(root, "expired", firm.legal)
    for note in notes:
        for who, until in ((live, now + timedelta(days=9)), (expired, now)):
            await root.execute(_GRANT, who, f"update:{note}", now - timedelta(days=1), until, firm.wu.person)
    return {
        "author of the item": [firm.wu.person],
        "requester": [firm.lin.person],
        "requester's colleague": [firm.meng.person],
        "requester's head": [head],
        "member, serving department": [await _hire(root, "member", firm.finance)],
        "handler or own head, serving department": [firm.zhou.person, firm.qian.person],
        "employee elsewhere": [firm.zhao.person],
        "system administrator": [firm.admin.person],
        "guest": [firm.guest.person],
        "holder of a live grant": [live],
        "holder of an expired grant": [expired],
        "left the company": [await _hire(root, "left", firm.finance)],
    }


@pytest.fixture
async def world(site: Site, firm: Firm, superuser: asyncpg.Connection) -> World:
    columns, _ = _table()
    notes = {column: await _note(firm, column) for column in columns}
    firm.clock_says("2026-11-23 10:00")
    await jobs.open_words(local("2026-11-23 10:00"))
    people = await _cast(firm, superuser, [note for _, note in notes.values()], clock.now())
    return World(site, firm, {column: number for column, (number, _) in notes.items()}, people)


async def _enter(world: World, person: int) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
    """A browser and a program."""
    async with db.acting_as(db.Reader(person)):
        secret = await accounts.start_session(person, address="10.0.0.7", browser="test")
        token = await accounts.make_token(person, "test", cap=4)
    browser = await world.site.stranger()
    browser.cookies.set("desk-session", secret, domain=httpx.URL(settings.current().base_url).host, path="/")
    program = await world.site.stranger()
    program.headers["authorization"] = f"Bearer {token}"
    return browser, program


async def _on_page(browser: httpx.AsyncClient, number: int) -> str:
    text = (await browser.get(f"/requests/{number}")).text
    return "READ" if WORDS in text else "MARK" if 'class="marker"' in text else "NONE"


async def _by_program(program: httpx.AsyncClient, number: int) -> str:
    told: dict[str, Any] = (await program.get(f"/api/requests/{number}")).json()
    if WORDS in str(told):
        return "READ"
    return "MARK" if told.get("markers") else "NONE"


async def test_the_running_product_is_the_table_of_the_specification(
    world: World, superuser: asyncpg.Connection
) -> None:
    columns, table = _table()
    entered = {(row, n): await _enter(world, who) for row, of in world.people.items() for n, who in enumerate(of)}
    await superuser.execute("update people set left_at = $1 where login = 'left'", clock.now())

    pages, programs = {}, {}
    for (row, n), (browser, program) in entered.items():
        pages[row, n] = [await _on_page(browser, world.numbers[column]) for column in columns]
        programs[row, n] = [await _by_program(program, world.numbers[column]) for column in columns]

    wanted = {(row, n): table[row] for row, n in entered}
    assert pages == wanted
    assert programs == wanted
    assert len(table) == 12


async def test_a_level_that_is_taken_away_is_gone_at_the_next_query(
    world: World, superuser: asyncpg.Connection
) -> None:
    """The browser is the same, and so is its session."""
    browser, program = await _enter(world, world.firm.zhou.person)
    number = world.numbers["restricted"]
    assert (await _on_page(browser, number), await _by_program(program, number)) == ("READ", "READ")

    await superuser.execute("update memberships set level = 2 where person = $1", world.firm.zhou.person)
    assert (await _on_page(browser, number), await _by_program(program, number)) == ("MARK", "MARK")

    await superuser.execute("update people set left_at = $1 where id = $2", clock.now(), world.firm.zhou.person)
    assert (await _on_page(browser, number), await _by_program(program, number)) == ("NONE", "NONE")


async def test_the_rows_of_the_spec_are_explained_so(world: World) -> None:
    """What `desk disclosure explain` says is what the page shows."""
    columns, table = _table()
    for row, of in world.people.items():
        for who in of:
            login = (await world.firm.rows(world.firm.admin, "select login from people where id = $1", who))[0]["login"]
            for column, sight in zip(columns, table[row], strict=True):
                if row == "left the company":
                    continue
                lines = await explained(login, world.numbers[column], "en")
                assert WORDS not in "\n".join(lines)
                assert lines[-1].startswith(sight), (row, column, lines)
