"""Letters dropped into a folder, one file each: for tests and for moving in. After the commit a file goes to done/.

Write a file elsewhere or under a name with a leading dot, and rename it: what has a name is taken to be whole.
"""

import asyncio
import logging
import os
from contextlib import suppress
from pathlib import Path

from desk import clock, db
from desk.mail.actions import channels
from desk.mail.actions.aside import aside
from desk.mail.actions.letters import Arrived
from desk.mail.jobs.keeping import keep, note_fault
from desk.mail.rules.fetching import Fault
from desk.mail.rules.health import DROP
from desk.mail.rules.limits import HEAD_BYTES, MOST_BYTES, Reason

EVERY = 1.0  # seconds
DONE, FAILED = "done", "failed"
log = logging.getLogger(__name__)


async def take_dropped(folder: Path) -> None:
    """For ever."""
    while True:
        try:
            await look(folder)
        except (OSError, db.Unavailable) as error:
            fault = Fault.DATABASE if isinstance(error, db.Unavailable) else Fault.FOLDER
            log.warning("%s: %s (%s)", DROP, fault.value, type(error).__name__)
            with suppress(db.Unavailable):
                await note_fault(DROP, fault)
        await asyncio.sleep(EVERY)


async def look(folder: Path) -> None:
    """Once. A file is known by its inode and its time, so that it is kept once however often we are killed."""
    async with db.lease(DROP):
        for file in await aside(_files, folder):
            await _take(file)
        async with db.acting_as(db.NOBODY):
            await channels.went_well(DROP, at=clock.now())


async def _take(file: Path) -> None:
    found = file.stat()
    big = found.st_size > MOST_BYTES
    content = await aside(_beginning, file, HEAD_BYTES if big else MOST_BYTES)
    fault = f"{Reason.TOO_BIG.value}: {found.st_size} bytes" if big else None
    await keep(Arrived(DROP, content, uidvalidity=found.st_mtime_ns, uid=found.st_ino), fault)
    place = file.parent / (FAILED if big else DONE)
    place.mkdir(exist_ok=True)
    file.rename(place / f"{found.st_mtime_ns}-{found.st_ino}-{file.name}")


def _beginning(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most)


def _files(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        named = [Path(one.path) for one in entries if one.is_file() and not one.name.startswith(".")]
    return sorted(named)
