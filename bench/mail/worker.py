"""Letters through intake as one worker has them, on a copy of a loaded firm, on a Tuesday at ten.

"Kept, read and committed": kept as the postroom keeps them, claimed, read in the box and settled; they are nobody's, so
that no request follows. "With request, promise, acknowledgement": of coworkers, so that each opens a request with its
promises, and all that follows from its entries, until notices and the acknowledgement lie in the outbox. To hand it to
a mail server is not measured.

Letters a second are letters for each second of CPU: of this process, of the box and of the backend that answers, from
the scheduler's own books (user and system; not Valkey, not the server's own processes).
"""

import asyncio
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean, quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import asyncpg

from bench import load
from bench.load.firm import PEOPLE
from bench.mail.boxes import boxes
from bench.mail.figures import ROUNDS, Figure
from bench.meter import Meter, backend
from desk import clock, db, queue, settings
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey
from desk.intake import jobs as intake
from desk.journal import jobs as journal
from desk.mail.actions import letters as mail
from desk.mail.actions.letters import Arrived
from desk.worker import REACTIONS

_DATABASE = "measured_mail"
_ADDRESS = "desk@firm.example"
_FIRST = 100  # of the people who write; before them stands the cast
_WARM = 20  # letters that are not counted: the box starts, statements are prepared
_KEPT, _ALL = 60, 30  # letters per second of CPU
_SLOWEST = 100  # ms
_BECAME = "select outcome from letters order by id desc limit $1"
_FOLLOWS = "select entry from errands where state = 'waiting' order by entry"


def measure(data: Path, requests: int, letters: Sequence[bytes]) -> list[Figure]:
    """`letters` are those of persons and machines; the latter open no request."""
    with ExitStack() as running:
        running.enter_context(Folder(data).lock())
        postgres = running.enter_context(Postgres(data, load.HASTE))
        valkey = running.enter_context(Valkey(data))
        url = running.enter_context(_copy(postgres, requests))
        running.enter_context(_environment(url, valkey.url()))
        return asyncio.run(_measured(url, postgres.url(_DATABASE, user="postgres"), letters))


async def _measured(url: str, superuser: str, letters: Sequence[bytes]) -> list[Figure]:
    await db.open_pool(url, size=1)
    root = await asyncpg.connect(superuser)
    try:
        unknown = await _of(letters, root)
        persons = [_by(number, one) for number, one in enumerate(letters) if b"\nAuto-Submitted:" not in one]
        known = await _of(persons, root)
        became = [row["outcome"] for row in await root.fetch(_BECAME, len(persons))]
        return _figures(unknown, known, became)
    finally:
        intake.close()
        await root.close()
        await queue.close()
        await db.close_pool()


def _figures(unknown: Sequence[float], known: Sequence[float], became: Sequence[str]) -> list[Figure]:
    """Of nobody's letters, which wait for a person, and of coworkers' letters."""
    opened = f"{became.count('request')} of {len(became)} letters opened a request"
    p95 = min(quantiles(one, n=20, method="inclusive")[-1] for one in _rounds(known))
    return [
        Figure("kept, read and committed", _a_second(unknown), _KEPT, "letters/s"),
        Figure("with request, promise, acknowledgement", _a_second(known), _ALL, "letters/s", opened),
        Figure("one of them, p95", p95, _SLOWEST, "ms", "of CPU", many=False),
    ]


def _a_second(spent: Sequence[float]) -> float:
    return max(1000 / fmean(one) for one in _rounds(spent))


def _rounds(spent: Sequence[float]) -> list[Sequence[float]]:
    """A letter is understood once, so each round has its own."""
    return [spent[len(spent) * part // ROUNDS : len(spent) * (part + 1) // ROUNDS] for part in range(ROUNDS)]


async def _of(letters: Sequence[bytes], root: asyncpg.Connection) -> list[float]:
    """Milliseconds of CPU for each but the first."""
    spent = []
    for number, content in enumerate(letters):
        meter = Meter([await backend(), *boxes()])  # the box begins with the first letter
        with meter.running():
            await _understood(content)
        entries = [row["entry"] for row in await root.fetch(_FOLLOWS)]
        with meter.running():
            for entry in entries:
                await journal.react(entry, 1, REACTIONS)
        if number >= _WARM:
            spent.append(meter.spent)
    return spent


async def _understood(content: bytes) -> None:
    async with db.acting_as(db.NOBODY):
        await mail.keep(Arrived("smtp", content, sender="", recipients=[_ADDRESS]), at=clock.now())
    await intake.letters()


def _by(number: int, letter: bytes) -> bytes:
    """The letter of somebody whom the directory knows."""
    person = _FIRST + number % (PEOPLE - _FIRST)
    return re.sub(rb"\bp\d+@corp\.example", b"u%d@firm.example" % person, letter).replace(b"corp.ex", b"firm.ex")


@contextmanager
def _copy(postgres: Postgres, requests: int) -> Iterator[str]:
    if not load.loaded(postgres, requests):
        load.load(postgres, requests)
    postgres.psql(f"drop database if exists {_DATABASE} with (force)")
    template = f"template {load.name(requests)} owner desk strategy file_copy"
    postgres.psql(f"create database {_DATABASE} {template}")
    yield postgres.url(_DATABASE)
    postgres.psql(f"drop database if exists {_DATABASE} with (force)")


@contextmanager
def _environment(url: str, valkey: str) -> Iterator[None]:
    """The settings of a worker whose files go away with it."""
    before = dict(os.environ)
    with TemporaryDirectory() as folder:
        told = Path(folder) / "clock"
        told.write_text(_tuesday().isoformat())
        os.environ |= {"DESK_DATABASE_URL": url, "DESK_VALKEY_URL": valkey, "DESK_DATA": folder}
        os.environ |= {"DESK_CLOCK": str(told), "DESK_MAIL_ADDRESS": _ADDRESS}
        settings.current.cache_clear()
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.current.cache_clear()


def _tuesday() -> datetime:
    """The next one at ten: what is due that day leaves at once, which costs most."""
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    day = now + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
