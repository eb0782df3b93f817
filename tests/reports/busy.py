"""Weeks of three departments that hand requests to and fro, ask, sign, resolve, reopen and merge, over a holiday."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from desk import clock, db
from desk.db import Reader
from desk.directory import actions as directory
from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm, local
from tests.tickets.test_linking import together

DEEDS = [
    "reply",
    "ask",
    "over",
    "over",
    "resolve",
    "resolve",
    "resolve",
    "resolve",
    "customer",
    "customer",
    "sign",
    "sign",
    "help",
    "merge",
]
BEGIN, HOLIDAY = local("2026-11-20 15:00"), "2026-11-25"


class Busy:
    """`dice` decide; the superuser says whose turn it is, so that most of what is tried may be done."""

    def __init__(self, firm: Firm, root: asyncpg.Connection, seed: int) -> None:
        self.firm, self.root, self.dice = firm, root, random.Random(seed)
        self.handlers = {firm.finance: [firm.wu, firm.zhou], firm.hr: [firm.han], firm.legal: [firm.zhao]}

    async def live(self, *, steps: int = 360) -> None:
        await self._found()
        at = BEGIN
        for n in range(steps):
            at += timedelta(
                minutes=self.dice.choice((0, 3, 12, 40, 60, 90, 400)) + self.dice.randrange(2), seconds=n % 60
            )
            await self.firm.time_passes_until(at.strftime("%Y-%m-%d %H:%M:%S"))
            if n % 5 == 0:
                await self._file(n)
            else:
                with suppress(Refused, db.Lost):
                    await self._something(at)

    async def _found(self) -> None:
        firm = self.firm
        async with db.acting_as(db.NOBODY):
            await directory.set_level(firm.zhao.person, firm.legal, 3)
            await directory.set_head(firm.hr, firm.han.person)
            await directory.set_superior(firm.wu.person, firm.qian.person)
            await directory.set_superior(firm.zhou.person, firm.qian.person)
        await firm.closes_on(firm.finance, HOLIDAY)

    async def _file(self, n: int) -> None:
        who = self.dice.choice([self.firm.lin, self.firm.lin, self.firm.meng, self.firm.admin])
        await self.firm.files(
            who, f"matter {n}", service=self.dice.choice(["expenses", "expenses", "expenses", "budget"])
        )

    async def _something(self, at: datetime) -> None:
        rows = await self.root.fetch("select number, department, state, requester from tickets order by id")
        live = [row for row in rows if row["state"] in ("open", "waiting")] or rows
        row = self.dice.choice(live if self.dice.random() < 0.8 else rows)
        if self.dice.random() < 0.15:  # what is passed on too often is passed on again
            await self._over(live[0], self.dice.choice(self.handlers[live[0]["department"]]), at)
        handler = self.dice.choice(self.handlers[row["department"]])
        deed = self.dice.choice(DEEDS)
        await getattr(self, f"_{deed}")(row, handler, at)

    async def _reply(self, row: Any, handler: Reader, at: datetime) -> None:
        await self.firm.replies(handler, row["number"])

    async def _ask(self, row: Any, handler: Reader, at: datetime) -> None:
        await self.firm.does(handler, tickets.ask, row["number"], "Which one?", Shut())

    async def _over(self, row: Any, handler: Reader, at: datetime) -> None:
        """Finance and human resources mostly send it to each other."""
        often = [self.firm.finance, self.firm.finance, self.firm.hr, self.firm.hr, self.firm.legal]
        to = self.dice.choice([of for of in often if of != row["department"]])
        await self.firm.does(handler, tickets.hand_over, row["number"], to, "Not ours.")

    async def _resolve(self, row: Any, handler: Reader, at: datetime) -> None:
        verb = tickets.decline if self.dice.random() < 0.1 else tickets.resolve
        await self.firm.does(handler, verb, row["number"], "So it is.")

    async def _customer(self, row: Any, handler: Reader, at: datetime) -> None:
        who = next(one for one in self.firm.people.values() if one.person == row["requester"])
        number = row["number"]
        match self.dice.randrange(6):
            case 0 | 1:
                await self.firm.does(who, tickets.message, number, "And what about the train?", Shut())
            case 2 | 3:
                await self.firm.does(who, tickets.reopen, number, "The money has not come.")
            case 4:
                await self.firm.does(who, tickets.accept, number)
            case 5:
                await self.firm.does(who, tickets.withdraw, number)

    async def _sign(self, row: Any, handler: Reader, at: datetime) -> None:
        """Asked by whoever holds it; signed after minutes, hours, days, or never."""
        asked = await self.firm.does(handler, tickets.ask_to_sign, row["number"], "head", "May we?", Shut())
        wait = self.dice.choice([5, 15, 16, 120, 3000, None])
        if wait is not None:
            self.firm.time.set(clock.now() + timedelta(minutes=wait))
            head = {self.firm.finance: self.firm.qian, self.firm.hr: self.firm.han}.get(
                row["department"], self.firm.qian
            )
            with suppress(Refused):
                await self.firm.does(head, tickets.sign, row["number"], asked.token, "Yes.")
            self.firm.time.set(at)

    async def _help(self, row: Any, handler: Reader, at: datetime) -> None:
        to = self.dice.choice([of for of in self.handlers if of != row["department"]])
        asked = await self.firm.does(handler, tickets.ask_department, row["number"], to, "Do you know?", Shut())
        if self.dice.random() < 0.6:
            await self.firm.does(self.handlers[to][0], tickets.answer, row["number"], asked.token, "Yes.")

    async def _merge(self, row: Any, handler: Reader, at: datetime) -> None:
        mine = await self.root.fetch(
            "select number from tickets where requester = $1 and department = $2 and number <> $3 and state = 'open'",
            row["requester"], row["department"], row["number"],
        )  # fmt: skip
        if mine:
            await together(self.firm, handler, tickets.merge, row["number"], self.dice.choice(mine)["number"])
