"""Letters are fetched from a real Dovecot: each is one row, then it lies in Processed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import pytest

from desk import db
from desk.mail.actions.mailboxes import NotMoved, Session
from desk.mail.jobs import fetching
from desk.mail.jobs.fetching import fetch
from desk.mail.rules.limits import HEAD_BYTES, MOST_BYTES
from tests.mail.dovecot import PASSWORD, Dovecot, Inbox
from tests.mail.letters import letter
from tests.mail.outage import away

pytestmark = pytest.mark.usefixtures("desk")
_ROWS = "select content from letters order by id"


@asynccontextmanager
async def fetching_from(*inboxes: Inbox, poll: float = 600) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(fetch(inbox.mailbox, poll=poll)) for inbox in inboxes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def eventually(holds: Callable[[], Awaitable[Any]]) -> None:
    async with asyncio.timeout(180):  # only a fault lasts that long
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def emptied(inbox: Inbox) -> None:
    await eventually(lambda: asyncio.to_thread(lambda: not inbox.holds()))


async def rows(superuser: asyncpg.Connection) -> list[bytes]:
    return [row[0] for row in await superuser.fetch(_ROWS)]


def numbered(*numbers: int) -> list[bytes]:
    return [letter(f"number {n}") for n in numbers]


async def test_each_letter_is_one_row_and_lies_in_processed(inbox: Inbox, superuser: asyncpg.Connection) -> None:
    inbox.put(*numbered(*range(120)))
    async with fetching_from(inbox):
        await emptied(inbox)

    assert sorted(await rows(superuser)) == sorted(numbered(*range(120)))
    assert sorted(inbox.holds("Processed")) == sorted(numbered(*range(120)))
    row = await superuser.fetchrow("select distinct channel, recipients, sender from letters")
    assert tuple(row) == (f"imap:127.0.0.1/{inbox.user}/INBOX", [inbox.user], None)


async def test_what_comes_later_is_told_by_the_server(inbox: Inbox, superuser: asyncpg.Connection) -> None:
    """The poll is ten minutes away."""
    inbox.put(*numbered(1))
    async with fetching_from(inbox):
        await emptied(inbox)
        for number in range(2, 12):  # also between its look and its wait
            inbox.put(*numbered(number))
        await emptied(inbox)

    assert await rows(superuser) == numbered(*range(1, 12))


async def test_a_server_that_tells_nothing_is_asked_now_and_then(superuser: asyncpg.Connection) -> None:
    with Dovecot(more="imap_capability = IMAP4rev1 NAMESPACE ID\nimap_id_log = *") as server:
        inbox = server.box()
        async with fetching_from(inbox, poll=0.2):
            for number in (1, 2):
                inbox.put(*numbered(number))
                await emptied(inbox)

        assert await rows(superuser) == numbered(1, 2)
        assert "ID sent: name=Desk" in server.log()
        assert inbox.holds("Processed") == numbered(1, 2)  # copied and expunged: it cannot MOVE


async def test_what_somebody_has_read_is_fetched_all_the_same(inbox: Inbox, superuser: asyncpg.Connection) -> None:
    inbox.put(*numbered(1), flags=(b"\\Seen", b"\\Answered"))
    async with fetching_from(inbox):
        await emptied(inbox)

    assert await rows(superuser) == numbered(1)


async def test_numbers_that_begin_anew_hide_no_letter(inbox: Inbox, superuser: asyncpg.Connection) -> None:
    inbox.put(*numbered(1, 2, 3))
    async with fetching_from(inbox):
        await emptied(inbox)
    inbox.put(*numbered(4))
    inbox.renumber(7)
    async with fetching_from(inbox):
        await emptied(inbox)
        await eventually(lambda: superuser.fetchval("select uidvalidity = 7 from channels"))

    assert await rows(superuser) == numbered(1, 2, 3, 4)


async def test_two_on_one_mailbox_fetch_each_letter_once(inbox: Inbox, superuser: asyncpg.Connection) -> None:
    inbox.put(*numbered(*range(60)))
    async with fetching_from(inbox, inbox):
        inbox.put(*numbered(*range(60, 90)))
        await emptied(inbox)

    assert sorted(await rows(superuser)) == sorted(numbered(*range(90)))
    assert len(inbox.holds("Processed")) == 90


async def test_two_without_a_lease_keep_each_letter_once(
    inbox: Inbox, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "lease", _unguarded)
    inbox.put(*numbered(*range(60)))
    async with fetching_from(inbox, inbox):
        await emptied(inbox)

    assert sorted(await rows(superuser)) == sorted(numbered(*range(60)))


@asynccontextmanager
async def _unguarded(name: str) -> AsyncIterator[Any]:
    class Free:
        def check(self) -> None: ...

    yield Free()


async def test_of_a_letter_that_is_too_big_the_beginning_is_kept_and_it_holds_up_nobody(
    inbox: Inbox, superuser: asyncpg.Connection
) -> None:
    big = letter("big") + b"\r\n" + b"x" * 70 * 1024 * 400
    assert len(big) > MOST_BYTES
    inbox.put(*numbered(1), big, *numbered(2))
    async with fetching_from(inbox):
        await emptied(inbox)

    found = [tuple(row) for row in await superuser.fetch("select fault, length(content) from letters order by uid")]
    assert found[1] == (f"too_big: {len(big)} bytes", HEAD_BYTES)
    assert [row[0] is None for row in found] == [True, False, True]
    assert (len(inbox.holds("Failed")), len(inbox.holds("Processed"))) == (1, 2)


async def test_while_the_database_is_away_letters_stay_where_they_are(
    inbox: Inbox, superuser: asyncpg.Connection
) -> None:
    async with fetching_from(inbox):
        await eventually(lambda: superuser.fetchval("select last_good_at from channels"))
        async with away(superuser):
            inbox.put(*numbered(1, 2))
            await asyncio.sleep(1)
            assert len(inbox.holds()) == 2
        await emptied(inbox)

    assert await rows(superuser) == numbered(1, 2)


async def test_a_server_that_moves_nothing_loses_and_doubles_nothing(
    inbox: Inbox, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stays(self: Session, uids: list[int], folder: str) -> None:
        if uids:
            raise NotMoved

    with monkeypatch.context() as patch:
        patch.setattr(Session, "move", stays)
        inbox.put(*numbered(1, 2))
        async with fetching_from(inbox):
            await eventually(lambda: superuser.fetchval("select fault = 'folder' from channels"))
    async with fetching_from(inbox):
        await emptied(inbox)

    assert await rows(superuser) == numbered(1, 2)


async def test_a_letter_that_the_server_does_not_give_away_is_given_up_after_some_tries(
    inbox: Inbox, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(*numbered(1, 2, 3))
    given = Session.letters

    async def without_the_second(self: Session, uids: list[int]) -> dict[int, bytes]:
        if 2 in uids:
            raise ConnectionResetError
        return await given(self, uids)

    monkeypatch.setattr(Session, "letters", without_the_second)
    monkeypatch.setattr(fetching, "pause", lambda fault, times: 0.0)
    async with fetching_from(inbox):
        await emptied(inbox)

    assert await superuser.fetchval("select uid from letters where fault = 'not_taken: 5 tries'") == 2
    assert (sorted(inbox.holds("Processed")), inbox.holds("Failed")) == (numbered(1, 3), numbered(2))


async def test_a_wrong_password_is_told_and_never_written_down(
    inbox: Inbox, superuser: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.user = f"{inbox.user}:x"  # nobody that Dovecot takes
    task = asyncio.create_task(fetch(inbox.mailbox))
    await eventually(lambda: superuser.fetchval("select fault = 'login' from channels"))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert "login" in caplog.text
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(inbox.mailbox)
