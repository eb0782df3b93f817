"""Postroom and worker are killed with -9 at two hundred random points between fetch, commit, move, route and notify, while
letters come in: none is lost, nothing is done twice, and what leaves twice is the same letter.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from desk import settings
from desk.mail.rules.signed import Signer
from tests.conftest import Clock
from tests.faults.conftest import House, own
from tests.faults.mix import COWORKERS, coworker, hired
from tests.faults.mortal import IDLE, PLACES
from tests.faults.trial import LEFT, Trial, until
from tests.firm import found
from tests.intake.post import OURS, letter
from tests.mail.dovecot import Inbox
from tests.outbox.post import Server, listening, parsed

pytestmark = pytest.mark.slow
SEED = 20261129
KILLS = {"postroom": 100, "worker": 100}
LAST_STEP = {"postroom": 16, "worker": 32}
AT_ONCE, AT_MOST = 3, 24  # letters that come together, and that wait to be understood
PATIENCE = 3.0  # seconds until a worker that has found nothing to do is killed all the same
OUTCOMES = "select outcome from letters"
WAITING = "select count(*) from letters where state = 'kept'"
TOLD = "select n.person from notices n join entries e on e.id = n.entry where e.tag = 'request_filed'"
ACKNOWLEDGED = """
select s.entry from sendings s join tickets t on t.id = s.ticket
 where s.tag = 'request_filed' and s.person = t.requester and s.state = 'sent'
