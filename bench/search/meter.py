"""CPU of one question: of this process and of the backend that answers it, from the scheduler's own books."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from desk import db


class Meter:
    def __init__(self, backend: int) -> None:
        self.books = Path(f"/proc/{backend}/schedstat")

    async def of(self, work: Callable[[], Awaitable[object]]) -> float:
        """Milliseconds."""
        before, python = self._backend(), time.process_time()
        await work()
        return (time.process_time() - python) * 1000 + self._backend() - before

    def _backend(self) -> float:
        return int(self.books.read_text().split()[0]) / 1e6


async def meter() -> Meter:
    """Of the one backend of the pool."""
    async with db.acting_as(db.NOBODY, writing=False):
        return Meter(int(await db.call("select pg_backend_pid()")))
