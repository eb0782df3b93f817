"""Functions, policies and rights are what this version says, wherever the database comes from."""

import asyncio

import asyncpg
import pytest

from desk import db
from desk.migrations import guards
from tests.cluster import Cluster
from tests.firm import Firm
from tests.migrations.catalogue import QUERIES, catalogue
from tests.migrations.conftest import Bare, migrate, ran

_LEFT_OVER = """
set role desk_owner;
create policy everybody_reads on tickets for select to desk_app using (true);
create function peeping(bigint) returns text language sql security definer return 'x';
grant select (title) on tickets to desk_locksmith;
grant delete on entries to desk_app;
grant update (body) on updates to desk_app;
"""


async def _landed(url: str) -> None:
    code, told = await ran("tests.migrations.landed", url, url=url)
    assert code == 0, told


async def test_a_database_of_the_first_version_becomes_what_a_fresh_one_is(bare: Bare) -> None:
    fresh, landed = bare("fresh"), bare("landed")
    await _landed(landed)
    assert "guards" in await migrate(fresh)

    assert "guards" in await migrate(landed)

    here, there = await catalogue(landed), await catalogue(fresh)
    for kind in QUERIES:
        assert here[kind] == there[kind], kind


async def test_what_an_older_version_allowed_is_swept_away(bare: Bare, cluster: Cluster, database_url: str) -> None:
    url = bare("leftover")
    await _landed(url)
    cluster.postgres.psql(_LEFT_OVER, url.rpartition("@/")[2].partition("?")[0])

    await migrate(url)

    assert await catalogue(url) == await catalogue(database_url)


async def test_guards_that_have_not_changed_are_left_alone(bare: Bare) -> None:
    url = bare("again")
    await migrate(url)

    assert "up to date" in await migrate(url)


async def test_only_the_owner_says_which_guards_stand(superuser: asyncpg.Connection, database_url: str) -> None:
    assert await superuser.fetchval(guards._KNOWN) == guards.digest()
    connection = await asyncpg.connect(database_url, server_settings={"role": "desk_app"})

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("comment on table migration is 'mine'")
    await connection.close()


_STALE = "comment on table migration is 'of another version'"


async def test_readers_go_on_reading_over_new_guards(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    seen = [await firm.reads(who, number) for who in (firm.lin, firm.han, firm.zhao)]
    await superuser.execute(_STALE)

    assert await migrate(db.address()) == "Done: guards.\n"

    assert [await firm.reads(who, number) for who in (firm.lin, firm.han, firm.zhao)] == seen == [True, True, False]
    async with db.acting_as(firm.zhao, writing=False):
        assert len(await db.fetch("select * from ticket_marker($1)", number)) == 1


_OTHER_SHAPE = """
drop function concerned(bigint, timestamptz);
create function concerned(bigint, timestamptz) returns table (other text) language sql as $$ select 'another version' $$;
alter function concerned(bigint, timestamptz) owner to desk_locksmith;
"""


@pytest.mark.usefixtures("desk")
async def test_a_statement_prepared_for_older_guards_gives_no_wrong_answer(superuser: asyncpg.Connection) -> None:
    """It is "try again soon", and the next try is right."""
    ask = "select * from concerned(1, '2026-11-20')"
    async with db.acting_as(db.NOBODY):
        assert await db.fetch(ask) == []
    await superuser.execute(_OTHER_SHAPE)
    try:
        with pytest.raises(db.Unavailable):
            async with db.acting_as(db.NOBODY):
                await db.fetch(ask)
        async with db.acting_as(db.NOBODY):
            assert await db.call(ask) == "another version"
    finally:
        await superuser.execute(_STALE)
        await migrate(db.address())


_WAITS = """
select exists (select from pg_locks where relation = 'people'::regclass and mode = 'AccessExclusiveLock' and not granted
                  and database = (select oid from pg_database where datname = current_database()))
"""


async def test_a_reader_under_way_is_waited_for(firm: Firm, superuser: asyncpg.Connection) -> None:
    await superuser.execute(_STALE)
    async with db.acting_as(firm.lin, writing=False):
        migrating = asyncio.create_task(migrate(db.address()))
        async with asyncio.timeout(60):
            while not await superuser.fetchval(_WAITS):
                assert not migrating.done()
                await asyncio.sleep(0.05)
        assert await db.call("select reader_person()") == firm.lin.person

    assert await migrating == "Done: guards.\n"
