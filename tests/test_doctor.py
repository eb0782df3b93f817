"""`desk doctor` names each fault in a sentence; every fault here is really made."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import say
from tests.cluster import Cluster, migrate
from tests.firm import Firm, found
from tests.webhooks.chat import added


async def examined(**settings: str) -> list[str]:
    """What it prints, in English."""
    environment = {**os.environ, "DESK_LANGUAGE": "en", **settings}
    command = [sys.executable, "-m", "desk.cli", "doctor"]
    doctor = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    said = (await doctor.communicate())[0].decode().splitlines()
    assert doctor.returncode == (0 if said == [say("en", "doctor.all_well")] else 1)
    return said


def sentence(key: str, **values: object) -> str:
    return say("en", f"doctor.{key}", **values)


@asynccontextmanager
async def broken(superuser: asyncpg.Connection, fault: str, mend: str) -> AsyncIterator[None]:
    await superuser.execute(fault)
    try:
        yield
    finally:
        await superuser.execute(mend)


@pytest.fixture
async def well(desk: None, superuser: asyncpg.Connection) -> Firm:
    """A firm that lacks nothing, in real time."""
    firm = await found(None)
    async with db.acting_as(db.NOBODY):
        for department in (firm.hr, firm.operations, firm.legal):
            await directory.set_head(department, firm.qian.person)
        for login in ("wu", "zhou", "han", "lin", "meng", "zhao", "admin"):
            await directory.set_superior(firm.people[login].person, firm.qian.person)
    await superuser.execute("update errands set state = 'done'")
    return firm


async def test_a_sound_desk_is_called_well(well: Firm):
    assert await examined() == [sentence("all_well")]


@pytest.mark.parametrize("change", ["disable row level security", "no force row level security"])
async def test_a_table_with_words_that_is_open_is_named(well: Firm, superuser: asyncpg.Connection, change: str):
    shut = "alter table updates enable row level security, force row level security"
    async with broken(superuser, f"alter table updates {change}", shut):
        assert sentence("open_table", table="updates") in await examined()


async def test_pending_migrations_are_counted(well: Firm, superuser: asyncpg.Connection):
    forgotten = "update migration set app_name = 'nobody' where id = (select max(id) from migration)"
    async with broken(superuser, forgotten, "update migration set app_name = 'desk'"):
        assert sentence("pending", n=1) in await examined()


async def test_rules_of_another_version_are_told(well: Firm, superuser: asyncpg.Connection):
    mark = await superuser.fetchval("select obj_description('migration'::regclass)")
    async with broken(superuser, "comment on table migration is 'others'", f"comment on table migration is '{mark}'"):
        assert await examined() == [sentence("old_guards")]


_LATE = """
update errands set state = 'waiting', next_at = next_at - interval '10 minutes'
 where entry = (select min(entry) from errands)
