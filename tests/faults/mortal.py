"""Postrooms and workers that die young: python -m tests.faults.mortal postroom|worker

For each number that is read from stdin one life: a process of its own that runs the whole program and is killed with -9
at that step of its way, before or after one of the places that `PLACES` names. A line tells its pid, another one where
it died, or that it ended. It is forked, so that two hundred lives need not import the desk two hundred times.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from desk import postroom, worker
from desk.embedded.child import dying_with_us
from desk.intake import jobs as intake
from desk.intake.actions import reading
from desk.journal import actions as journal
from desk.mail.actions import letters, work
from desk.mail.actions.mailboxes import Session
from desk.mail.jobs import fetching
from desk.outbox import jobs as outbox
from desk.outbox.actions import delivery
from desk.outbox.actions.handing import Line

ENDED, IDLE = "ended", "idle"
PLACES: dict[str, dict[str, tuple[Any, str]]] = {
    "postroom": {
        "fetch": (Session, "letters"),
        "keep": (letters, "keep"),
        "commit": (fetching, "keep"),
        "move": (Session, "move"),
    },
    "worker": {
        "claim": (work, "claim"),
        "read": (reading, "read"),
        "understand": (intake, "understand"),
        "settle": (work, "settle"),
        "follow": (intake, "_understand"),
        "tell": (outbox, "_tell"),
        "told": (journal, "done"),
        "hand over": (Line, "hand_over"),
        "mark": (delivery, "settle"),
    },
}
RUN: dict[str, Callable[[], None]] = {"postroom": postroom.run, "worker": worker.run}


class Life:
    """Ends after so many steps."""

    def __init__(self, left: int) -> None:
        self.left = left

    def step(self, place: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.write(1, f"{place}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def goes_through(self, place: str, owner: Any, name: str) -> None:
        call = getattr(owner, name)

        async def awaited(*values: Any, **named: Any) -> Any:
            self.step(f"before {place}")
            result = await call(*values, **named)
            self.step(f"after {place}")
            return result

        def called(*values: Any, **named: Any) -> Any:
            self.step(f"before {place}")
            result = call(*values, **named)
            self.step(f"after {place}")
            return result

        setattr(owner, name, awaited if asyncio.iscoroutinefunction(call) else called)

    def ends_when_the_mailbox_is_empty(self) -> None:
        async def news(session: Session, seconds: float) -> None:
            os.write(1, f"{ENDED}\n".encode())
            os._exit(0)

        Session.news = news  # type: ignore[method-assign]


def live(program: str, left: int, prepare: Callable[[], None]) -> None:
    prepare()
    life = Life(left)
    for place, (owner, name) in PLACES[program].items():
        life.goes_through(place, owner, name)
    life.ends_when_the_mailbox_is_empty()
    RUN[program]()


def main(program: str) -> None:
    prepare = dying_with_us(signal.SIGKILL)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(program, int(line), prepare)
            os._exit(0)
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1])
