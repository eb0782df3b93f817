"""Every query runs as somebody."""

import asyncio
import contextvars

import asyncpg
import pytest
from piccolo.engine.exceptions import TransactionError

from desk import db
from desk.db import NOBODY, Lost, OutsideTransaction, Reader
from desk.directory.tables import Person
from tests.firm import Firm


@pytest.mark.usefixtures("desk")
async def test_a_query_that_nobody_runs_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        await Person.select()
    with pytest.raises(OutsideTransaction):
        await db.fetch("select 1")


@pytest.mark.usefixtures("desk")
async def test_a_transaction_inside_another_is_refused() -> None:
    with pytest.raises(TransactionError):
        async with db.acting_as(NOBODY), db.acting_as(NOBODY):
            pass


async def test_the_next_reader_of_a_connection_has_nothing_of_the_last(firm: Firm) -> None:
    await firm.lin_asks_for("a laptop")

    assert len(await firm.rows(firm.wu, "select from tickets")) == 1
    assert await firm.rows(NOBODY, "select from tickets") == []
    async with db.acting_as(NOBODY, writing=False):
        assert await db.call("select reader_keys()") == []


async def test_after_a_failure_the_task_can_go_on_as_somebody_else(firm: Firm) -> None:
    with pytest.raises(asyncpg.PostgresError):
        async with db.acting_as(firm.wu):
            await db.fetch("select no_such_column from tickets")

    async with db.acting_as(firm.lin, writing=False):
        assert db.reader() == firm.lin


async def test_a_reading_door_sees_one_snapshot_and_writes_nothing(firm: Firm) -> None:
    async with db.acting_as(firm.lin, writing=False):
        before = await db.call("select count(*) from tickets")
        await asyncio.create_task(_files(firm), context=_apart())
        assert await db.call("select count(*) from tickets") == before
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await db.call("select nextval('ticket_numbers')")


async def test_what_follows_a_commit_does_not_follow_a_rollback(firm: Firm) -> None:
    rung: list[str] = []

    async def ring() -> None:
        rung.append("rung")

    with pytest.raises(RuntimeError):
        async with db.acting_as(firm.wu):
            db.after_commit("bell", ring)
            raise RuntimeError
    assert rung == []
    async with db.acting_as(firm.wu):
        db.after_commit("bell", ring)
        db.after_commit("bell", ring)
        assert rung == []
    assert rung == ["rung"]


async def test_a_condition_that_holds_no_more_is_said(firm: Firm) -> None:
    async with db.acting_as(NOBODY):
        query = Person.update({Person.title: "x"})
        await db.once(query.where(Person.id == firm.lin.person))
        with pytest.raises(Lost):
            await db.once(Person.update({Person.title: "y"}).where(Person.title == "nobody has it"))


async def test_a_connection_that_is_cut_does_not_poison_the_task(firm: Firm, superuser: asyncpg.Connection) -> None:
    with pytest.raises(db.Unavailable):
        async with db.acting_as(firm.wu):
            await superuser.execute("select pg_terminate_backend($1)", await db.call("select pg_backend_pid()"))
            await db.call("select 1")

    assert await firm.rows(firm.wu, "select 1")


async def test_rights_change_with_the_next_transaction(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    assert await firm.reads(firm.han, number)

    await superuser.execute("update memberships set level = 2 where person = $1", firm.han.person)

    assert not await firm.reads(firm.han, number)


async def test_a_token_reaches_no_further_than_its_tier(firm: Firm) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")

    reaching = [bool(await firm.reads(Reader(firm.han.person, cap=cap), number)) for cap in range(5)]

    assert reaching == [False, False, False, True, True]


async def _files(firm: Firm) -> None:
    await firm.files(firm.meng, "another")


def _apart() -> contextvars.Context:
    return contextvars.Context()
