"""Random histories of one request, told through the actions; what people may not do then is refused and changes nothing."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from desk import clock, db
from desk.db import Reader
from desk.i18n import NotFound, Refused
from desk.sla import jobs
from desk.tickets import actions as tickets
from desk.tickets import jobs as ticket_jobs
from desk.tickets.actions.updates import Shut
from tests.firm import SHANGHAI, Firm, told

TRIES = 8  # until something may be done
PASSES = (0, 0, 60, 1800, 3 * 3600, 3 * 3600, 20 * 3600, 70 * 3600, 150 * 3600)  # seconds of wall time


_LAST = "select {} from {} join tickets t on t.id = u.ticket where t.number = $1 and {} order by u.id desc limit 1"


class History:
    """`alive` keeps its own book of when the request ran: [filing or reopening, end or None]."""

    def __init__(self, firm: Firm, seed: int) -> None:
        self.firm, self.dice = firm, random.Random(seed)
        self.told: list[str] = []
        self.swept = False
        self.number = 0
        self.alive: list[tuple[datetime, datetime | None]] = []

    async def begin(self) -> None:
        self.number = await self.firm.lin_asks_for("a taxi receipt")
        self.alive = [(clock.now(), None)]

    async def step(self) -> None:
        """Time passes, or somebody does something, or tries to."""
        self.swept = False
        if self.dice.random() < 0.4:
            return await self._time_passes()
        for _ in range(TRIES):
            if await self._try():
                break
        return None

    async def _try(self) -> bool:
        deeds = self._deeds()
        _, name, deed = self.dice.choices(deeds, [deed[0] for deed in deeds])[0]
        was_over = self.alive[-1][1] is not None
        try:
            await deed()
        except (Refused, db.Lost):
            return False
        self.told.append(f"{told(clock.now())} {name}")
        await self._note_the_end(was_over)
        return True

    async def _time_passes(self) -> None:
        at = clock.now() + timedelta(seconds=self.dice.choice(PASSES) + self.dice.randrange(2))
        self.firm.time.set(at)
        if self.dice.random() < 0.7:
            self.told.append(f"{told(at)} the worker looks")
            await jobs.sweep()
            await ticket_jobs.sweep()
            await self._note_the_end(self.alive[-1][1] is not None)
            self.swept = True

    async def _note_the_end(self, was_over: bool) -> None:
        (row,) = await self.firm.rows(self.firm.lin, "select ended_at from tickets where number = $1", self.number)
        if was_over and row["ended_at"] is None:
            self.alive.append((clock.now(), None))
        elif not was_over and row["ended_at"] is not None:
            self.alive[-1] = (self.alive[-1][0], row["ended_at"])

    def _deeds(self) -> list[tuple[float, str, Callable[[], Awaitable[object]]]]:
        """(how often, what, deed)"""
        firm, number, who = self.firm, self.number, self.dice.choice(["wu", "zhou", "han"])
        handler, to = firm.people[who], self.dice.choice([firm.finance, firm.hr])
        return [
            (2, f"{who} takes it", lambda: firm.does(handler, tickets.take, number)),
            (3, f"{who} replies", lambda: firm.replies(handler, number)),
            (3, f"{who} replies and says by when", lambda: firm.replies(handler, number, by=self._soon())),
            (4, f"{who} asks", lambda: firm.does(handler, tickets.ask, number, "Which one?", Shut())),
            (3, f"{who} hands it over", lambda: firm.does(handler, tickets.hand_over, number, to, "Not ours.")),
            (3, f"{who} resolves it", lambda: firm.does(handler, tickets.resolve, number, "Done.")),
            (0.4, f"{who} declines", lambda: firm.does(handler, tickets.decline, number, "Not here.")),
            (5, "lin writes", lambda: firm.lin_writes(number)),
            (3, "lin accepts", lambda: firm.lin_accepts(number)),
            (5, "lin says not yet, or reopens it", lambda: firm.lin_reopens(number)),
            (0.2, "lin withdraws", lambda: firm.lin_withdraws(number)),
            (1, "a holiday is declared", self._holiday),
            *self._asks(who),
        ]

    def _asks(self, who: str) -> list[tuple[float, str, Callable[[], Awaitable[object]]]]:
        """A signature of the department's head, help of the other department; a critical mark; a word that moves."""
        firm, number, does, handler = self.firm, self.number, self.firm.does, self.firm.people[who]
        verb = self.dice.choice([tickets.sign, tickets.refuse, tickets.ask_back])
        priority = self.dice.choice(["routine", "critical"])
        return [
            (2, f"{who} asks for a signature", lambda: does(handler, tickets.ask_to_sign, number, "head", "?", Shut())),
            (2, f"{who} asks legal", lambda: does(handler, tickets.ask_department, number, firm.legal, "?", Shut())),
            (3, f"qian answers: {verb.__name__}", lambda: self._answered(firm.qian, verb, "So it is.")),
            (2, f"{who} answers what is asked", lambda: self._answered(handler, tickets.answer, "So it is.")),
            (1, f"{who} needs it no more", lambda: self._answered(handler, tickets.recall)),
            (2, f"{who} sets {priority}", lambda: does(handler, tickets.set_priority, number, priority, "It burns.")),
            (2, f"{who} asks for a later time", lambda: self._moved(handler, tickets.ask_renewal, "The bank is shut.")),
            (2, "lin agrees to it", lambda: self._moved(firm.lin, tickets.agree, "")),
        ]

    async def _answered(self, who: Reader, verb: Callable[..., Awaitable[object]], *words: str) -> None:
        ask = await self._last(who, "u.token", "updates u", "u.kind = 'ask'")
        await self.firm.does(who, verb, self.number, ask["token"], *words)

    async def _moved(self, who: Reader, verb: Callable[..., Awaitable[object]], words: str) -> None:
        owed = "u.kind = 'expectation' and u.settled_at is null"
        word = await self._last(who, "u.token, u.due_at, u.renewal_at", "promises u", owed)
        until = word["renewal_at"] or word["due_at"] + timedelta(hours=self.dice.randrange(1, 30))
        await self.firm.does(who, verb, self.number, word["token"], until, words)

    async def _last(self, who: Reader, columns: str, table: str, which: str) -> Any:
        rows = await self.firm.rows(who, _LAST.format(columns, table, which), self.number)
        if not rows:
            raise NotFound  # there is nothing to answer yet
        return rows[0]

    def _soon(self) -> str:
        return told(clock.now() + timedelta(hours=self.dice.randrange(1, 60))) or ""

    async def _holiday(self) -> None:
        department = self.dice.choice([self.firm.finance, self.firm.hr])
        day = (clock.now().astimezone(SHANGHAI) + timedelta(days=self.dice.randrange(1, 5))).date().isoformat()
        await self.firm.closes_on(department, day)
        await jobs.follow_calendar(department)

    def __str__(self) -> str:
        return "\n".join(self.told)