"""


class Storm:
    """Letters that come, and where whoever works on them has died."""

    def __init__(self, trial: Trial, inbox: Inbox, clock: Clock, numbers: list[int]) -> None:
        self.trial, self.inbox, self.clock, self.numbers = trial, inbox, clock, numbers
        self.signer = Signer(secret=settings.current().secret, address=OURS)
        self.sent: Counter[bytes] = Counter()
        self.kinds: Counter[str] = Counter()
        self.died: Counter[str] = Counter()
        self.asking = asyncio.Lock()

    def fresh(self, dice: random.Random) -> bytes:
        """Half of them begin something, others answer, and some come again."""
        n = self.sent.total()
        kind = dice.choice(("request", "request", "message", "double")) if n else "request"
        to = self.signer.reply_address(dice.choice(self.numbers), self.trial.firm.lin.person or 0)
        match kind:
            case "double":
                made = dice.choice(sorted(self.sent))
            case "message":
                made = letter(f"Answer {n}", to=to)
            case _:
                made = letter(f"Number {n}", subject=f"Letter {n}", sender=coworker(n % COWORKERS))
        self.kinds[kind] += 1
        self.sent[made] += 1
        return made

    async def of_postrooms(self) -> None:
        """They bring letters for as long as workers are to be killed."""
        dice = random.Random(SEED)
        async with lives("postroom") as next_life:
            while any(self.kills(program) < KILLS[program] for program in KILLS):
                await asyncio.to_thread(self.inbox.put, *[self.fresh(dice) for _ in range(AT_ONCE)])
                enough = self.kills("postroom") >= KILLS["postroom"]
                self.died[await next_life(0 if enough else dice.randint(1, LAST_STEP["postroom"]))] += 1
                await until(self.has_room, every=0.05)

    async def has_room(self) -> bool:
        return await self.count(WAITING) < AT_MOST or self.kills("worker") >= KILLS["worker"]

    async def has_work(self) -> bool:
        return await self.count(LEFT) > 0

    async def count(self, sql: str) -> int:
        async with self.asking:
            return int(await self.trial.superuser.fetchval(sql))

    async def of_workers(self) -> None:
        dice = random.Random(SEED + 1)
        async with lives("worker") as next_life:
            while (turn := self.kills("worker")) < KILLS["worker"]:
                await until(self.has_work)
                self.died[await next_life(dice.randint(1, LAST_STEP["worker"]))] += 1
                self.clock.move(seconds=121 if turn % 8 == 0 else 16)  # what the dead had in hand is due again
                if turn % 20 == 0:
                    await self.trial.wipe_valkey()

    def kills(self, program: str) -> int:
        return sum(self.died[f"{when} {place}"] for place in PLACES[program] for when in ("before", "after"))


@asynccontextmanager
async def lives(program: str) -> AsyncIterator[Any]:
    """A function that lets the next one live for so many steps and says where it died."""
    command = [sys.executable, "-m", "tests.faults.mortal", program]
    pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    root = Path(__file__).parents[2]
    nursery = await asyncio.create_subprocess_exec(*command, cwd=root, stdin=pipe, stdout=pipe, stderr=quiet)
    assert nursery.stdin
    assert nursery.stdout

    async def next_life(steps: int) -> str:
        nursery.stdin.write(f"{steps}\n".encode())
        pid = int(await nursery.stdout.readline())
        with suppress(TimeoutError):
            return (
                (await asyncio.wait_for(nursery.stdout.readline(), PATIENCE if program == "worker" else None))
                .decode()
                .strip()
            )
        os.kill(pid, signal.SIGKILL)
        return IDLE

    yield next_life
    nursery.kill()
    await nursery.wait()


@pytest.fixture
async def storm(house: House, still: Clock, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Storm]:
    monkeypatch.setenv("DESK_IMAP_URL", inbox.url)
    monkeypatch.setenv("DESK_MAIL_LISTEN", "none")
    async with own(house, "trial") as trial:
        trial.firm = await found(still)
        await hired(trial)
        yield Storm(trial, inbox, still, [await trial.firm.lin_asks_for(f"request {n}") for n in range(4)])


async def test_two_hundred_kills_lose_nothing_and_double_nothing(storm: Storm, monkeypatch: pytest.MonkeyPatch) -> None:
    print(f"seed {SEED}")  # shown when it fails
    with listening(monkeypatch) as server:
        await asyncio.gather(storm.of_postrooms(), storm.of_workers())
        storm.clock.move(seconds=200)
        await the_last_ones_go_on(storm)
        print(storm.died, storm.kinds)

        assert all(storm.kills(program) >= KILLS[program] for program in KILLS)
        assert {place for of in PLACES.values() for place in of} <= {died.partition(" ")[2] for died in storm.died}
        await every_letter_came_once(storm)
        await everything_followed_once(storm.trial, storm.kinds)
        await what_left_twice_is_the_same_letter(storm, server)


async def the_last_ones_go_on(storm: Storm) -> None:
    """Nobody kills them."""
    trial, many = storm.trial, storm.sent.total()
    for program in PLACES:
        trial.start(program)

    async def nothing_left() -> bool:
        return await trial.count("letters") == many and not await trial.superuser.fetchval(LEFT)

    await until(nothing_left, every=0.2)
    await until(lambda: asyncio.to_thread(lambda: not storm.inbox.holds()), every=0.2)


async def every_letter_came_once(storm: Storm) -> None:
    assert Counter(await storm.trial.column("select content from letters")) == storm.sent
    assert Counter(storm.inbox.holds("Processed")) == storm.sent
    assert await storm.trial.column("select id from letters where tries > 1")


async def everything_followed_once(trial: Trial, kinds: Counter[str]) -> None:
    assert Counter(await trial.column(OUTCOMES)) == kinds
    assert await trial.count("tickets") == kinds["request"] + 4
    assert await trial.count("updates") == kinds["message"]
    told = kinds["request"] + 4
    assert Counter(await trial.column(TOLD)) == {trial.firm.wu.person: told, trial.firm.zhou.person: told}
    acknowledged = await trial.column(ACKNOWLEDGED)
    assert len(acknowledged) == len(set(acknowledged)) == kinds["request"]
    assert await trial.broken() == {}


async def what_left_twice_is_the_same_letter(storm: Storm, server: Server) -> None:
    times = Counter(parsed(content)["Message-ID"].strip("<>") for _, _, content in server.taken)
    letters = {(parsed(content)["Message-ID"], content) for _, _, content in server.taken}
    assert sorted(times) == sorted(await storm.trial.column("select message_id from sendings where state = 'sent'"))
    assert len(letters) == len(times)
    assert times.total() - len(times) <= storm.kills("worker") + storm.died[IDLE]  # each had one in hand
    assert len(times) < times.total()
