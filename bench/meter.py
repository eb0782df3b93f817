"""CPU of this process and of others that work for it, from the scheduler's own books."""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desk import db


class Meter:
    """`spent`: milliseconds so far."""

    def __init__(self, others: Sequence[int]) -> None:
        self.others = [Path(f"/proc/{pid}/schedstat") for pid in others]
        self.spent = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        before = self._now()
        yield
        self.spent += self._now() - before

    async def of(self, work: Callable[[], Awaitable[object]]) -> float:
        """Milliseconds of one piece of work."""
        before = self._now()
        await work()
        return self._now() - before

    def _now(self) -> float:
        elsewhere = sum(int(book.read_text().split()[0]) for book in self.others)
        return elsewhere / 1e6 + time.process_time() * 1000


async def backend() -> int:
    """The pid of the one backend of the pool."""
    async with db.acting_as(db.NOBODY, writing=False):
        return int(await db.call("select pg_backend_pid()"))
