"""What the database still refuses when the code of a web process is wrong: it writes in nobody else's name, opens no door,
and moves no request that is not its reader's."""

from typing import Any

import asyncpg
import pytest

from desk import db
from desk.tickets import actions as tickets
from tests.firm import Firm

_TICKET = """
insert into tickets (number, service, department, accountable, requester, requesting_department, state, channel, filed_at, reopened, title,
                     body, tier, owner_department, opens_to, sealed, day, audience)
select nextval('ticket_numbers'), service, department, accountable, $2, requesting_department, 'open', 'web', filed_at, 0, 't', 'b', 1,
       owner_department, 1, false, day, '{staff}' from tickets where id = $1
"""
_UPDATE = """
insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason, opens_to, sealed, day, audience)
select 'token', id, $2, filed_at, 'message', true, 'b', $3, owner_department, 'legal', 1, false, day, $4 from tickets where id = $1
"""
_FILE = """
insert into attachments (token, ticket, author, at, name, kind, size, digest, object, tier, owner_department, opens_to, sealed, day, audience)
select 'token', id, $2, filed_at, 'n', 'k', 1, 'd', 'o', 1, owner_department, 1, false, day, '{staff}' from tickets where id = $1
"""
_EVENT = """
insert into promise_events (promise, ticket, item, at, kind, by, audience)
select id, ticket, 'ticket:' || ticket, started_at, 'kept', $2, '{staff}' from promises where ticket = $1 limit 1
"""
IN_THE_NAME_OF = {
    "tickets": _TICKET,
    "updates": _UPDATE.replace("$3", "1").replace("$4", "'{staff}'"),
    "attachments": _FILE,
    "promise_events": _EVENT,
    "hops": "insert into hops (ticket, holder, since, by, audience) values ($1, 'nobody', '2030-01-01', $2, '{staff}')",
    "watches": "insert into watches (ticket, person, audience) values ($1, $2, '{staff}')",
    "entries": "insert into entries (tag, at, by, ticket, subject, audience) values ('x', '2030-01-01', $2, $1, 'x', '{staff}')",
}  # fmt: skip


async def _does(who: db.Reader, sql: str, *values: Any) -> None:
    async with db.acting_as(who):
        await db.fetch(sql, *values)


@pytest.mark.parametrize("table", IN_THE_NAME_OF)
async def test_nobody_writes_in_the_name_of_another(firm: Firm, superuser: asyncpg.Connection, table: str) -> None:
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.lin)).id
    await superuser.execute("update hops set until = since")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.wu, IN_THE_NAME_OF[table], ticket, firm.lin.person)
    await _does(firm.wu, IN_THE_NAME_OF[table], ticket, firm.wu.person)


@pytest.mark.parametrize("name", ["grants", "recusals"])
async def test_nobody_lets_anybody_in_or_shuts_anybody_out_by_hand(firm: Firm, name: str) -> None:
    columns = {"grants": "person, item, since, until, by, why", "recusals": "person, ticket, since, by, why"}[name]
    values = {"grants": "$1, 'ticket:1', $2, $2, $1, ''", "recusals": "$1, 1, $2, $1, ''"}[name]
    sql = f"insert into {name} ({columns}) values ({values})"  # noqa: S608

    for who in (firm.admin, db.NOBODY):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _does(who, sql, firm.zhao.person, firm.time.at)


@pytest.mark.parametrize(("tier", "locks"), [(1, ["staff"]), (3, ["staff"]), (3, ["everyone"]), (1, ["handlers:{}"])])
async def test_what_hangs_on_a_request_is_no_wider_than_the_request(firm: Firm, tier: int, locks: list[str]) -> None:
    ticket = (await firm.case(await firm.files(firm.lin, "my pay", service="payroll"), firm.han)).id
    shut = [f"handlers:{firm.hr}"]

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.han, _UPDATE, ticket, firm.han.person, tier, [lock.format(firm.hr) for lock in locks])
    await _does(firm.han, _UPDATE, ticket, firm.han.person, 3, shut)


async def test_words_and_files_have_no_lock_beyond_their_label(firm: Firm) -> None:
    """The department of a colleague elsewhere would be as far as 2 reaches, but has no part in it."""
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.wu)).id
    legal, finance = [f"department:{firm.legal}", f"person:{firm.wu.person}"], [f"department:{firm.finance}"]

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.wu, _UPDATE, ticket, firm.wu.person, 2, legal)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.wu, _TICKET.replace("{staff}", "{everyone}"), ticket, firm.wu.person)
    await _does(firm.wu, _UPDATE, ticket, firm.wu.person, 2, finance)


async def test_under_an_internal_request_nothing_is_open_to_guests(firm: Firm) -> None:
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.wu)).id

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.wu, _UPDATE, ticket, firm.wu.person, 1, ["everyone"])


@pytest.mark.parametrize("who", ["zhao", "lin", "han", "meng"])
async def test_who_merely_reads_a_request_gives_it_to_nobody(firm: Firm, who: str) -> None:
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.wu)).id
    me = firm.people[who]

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(me, "update tickets set handler = $2 where id = $1", ticket, me.person)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(me, "update tickets set department = $2 where id = $1", ticket, firm.hr)


@pytest.mark.parametrize("who", ["zhao", "han", "meng"])
async def test_who_neither_asks_nor_serves_moves_no_state(firm: Firm, who: str) -> None:
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.wu)).id

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.people[who], "update tickets set state = 'withdrawn' where id = $1", ticket)


async def test_a_program_of_low_reach_still_takes_what_its_person_handles(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")

    await firm.does(db.Reader(firm.wu.person, cap=1), tickets.take, number)

    assert (await firm.case(number, firm.lin)).handler == firm.wu.person


async def test_a_head_without_a_level_assigns_what_the_department_holds(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")

    await firm.does(firm.qian, tickets.assign, number, firm.zhou.person)

    assert (await firm.case(number, firm.lin)).handler == firm.zhou.person


async def test_who_was_head_once_assigns_nothing_any_more(firm: Firm, superuser: asyncpg.Connection) -> None:
    ticket = (await firm.case(await firm.lin_asks_for("a question"), firm.wu)).id
    await superuser.execute(
        "update headships set since = $1::timestamptz - interval '9 days', until = $1", firm.time.at
    )

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _does(firm.qian, "update tickets set handler = $2 where id = $1", ticket, firm.zhou.person)
