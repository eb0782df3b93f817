"""The one way to the database: a transaction that carries its reader."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, TypeVar

import asyncpg
from piccolo.engine.postgres import PostgresTransaction
from piccolo.query import Query

from desk import clock
from desk.db.engine import ACQUIRE_SECONDS, ENGINE, pool
from desk.db.outage import Unavailable, cannot_reach, is_outage
from desk.db.reader import NOBODY, Reader
from desk.i18n import Refused

PORTION = 500  # rows
Effect = Callable[[], Awaitable[None]]
Kept = TypeVar("Kept", bound=Effect)


class Lost(Refused):
    """A conditional update that changed no row: somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__("db.changed_meanwhile")


class DeskTransaction(PostgresTransaction):
    """Says who reads in the message that begins it, and resets the task's context whatever happens."""

    __slots__ = ("bare", "effects", "pool", "reader", "writing")

    def __init__(self, who: Reader, *, writing: bool, bare: bool = False) -> None:
        super().__init__(ENGINE, allow_nested=False)
        self.pool = pool()
        self.reader, self.writing = who, writing
        self.bare = bare  # settings that are not set make nobody: nothing to begin or to end
        self.effects: dict[str, Effect] = {}

    async def __aenter__(self) -> "DeskTransaction":
        try:
            await self._start()
        except Exception as error:
            if cannot_reach(error):
                raise Unavailable from error
            raise
        self.context = ENGINE.current_transaction.set(self)
        return self

    async def _start(self) -> None:
        self.connection = await self.pool.acquire(timeout=ACQUIRE_SECONDS)
        try:
            await self.begin()
        except BaseException:
            self._give_up()
            await self._release()
            raise

    async def begin(self) -> None:
        if self.bare:
            return
        level = "READ COMMITTED" if self.writing else "REPEATABLE READ READ ONLY"
        await self.connection.execute(f"BEGIN ISOLATION LEVEL {level}; {_become(self.reader)}")

    async def become(self, who: Reader) -> None:
        self.reader = who
        await self.connection.execute(_become(who))

    async def commit(self) -> None:
        if not self.bare:
            await self.connection.execute("COMMIT")
        self._committed = True

    async def rollback(self) -> None:
        if not self.bare:
            await self.connection.execute("ROLLBACK")
        self._rolled_back = True

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> Literal[False]:
        try:
            await self._end(error)
        except Exception as fault:
            if is_outage(fault, closed=self._is_closed()):
                raise Unavailable from fault
            raise
        finally:
            ENGINE.current_transaction.reset(self.context)
            await self._release()
        return False

    async def _end(self, error: BaseException | None) -> None:
        """A rollback that fails is no news: what broke the transaction is told, and the connection is given up."""
        if error is None:
            await self.commit()
            return
        try:
            await self.rollback()
        except Exception:
            self._give_up()
        if isinstance(error, Exception) and is_outage(error, closed=self._is_closed()):
            raise error

    async def _release(self) -> None:
        """Never the news of a transaction: what cannot be released has broken, and the pool has let it go."""
        with suppress(Exception):
            await asyncio.shield(self.pool.release(self.connection))

    def _is_closed(self) -> bool:
        """A connection that broke may be back in the pool already, and then refuses even this question."""
        try:
            return bool(self.connection.is_closed())
        except asyncpg.InterfaceError:
            return True

    def _give_up(self) -> None:
        with suppress(asyncpg.InterfaceError):
            self.connection.terminate()


def _become(who: Reader) -> str:
    person = "null" if who.person is None else int(who.person)
    return f"SELECT become_reader({person}, {int(who.cap)}, '{clock.now().isoformat()}')"


@asynccontextmanager
async def acting_as(who: Reader, *, writing: bool = True) -> AsyncIterator[DeskTransaction]:
    """Open a transaction as a reader. Reading doors pass writing=False and get one snapshot for the whole page;
    nobody who reads gets one for each statement, and saves two trips to the database.

    Raises Lost from `once`, Unavailable when the database cannot serve. What `after_commit` collected runs only when
    the commit is known to have happened.
    """
    async with DeskTransaction(who, writing=writing, bare=who == NOBODY and not writing) as transaction:
        yield transaction
    for effect in transaction.effects.values():
        await effect()


@asynccontextmanager
async def at_once() -> AsyncIterator[None]:
    """As nobody, each statement a transaction of its own that is over with it: for a block that holds one."""
    async with DeskTransaction(NOBODY, writing=True, bare=True):
        yield


@asynccontextmanager
async def speaking_for(who: Reader) -> AsyncIterator[None]:
    """Within a transaction of the desk itself: what somebody said elsewhere (in a letter) is done as that person, under
    the keys and rights of now. So it commits together with the word that it was done.
    """
    transaction = current()
    assert transaction.reader == NOBODY, "nobody speaks for a person but the desk itself"
    assert transaction.writing
    await transaction.become(who)
    try:
        yield
    except asyncpg.PostgresError:
        transaction.reader = NOBODY  # the transaction is lost, and so is whatever was set in it
        raise
    except BaseException:
        await transaction.become(NOBODY)
        raise
    await transaction.become(NOBODY)


async def in_portions(step: Callable[[], Awaitable[int]], *, at_most: int) -> int:
    """As nobody, one transaction after the other, until a step has done less than it may. Returns how much was done."""
    done = 0
    while True:
        async with acting_as(NOBODY):
            found = await step()
        done += found
        if found < at_most:
            return done


def current() -> DeskTransaction:
    transaction = ENGINE.current_transaction.get()
    if transaction is None:
        ENGINE._inside()
    assert isinstance(transaction, DeskTransaction)
    return transaction


def reader() -> Reader:
    """Whom the present transaction runs as."""
    return current().reader


def after_commit(name: str, effect: Kept) -> Kept:
    """Run once after this transaction commits. Of one name the first is kept, and returned."""
    kept: Kept = current().effects.setdefault(name, effect)  # type: ignore[assignment]
    return kept


async def once(query: Query[Any, Any]) -> None:
    """Run a conditional `update(...).where(...)` that must change exactly one row. Raises Lost otherwise."""
    table = query.table
    rows = await query.returning(table._meta.primary_key)  # type: ignore[attr-defined]
    if len(rows) != 1:
        raise Lost


async def fetch(sql: str, *values: Any) -> list[asyncpg.Record]:
    """Rows of a hot list; parameters are $1, $2 ... and never part of the text."""
    rows: list[asyncpg.Record] = await current().connection.fetch(sql, *values)
    return rows


async def rows(sql: str, *values: Any) -> AsyncIterator[asyncpg.Record]:
    """One after the other, however many: no more than PORTION of them are here at a time."""
    async for row in current().connection.cursor(sql, *values, prefetch=PORTION):
        yield row


async def fetch_one(sql: str, *values: Any) -> asyncpg.Record | None:
    row: asyncpg.Record | None = await current().connection.fetchrow(sql, *values)
    return row


async def call(sql: str, *values: Any) -> Any:
    """One value, or None."""
    return await current().connection.fetchval(sql, *values)


async def expect_one(sql: str, *values: Any) -> None:
    """A conditional change with `returning` that must change one row. Raises Lost otherwise."""
    if len(await fetch(sql, *values)) != 1:
        raise Lost


async def fetch_script(sql: str) -> None:
    """Several statements at once, without parameters; for migrations."""
    await current().connection.execute(sql)
