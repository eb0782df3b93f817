"""Fetches one mailbox once and is killed at the n-th step on the way: python -m tests.mail.killed URL N"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from desk import db, queue
from desk.mail.actions import letters
from desk.mail.actions.mailboxes import Session
from desk.mail.jobs import fetching
from desk.mail.rules import fetching as rules
from desk.mail.rules.mailboxes import read

rules.MOST_TOGETHER = 3


class Steps:
    def __init__(self, left: int) -> None:
        self.left = left

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        call: Callable[..., Awaitable[Any]] = getattr(owner, name)

        async def counted(*values: Any, **named: Any) -> Any:
            self.step()
            result = await call(*values, **named)
            self.step()
            return result

        setattr(owner, name, counted)


async def ended(self: Session, seconds: float) -> None:
    sys.exit(0)  # everything was fetched


async def main(url: str, left: int) -> None:
    steps = Steps(left)
    steps.around(Session, "letters")  # before and after the fetch
    steps.around(letters, "keep")  # inside the transaction, before and after the row
    steps.around(fetching, "keep")  # before and after the commit
    steps.around(Session, "move")
    Session.news = ended  # type: ignore[method-assign]
    await db.open_pool(db.address())
    try:
        await fetching.Box(read(url, 1), 0).visit()
    finally:
        await queue.close()
        await db.close_pool()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
