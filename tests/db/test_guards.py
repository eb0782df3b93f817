"""What the database itself holds, whatever the code above it forgets."""

import asyncpg
import pytest

from desk import db
from desk.migrations import piccolo_app
from tests.firm import Firm

_LOCKED = """
select c.relname, c.relrowsecurity and c.relforcerowsecurity as shut from pg_class c join pg_attribute a on a.attrelid = c.oid
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = 'audience' order by 1
"""
WITH_WORDS = {
    "attachments", "countersigns", "entries", "escalations", "hops", "letters", "notices", "promise_events", "promises", "reads", "removals", "report_changes", "sendings",
    "tickets", "unusual_reads", "updates", "watches", "webhook_calls",
}  # fmt: skip
APPEND_ONLY = ("updates", "entries", "promise_events", "attachments", "reads", "report_changes")
NEVER_MOVED_BY_HAND = ("audience", "tier", "owner_department", "sealed", "opens_on")


@pytest.mark.usefixtures("desk")
async def test_every_table_with_words_is_behind_forced_row_security(superuser: asyncpg.Connection) -> None:
    found = {row["relname"]: row["shut"] for row in await superuser.fetch(_LOCKED)}

    assert set(found) == WITH_WORDS
    assert all(found.values()), found


@pytest.mark.usefixtures("desk")
async def test_no_role_of_the_desk_stands_above_row_security(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch(
        "select rolname, rolsuper or rolbypassrls as above from pg_roles where rolname like 'desk%'"
    )

    assert {"desk_owner", "desk_app", "desk_search", "desk_locksmith"} <= {row["rolname"] for row in rows}
    assert not any(row["above"] for row in rows)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("right", ["update", "delete", "truncate"])
async def test_what_was_written_stays(superuser: asyncpg.Connection, table: str, right: str) -> None:
    assert not await superuser.fetchval("select has_table_privilege('desk_app', $1, $2)", table, right)
    columns = await superuser.fetch(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0", table
    )
    if right == "update":
        for column in columns:
            asked = "select has_column_privilege('desk_app', $1, $2, 'update')"
            assert not await superuser.fetchval(asked, table, column["attname"]), column


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("column", NEVER_MOVED_BY_HAND)
async def test_locks_are_moved_only_by_the_locksmith(superuser: asyncpg.Connection, column: str) -> None:
    asked = "select has_column_privilege('desk_app', $1, $2, 'update')"
    assert not await superuser.fetchval(asked, "tickets", column)
    assert await superuser.fetchval(asked.replace("desk_app", "desk_locksmith"), "tickets", column)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("table", "column"), [("tickets", "title"), ("tickets", "body"), ("updates", "body"), ("attachments", "name")]
)
async def test_the_locksmith_reads_no_words(superuser: asyncpg.Connection, table: str, column: str) -> None:
    asked = "select has_column_privilege('desk_locksmith', $1, $2, 'select')"
    assert not await superuser.fetchval(asked, table, column)


async def test_the_owner_of_the_tables_reads_no_words(firm: Firm, database_url: str) -> None:
    await firm.lin_asks_for("a laptop")
    connection = await asyncpg.connect(database_url, server_settings={"role": "desk_owner"})

    assert await connection.fetch("select title from tickets") == []
    await connection.close()


async def test_nothing_can_be_hung_on_a_request_that_one_cannot_read(firm: Firm) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    ticket = (await firm.case(number, firm.lin)).id
    hop = "insert into hops (ticket, holder, since, audience) values ($1, 'nobody', '2030-01-01', '{staff}')"

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhao):
            await db.call(hop, ticket)


async def test_nobody_writes_what_they_could_not_read(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    ticket = (await firm.case(number, firm.lin)).id
    entry = "insert into entries (tag, at, ticket, subject, data, audience) values ('x', '2026-01-01', $1, 'x', '{}', '{handlers:1}')"

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.guest):
            await db.call(entry, ticket)


async def test_one_superior_at_any_moment(firm: Firm, superuser: asyncpg.Connection) -> None:
    add = "insert into superiors (person, superior, since, until) values ($1, $2, $3::text::timestamptz, null)"
    await superuser.execute(add, firm.lin.person, firm.qian.person, "2031-01-01")

    with pytest.raises(asyncpg.ExclusionViolationError):
        await superuser.execute(add, firm.lin.person, firm.wu.person, "2031-06-01")


@pytest.mark.usefixtures("desk")
async def test_the_tables_in_the_database_are_those_in_the_code(superuser: asyncpg.Connection) -> None:
    added = {
        "reach",
        "during",
        "terms",
        "born",
        "born_in",
        "opened_on",
        "bytes",
        "counts_for",
        "counts_at",
    }  # of PostgreSQL's own kinds, or kept by triggers
    for table in piccolo_app.APP_CONFIG.table_classes:
        name, columns = table._meta.tablename, {column._meta.db_column_name for column in table._meta.columns}
        rows = await superuser.fetch(
            "select column_name::text from information_schema.columns where table_name = $1", name
        )
        assert {row["column_name"] for row in rows} - added == columns, name


async def test_an_automatic_migration_finds_nothing_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICCOLO_CONF", "desk.migrations.piccolo_conf")
    from piccolo.apps.migrations.commands.new import AutoMigrationManager

    statements = await AutoMigrationManager().get_alter_statements(piccolo_app.APP_CONFIG)

    assert [change for statement in statements for change in statement.statements] == []
