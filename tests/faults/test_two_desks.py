"""Two desks that know each other as a coworker, each with its own database, secret, postroom and worker: a letter that
looks like a person's sets them off, and they have soon said all that they have to say.
"""

import asyncio
import os
import re
import smtplib
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import asyncpg
import pytest
from aiosmtpd.controller import Controller

from desk import db
from desk.directory import actions as directory
from desk.directory.actions import NewPerson
from desk.embedded.child import Child
from tests.faults.conftest import House, own
from tests.faults.trial import LEFT, until
from tests.firm import found
from tests.intake.post import letter

pytestmark = pytest.mark.slow
MOST = 2  # mails of each
HERE, THERE = "desk@here.example", "desk@there.example"
TELLS = re.compile(
    rb"^(?:Auto-Submitted|X-Auto-Response-Suppress|X-Desk-Instance|List-[A-Za-z]+|Precedence):.*\r\n", re.M
)


@dataclass
class Between:
    """The server that both hand their letters to. It knows the way to either; what is for others ends here."""

    ports: dict[str, int]
    passed_on: Callable[[bytes], bytes]
    went: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        for to in envelope.rcpt_tos:
            if to in self.ports:
                self.went[to] += 1
                await asyncio.to_thread(self._hand_on, envelope.mail_from, to, envelope.original_content)
        return "250 2.0.0 taken"

    def _hand_on(self, sender: str, to: str, content: bytes) -> None:
        with smtplib.SMTP("127.0.0.1", self.ports[to]) as line:
            line.sendmail(sender, [to], self.passed_on(content))


def whole(content: bytes) -> bytes:
    return content


def stripped(content: bytes) -> bytes:
    """Some servers take away every header by which a machine is known."""
    head, end, body = content.partition(b"\r\n\r\n")
    return TELLS.sub(b"", head + b"\r\n").rstrip(b"\r\n") + end + body


@asynccontextmanager
async def desk(house: House, name: str, valkey: int, **settings: str) -> AsyncIterator[asyncpg.Connection]:
    """Its postroom and its worker. The other desk is a coworker there."""
    url = house.postgres.url(name)
    environment = {**os.environ, "DESK_DATABASE_URL": url, "DESK_VALKEY_URL": house.valkey.url(valkey), **settings}
    root = await asyncpg.connect(house.postgres.url(name, user="postgres"))
    with ExitStack() as running:
        for program in ("postroom", "worker"):
            command = [sys.executable, "-m", "desk.cli", program]
            child = Child(program, command, partial(house.postgres.folder.log, f"{name}-{program}"), env=environment)
            child.start()
            running.callback(child.stop, patience=20)
        yield root
    await root.close()


async def knows(house: House, name: str, other: str) -> None:
    """A firm in which the other desk has an address like anybody else."""
    async with own(house, name) as trial:
        trial.firm = await found(None)
        async with db.acting_as(db.NOBODY):
            new = NewPerson(login="partner", name="Partner", email=other, department=trial.firm.operations)
            await directory.add_person(new)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@asynccontextmanager
async def two_desks(house: House, between: Between) -> AsyncIterator[list[asyncpg.Connection]]:
    """Databases of `here` and `there`."""
    server = Controller(between, hostname="127.0.0.1", port=free_port())
    server.start()
    out = {"DESK_SMTP_URL": f"smtp://127.0.0.1:{server.port}"}
    await knows(house, "here", THERE)
    await knows(house, "there", HERE)

    def settings(address: str) -> dict[str, str]:
        listen = f"127.0.0.1:{between.ports[address]}"
        return {**out, "DESK_MAIL_ADDRESS": address, "DESK_SECRET": f"secret of {address}", "DESK_MAIL_LISTEN": listen}

    async with desk(house, "here", 1, **settings(HERE)) as here, desk(house, "there", 2, **settings(THERE)) as there:
        yield [here, there]
    server.stop()


async def over(desks: list[asyncpg.Connection]) -> bool:
    """Nothing is left here, nor there, nor has come back here meanwhile."""
    return not any([await one.fetchval(LEFT) for one in (*desks, *desks)])


@pytest.mark.parametrize(("passed_on", "answers"), [(whole, {THERE: 1}), (stripped, {THERE: 1, HERE: 1})])
async def test_two_desks_that_answer_each_other_stop_after_two_mails_each(
    house: House, passed_on: Callable[[bytes], bytes], answers: dict[str, int]
) -> None:
    between = Between({HERE: free_port(), THERE: free_port()}, passed_on)
    async with two_desks(house, between) as desks:
        begins = letter("Could somebody look at this?", sender=f"Partner <{THERE}>", to=HERE)
        await until(partial(taken, between, begins))
        await until(lambda: over(desks), every=0.2)
        outcomes = [await one.fetchval("select array_agg(outcome order by id) from letters") for one in desks]

    assert between.went == answers
    assert max(between.went.values()) <= MOST
    assert outcomes == [["request", "message"][: len(answers)], ["automatic" if passed_on is whole else "request"]]


async def taken(between: Between, begins: bytes) -> bool:
    """As soon as the postroom listens."""
    try:
        await asyncio.to_thread(between._hand_on, THERE, HERE, begins)
    except OSError:
        return False
    return True