"""


async def test_an_errand_that_waits_and_one_that_is_dead_are_told(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute(_LATE)
    await superuser.execute("update errands set state = 'dead' where entry = (select max(entry) from errands)")

    said = await examined()
    assert [sentence("late_errand", n=10), sentence("dead_errands", n=1)] == said


async def test_a_letter_that_nobody_tries_to_send_is_told_where_there_is_a_server(
    well: Firm, superuser: asyncpg.Connection
):
    await superuser.execute(
        "insert into sendings (token, entry, person, subject, tag, address, message_id, state, tries, next_at, told, at, audience)"
        " select 'x', min(id), $1, 'x', 'x', 'x', 'x', 'queued', 0, clock_timestamp() - interval '10 minutes', 1, '2026-11-20', '{}' from entries",
        well.lin.person,
    )

    assert await examined() == ["All well."]
    assert await examined(DESK_SMTP_URL="smtp://127.0.0.1:9") == [sentence("late_letter", n=10)]


async def test_a_chat_that_hears_nothing_is_told(well: Firm, superuser: asyncpg.Connection):
    await added(well, "https://chat.example/hook")
    await superuser.execute(
        "insert into webhook_calls (entry, webhook, state, tries, next_at, at, audience)"
        " select (select max(id) from entries), id, 'dead', 10, made_at, made_at, '{staff}' from webhooks"
    )

    assert await examined() == [sentence("deaf_chats", n=1)]


async def test_a_clock_that_is_held_and_one_that_is_wrong_are_told(well: Firm, tmp_path: Path):
    (tmp_path / "clock").write_text("2020-01-01T00:00:00+00:00")
    said = await examined(DESK_CLOCK=str(tmp_path / "clock"))

    assert sentence("held_clock", file=tmp_path / "clock") in said
    assert any(line.startswith("The clock of the database and the one here are") for line in said)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (
            "with days as (delete from calendar_days where calendar in (select c.id from calendars c join departments d"
            " on d.id = c.department where d.code = 'hr')) delete from calendars where department ="
            " (select id from departments where code = 'hr')",
            "no_calendar",
        ),
        ("delete from headships where department = (select id from departments where code = 'hr')", "no_head"),
    ],
)
async def test_a_department_that_lacks_something_is_named(
    well: Firm, superuser: asyncpg.Connection, fault: str, named: str
):
    await superuser.execute(fault)

    assert sentence(named, department="Human Resources (hr)") in await examined()


async def test_people_without_a_superior_are_named_and_guests_need_none(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute("delete from superiors where person = (select id from people where login = 'lin')")

    assert await examined() == [sentence("no_superior", n=2, people="qian, lin")]


async def test_a_catalogue_that_takes_not_everything_is_told(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute("update services set catch_all = false")

    assert await examined() == [sentence("no_catch_all")]


async def test_an_empty_desk_is_told_how_to_begin(desk: None):
    assert await examined() == [sentence("nobody")]


async def test_the_example_secret_is_for_this_machine_only(well: Firm):
    assert await examined(DESK_HOST="0.0.0.0") == [sentence("example_secret")]
    assert await examined(DESK_BASE_URL="https://desk.example.cn") == [sentence("example_secret")]


async def test_servers_that_do_not_answer_are_named(environment: None, tmp_path: Path):
    away = {
        "DESK_DATABASE_URL": f"postgresql://desk@/desk?host={tmp_path}",
        "DESK_VALKEY_URL": f"unix://{tmp_path}/valkey",
    }

    said = await examined(**away)
    assert said == [sentence("no_valkey", why="ConnectionError"), sentence("no_database", why="FileNotFoundError")]


async def test_a_database_of_the_wrong_locale_is_told(cluster: Cluster, environment: None):
    name = f"desk_of_c_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    cluster.postgres.psql(f"create database {name} template template0 locale_provider libc locale 'C' encoding 'UTF8'")
    try:
        said = await examined(DESK_DATABASE_URL=cluster.postgres.url(name))
    finally:
        cluster.drop(name)

    assert said[0] == sentence("locale")


async def test_a_migration_that_is_pending_hides_nothing(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute("update services set catch_all = false")
    forgotten = "update migration set app_name = 'nobody' where id = (select max(id) from migration)"
    async with broken(superuser, forgotten, "update migration set app_name = 'desk'"):
        assert await examined() == [sentence("pending", n=1), sentence("no_catch_all")]


async def test_a_check_that_breaks_hides_no_other(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute("update errands set state = 'dead' where entry = (select max(entry) from errands)")
    gone = "alter table services rename to services_gone"
    async with broken(superuser, gone, "alter table services_gone rename to services"):
        dead, unseen = await examined()

    assert dead == sentence("dead_errands", n=1)
    assert unseen.startswith(
        'Departments, people and services could not be looked at (UndefinedTableError: relation "services"'
    )


async def test_a_clock_that_cannot_be_read_hides_no_other(well: Firm, tmp_path: Path):
    said = await examined(DESK_CLOCK=str(tmp_path / "none"), DESK_HOST="0.0.0.0")

    assert said[:2] == [sentence("example_secret"), sentence("held_clock", file=tmp_path / "none")]
    assert said[2].startswith("The clocks could not be looked at (FileNotFoundError")


async def test_a_superior_who_has_left_is_none(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute("update people set left_at = clock_timestamp() - interval '1 day' where login = 'qian'")

    assert any(line.startswith("7 people have no superior: wu, zhou") for line in await examined())


async def test_somebody_must_stand_at_the_top(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute(_CIRCLE)

    assert await examined() == [sentence("no_top")]


_CIRCLE = """
set session_replication_role = replica; -- as it may have been written before the database refused it
insert into superiors (person, superior, since)
select q.id, l.id, clock_timestamp() - interval '1 second' from people q, people l where q.login = 'qian' and l.login = 'lin';
set session_replication_role = origin
"""


async def test_a_valkey_that_never_answers_is_not_waited_for(well: Firm, tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        assert await examined(DESK_VALKEY_URL=f"unix://{tmp_path}/deaf") == [sentence("no_valkey", why="TimeoutError")]


async def test_another_locale_in_which_chinese_is_found_will_do(cluster: Cluster, environment: None):
    name = f"desk_of_libc_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    cluster.postgres.psql(
        f"create database {name} template template0 locale_provider libc locale 'C.UTF-8' encoding 'UTF8' owner desk"
    )
    try:
        migrate(cluster.postgres.url(name))
        assert await examined(DESK_DATABASE_URL=cluster.postgres.url(name)) == [sentence("nobody")]
    finally:
        cluster.drop(name)


async def test_it_speaks_the_language_of_the_operator(desk: None):
    assert await examined(DESK_LANGUAGE="zh-CN") == [say("zh-CN", "doctor.nobody")]


async def test_a_department_with_services_and_nobody_to_take_them_is_named(well: Firm, superuser: asyncpg.Connection):
    await superuser.execute(
        """delete from memberships where level = 3 and department = (select id from departments where code = 'hr');
        delete from headships where department = (select id from departments where code = 'hr')"""
    )

    assert sentence("no_handler", department="Human Resources (hr)") in await examined()
