"""The fetching process is killed with -9 where the server can only copy and expunge, so that a letter may lie in two
folders: nothing is lost, nothing doubled. Servers that can MOVE: tests/faults/test_two_hundred_kills.py.
"""

import asyncio
import random
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.mail.dovecot import Dovecot, Inbox
from tests.mail.letters import letter

ROOT = Path(__file__).parents[2]
POINTS = 24
FRESH = 4  # letters that arrive before each kill
LAST_STEP = 24
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("desk")]


async def fetched(inbox: Inbox, kill_at: int) -> int:
    command = [sys.executable, "-m", "tests.mail.killed", inbox.url, str(kill_at)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    return await process.wait()


async def stormed(inbox: Inbox) -> list[bytes]:
    """All letters that came, while one process after the other was killed and the last one was not."""
    dice, sent, ends = random.Random(20261129), [], []
    for point in range(POINTS):
        fresh = [letter(f"number {point}.{n}") for n in range(FRESH)]
        inbox.put(*fresh)
        sent += fresh
        ends.append(await fetched(inbox, dice.randint(1, LAST_STEP)))
    assert ends.count(-9) > POINTS / 2, ends
    assert await fetched(inbox, 0) == 0
    return sorted(sent)


async def rows(superuser: asyncpg.Connection) -> list[bytes]:
    return sorted(row[0] for row in await superuser.fetch("select content from letters"))


async def test_killed_between_copy_and_expunge_nothing_is_lost_and_nothing_doubled(
    superuser: asyncpg.Connection,
) -> None:
    with Dovecot(more="imap_capability = IMAP4rev1 NAMESPACE UIDPLUS") as server:
        inbox = server.box()
        sent = await stormed(inbox)

        assert await rows(superuser) == sent
        assert inbox.holds() == []
        assert sorted(set(inbox.holds("Processed"))) == sent
