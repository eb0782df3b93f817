"""kill -9 between the server's yes and the mark: no letter is lost, and what comes twice is the same letter."""

import os
import signal
import subprocess
import sys
from collections import Counter
from typing import Any

import asyncpg
import pytest

from desk import db
from desk.outbox import jobs as outbox
from desk.outbox.rules.delivery import LEASE
from tests.firm import Firm
from tests.outbox.post import Server, listening, parsed
from tests.outbox.test_delivery import worker_runs_without_post

LETTERS = 12
HANDS_OVER = "import asyncio\nfrom tests.outbox.test_killed import hand_over\nasyncio.run(hand_over())"


async def hand_over() -> None:
    await db.open_pool(db.address(), size=2)
    await outbox.deliver()


class Killer(Server):
    """Says yes, and kills who handed it over before the yes can be heard, at every fourth letter."""

    def __init__(self) -> None:
        super().__init__()
        self.child: subprocess.Popen[bytes] | None = None

    def kills(self) -> bool:
        """Whether the next worker dies."""
        self.child = subprocess.Popen([sys.executable, "-c", HANDS_OVER])
        return self.child.wait() == -signal.SIGKILL

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        said = await super().handle_DATA(server, session, envelope)
        if self.child is not None and len(self.taken) % 4 == 0:
            os.kill(self.child.pid, signal.SIGKILL)
        return said


@pytest.mark.slow
async def test_a_worker_that_is_killed_loses_no_letter(
    firm: Firm, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(monkeypatch, Killer()) as server:
        assert isinstance(server, Killer)
        for n in range(LETTERS):
            await firm.lin_asks_for(f"letter {n}", channel="mail")
        await worker_runs_without_post(superuser)
        died = 0
        while await superuser.fetchval("select count(*) from sendings where state in ('queued', 'deferred')"):
            died += server.kills()
            firm.time.move(seconds=LEASE.total_seconds() + 1)
    letters = {(parsed(content)["Message-ID"], content) for _, _, content in server.taken}
    times = Counter(parsed(content)["Message-ID"] for _, _, content in server.taken)

    assert died > 2
    assert len(times) == len(letters) == await superuser.fetchval("select count(*) from sendings where state = 'sent'")
    assert sum(times.values()) == len(times) + died
