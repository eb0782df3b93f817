"""A search as the page does it: the index, the rows behind row security, counts, snippets."""

from collections.abc import Sequence

from bench.load.firm import LIN, ZHAO
from bench.meter import Meter, backend
from bench.search.figures import Figure, of_times
from bench.search.firm import ABSENT, HIDDEN, SIGNS
from desk import clock, db
from desk.db import Reader
from desk.finder.routes.found import Asked, found, section
from desk.finder.rules import REQUESTS, UPDATES, Narrowed
from desk.web.times import Times

ROUNDS = 5
_RANKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)
_GUEST = "select id from people where guest order by id limit 1"


def _rare(rank: int) -> str:
    return chr(SIGNS + rank % 211) + chr(SIGNS + 300 + rank // 211) + chr(SIGNS + 600 + rank % 97)


WORDS = ["材料", "项目", "主管", "退回", "通知", *(_rare(rank)[:2] for rank in _RANKS)]
PHRASES = ["项目编号", "三个工作日内", '"the records"', *(_rare(rank) for rank in _RANKS)]
PREFIXES = ["mater", "confirm", "pro", *(f"kx{rank}" for rank in _RANKS if rank > 3)]


async def measure(url: str) -> list[Figure]:
    await db.open_pool(url, size=1, timeout_ms=0)
    try:
        book = Meter([await backend()])
        employee, capped = Reader(ZHAO), Reader(LIN, cap=0)
        figures = [
            await _of("employee: two-character Chinese word", employee, WORDS, 30, book),
            await _of("employee: phrase", employee, PHRASES, 30, book),
            await _of("employee: Latin prefix", employee, PREFIXES, 30, book),
            await _of("without the staff key: word", capped, WORDS, 60, book),
            await _of("without the staff key: phrase", capped, PHRASES, 60, book),
        ]
        hidden, absent = [await _of(word, employee, [word], None, book, rounds=40) for word in (HIDDEN, ABSENT)]
        assert hidden.p50 and absent.p50  # noqa: PT018
        note = f"{hidden.p50:.2f} ms and {absent.p50:.2f} ms"
        return [*figures, Figure("word in hidden rows only / absent word", None, hidden.p50 / absent.p50, 2, "", note)]
    finally:
        await db.close_pool()


async def _of(
    name: str, who: Reader, typed: Sequence[str], bar: float | None, book: Meter, *, rounds: int = ROUNDS
) -> Figure:
    """Every word is asked once for warmth; then all in turn."""
    hits = [await _search(who, words) for words in typed]
    times = [await book.of(lambda words=words: _search(who, words)) for _ in range(rounds) for words in typed]  # type: ignore[misc]
    return of_times(name, times, bar, f"{len(typed)} of them, {min(hits)} to {max(hits)} hits")


async def _search(who: Reader, typed: str) -> int:
    times = Times("zh-CN", "Asia/Shanghai", clock.now())
    async with db.acting_as(who, writing=False):
        result = await found(Asked(typed=typed, narrowed=Narrowed()), times, [REQUESTS, UPDATES])
        for kind in (REQUESTS, UPDATES):
            await section(result, kind, "zh-CN", size=5)
    return result.look.total
