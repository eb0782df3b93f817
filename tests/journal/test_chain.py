"""Who rewrites the journal is found out: the chain names the first entry that is not as it was, the anchor an end that was cut."""

import asyncio
import subprocess
import sys

import asyncpg
import pytest

from desk import clock, db, settings, store
from desk.doctor.journal import anchored, verified
from desk.i18n import Refused
from desk.journal import actions, jobs, queries, rules
from tests.firm import Firm


@pytest.fixture
async def chained(firm: Firm, superuser: asyncpg.Connection) -> int:
    """Links of a journal in which something happened."""
    await store.drop(actions.ANCHOR)
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    await jobs.seal()
    links: int = await superuser.fetchval("select max(position) from chain_links")
    return links


async def _faults() -> list[str]:
    faults, _ = await verified()
    return [fault.say("en") for fault in faults]


async def test_every_entry_is_chained_once_in_its_order(
    firm: Firm, superuser: asyncpg.Connection, chained: int
) -> None:
    await firm.lin_asks_for("a second one")
    await jobs.seal()
    await jobs.seal()

    assert await _faults() == []
    links = await superuser.fetch("select entry from chain_links order by position")
    entries = await superuser.fetch("select id from entries order by id")
    assert [link["entry"] for link in links] == [entry["id"] for entry in entries]
    assert len(links) > chained > 0


@pytest.mark.parametrize(
    "change",
    ["data = data || '{\"x\": 1}'", "at = at + interval '1 microsecond'", "by = null", "subject = 'ticket:1'", "tag = 'x'", "ticket = null"],
)  # fmt: skip
async def test_the_first_entry_that_was_altered_is_named(
    firm: Firm, superuser: asyncpg.Connection, chained: int, change: str
) -> None:
    entry = await superuser.fetchval("select min(id) from entries where ticket is not null and by is not null")
    await superuser.execute(f"update entries set {change} where id >= $1", entry)  # noqa: S608 - from the list above

    assert await _faults() == [
        f"Entry {entry} of the journal (link {await _link(superuser, entry)}) has been altered or is gone. Compare it with a backup and find out who touched the database."
    ]


async def test_an_entry_that_was_taken_out_is_named_and_so_is_a_link(
    firm: Firm, superuser: asyncpg.Connection, chained: int
) -> None:
    entry = await superuser.fetchval("select entry from chain_links where position = $1", chained - 1)
    await superuser.execute("set session_replication_role = replica")
    await superuser.execute("delete from errands where entry = $1", entry)
    await superuser.execute("delete from entries where id = $1", entry)
    await superuser.execute("set session_replication_role = origin")
    assert f"Entry {entry} of the journal (link {chained - 1})" in (await _faults())[0]

    await superuser.execute("delete from chain_links where position = $1", chained - 1)
    assert f"Link {chained - 1} of the journal's chain is gone" in (await _faults())[0]


async def test_an_end_that_was_cut_is_found_and_the_sealer_does_not_cover_it(
    firm: Firm, superuser: asyncpg.Connection, chained: int
) -> None:
    await superuser.execute("set session_replication_role = replica")
    await superuser.execute(
        "delete from entries where id in (select entry from chain_links where position > $1)", chained - 2
    )
    await superuser.execute("delete from chain_links where position > $1", chained - 2)
    await superuser.execute("set session_replication_role = origin")
    assert (await _faults())[0].startswith("The journal's end was cut off or replaced")

    await firm.lin_asks_for("what happens afterwards")
    await jobs.seal()
    await jobs.seal()

    assert await superuser.fetchval("select max(position) from chain_links") >= chained - 2
    assert [fault[:40] for fault in await _faults()] == ["The journal's end was cut off or replaced"[:40]]
    await anchored()
    assert await _faults() == []


async def test_an_anchor_of_somebody_else_is_none(firm: Firm, chained: int) -> None:
    async with db.acting_as(db.NOBODY, writing=False):
        head = await queries.head()
    assert head is not None
    await store.put(actions.ANCHOR, rules.anchor(head, settings.current().secret + "x"))
    assert [fault[:40] for fault in await _faults()] == ["There is no anchor that this desk wrote, so"[:40]]

    await firm.lin_asks_for("a third one")
    await jobs.seal()
    assert await _faults() != []


async def test_no_anchor_is_set_on_a_broken_chain(superuser: asyncpg.Connection, chained: int) -> None:
    await superuser.execute("update entries set tag = 'x' where id = (select max(id) from entries)")

    with pytest.raises(Refused):
        await anchored()


async def test_locks_move_and_the_chain_holds(firm: Firm, superuser: asyncpg.Connection, chained: int) -> None:
    await superuser.execute("update entries set audience = '{person:1}'")

    assert await _faults() == []


async def test_what_commits_late_is_chained_behind_what_was_quicker(
    firm: Firm, superuser: asyncpg.Connection, database_url: str, chained: int
) -> None:
    slow = await asyncpg.connect(database_url.replace("//desk@", "//postgres@"))
    await slow.execute("begin; set local session_replication_role = replica")
    late = await slow.fetchval(
        "insert into entries (tag, at, subject, audience) values ('x', $1, 'person:1', '{staff}') returning id",
        clock.now(),
    )
    await firm.lin_asks_for("meanwhile")
    await jobs.seal()
    assert await _link(superuser, late) is None
    await slow.execute("commit")
    await slow.close()
    await jobs.seal()

    assert await _link(superuser, late) == await superuser.fetchval("select max(position) from chain_links")
    assert await _faults() == []


async def test_links_lie_on_the_disk_before_the_anchor_knows_them(firm: Firm, chained: int) -> None:
    """A worker commits without waiting; a link that a crash took back would look like an end that was cut off."""
    async with db.acting_as(db.NOBODY):
        await db.fetch("set local synchronous_commit = off")
        await actions.chain(at=clock.now(), at_most=100)
        assert await db.call("show synchronous_commit") == "on"


async def test_one_sealer_chains_at_a_time(firm: Firm, database_url: str, chained: int) -> None:
    other = await asyncpg.connect(database_url)
    await firm.lin_asks_for("meanwhile")
    async with other.transaction():
        await other.execute("select pg_advisory_xact_lock(hashtext('chain_links'))")
        async with db.acting_as(db.NOBODY):
            assert await actions.chain(at=clock.now(), at_most=100) == 0
    await other.close()
    async with db.acting_as(db.NOBODY):
        assert await actions.chain(at=clock.now(), at_most=100) > 0


@pytest.mark.parametrize(
    "asked", ["chain_entries(now(), 1)", "chain_head()", "chain_hash(1)", "broken_link(0, 9)", "unchained()"]
)
async def test_nobody_but_the_desk_touches_the_chain(firm: Firm, asked: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.qian):
            await db.fetch(f"select * from {asked}")  # noqa: S608 - from the list above


@pytest.mark.parametrize(("language", "sound"), [("en", "The journal is sound"), ("zh-CN", "日志完整")])
async def test_the_command_says_it_in_both_languages(chained: int, language: str, sound: str) -> None:
    command = [sys.executable, "-m", "desk.cli", "journal", "verify", "--language", language]
    told = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")
    assert sound in told.stdout


async def _link(root: asyncpg.Connection, entry: int) -> int | None:
    found: int | None = await root.fetchval("select position from chain_links where entry = $1", entry)
    return found
