"""CPU of a worker, of its box and of the one backend of its pool."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desk import db

_BOX = b"desk.mail.actions.inside"


class Meter:
    """`spent`: milliseconds so far."""

    def __init__(self, others: Sequence[int]) -> None:
        self.others = {pid: Path(f"/proc/{pid}/schedstat") for pid in others}
        self.spent = 0.0

    @classmethod
    async def of_worker(cls) -> "Meter":
        """The box begins with the first letter."""
        async with db.acting_as(db.NOBODY, writing=False):
            backend = int(await db.call("select pg_backend_pid()"))
        return cls([backend, *boxes()])

    @contextmanager
    def running(self) -> Iterator[None]:
        before = self._now()
        yield
        self.spent += self._now() - before

    def _now(self) -> float:
        elsewhere = sum(int(book.read_text().split()[0]) for book in self.others.values())
        return elsewhere / 1e6 + time.process_time() * 1000


def boxes() -> list[int]:
    """Children of any thread: the one that waits for the box has started it."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for pid in map(int, (task / "children").read_text().split()):
            if _BOX in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found
