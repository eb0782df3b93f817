"""How something is hidden: kinds of portions under a request, seals; and what a world is."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.disclosure import actions as disclosure
from desk.disclosure.actions import recusals
from desk.disclosure.queries import countersigns
from desk.disclosure.queries import recusals as known
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion
from desk.tickets.actions.updates import Shut
from desk.tickets.rules.words import Expectation
from tests.firm import Firm, local
from tests.leaks.cast import RECUSED

PORTIONS = ("note", "file", "word", "ask", "correction", "core", "sealed note", "sealed file", "sealed word")
ACTS = ("labels", "recusals", "removals", "access", "links", "children", "splits", "follow-ups", "merges")
KINDS = (*PORTIONS, *ACTS)


@dataclass(frozen=True)
class World:
    """`other`: what is hidden says other things; `more`: there is more of it behind the same markers. `marked`, `sealed`:
    whether it is there at all.
    """

    name: str
    other: bool = False
    more: bool = False
    marked: bool = True
    sealed: bool = True

    @property
    def secret(self) -> str:
        return "quokka-dismissal-袋鼠解雇, at length" if self.other else "zebra-salary-斑马工资"

    @property
    def words(self) -> tuple[str, str]:
        """Words that occur nowhere else."""
        return ("quokka", "袋鼠") if self.other else ("zebra", "斑马")


WHOLE = World("whole")
OTHER = World("other", other=True, more=True)  # N1
REWORDED = World("reworded", other=True)  # N1 of figures, which count what a marker announces
UNSEALED = World("unsealed", sealed=False)  # N2
UNMARKED = World("unmarked", marked=False)  # N3
WORLDS = (WHOLE, OTHER, REWORDED, UNSEALED, UNMARKED)


@dataclass
class Told:
    """What the walk needs to know of a world: numbers by what is hidden there, tokens of what is hidden by kind."""

    places: dict[int, str] = field(default_factory=dict)
    marked: list[int] = field(default_factory=list)  # requests that are hidden as a whole
    sealed: list[int] = field(default_factory=list)
    cited: int = 0  # a sealed number that somebody wrote down where all may read it
    tokens: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # kind -> (number of the request, token)


@contextmanager
def known_tokens(world: str) -> Iterator[Any]:
    """Random words that follow from a name and a count: a step that is left out moves no others. Where files lie is not
    the same in two worlds: nobody sees it.
    """
    state = {"step": "", "count": 0}

    def drawn(size: int | None = None) -> bytes:
        state["count"] += 1
        seed = f"{state['step']}:{state['count']}".encode()
        return hashlib.shake_256(seed).digest(size or 32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", lambda n=32: urlsafe_b64encode(drawn(n)).rstrip(b"=").decode())
        patch.setattr(secrets, "token_hex", lambda n=32: hashlib.sha256(world.encode() + drawn(n)).hexdigest()[: 2 * n])
        yield lambda step: state.update(step=step, count=0)


class Hiding:
    def __init__(
        self, firm: Firm, root: asyncpg.Connection, world: World, step: Any, kinds: Sequence[str] = KINDS
    ) -> None:
        self.firm, self.root, self.world, self._step, self.kinds = firm, root, world, step, kinds
        self.told = Told()

    async def at(self, hour: str, step: str, day: str = "2026-11-20") -> None:
        self.firm.clock_says(f"{day} {hour}")
        self._step(step)
        await self.root.execute("update leaking.step set name = $1", step)

    async def _note(self, number: int, reason: str, sealed: bool) -> Any:
        who = self.firm.deng if self.world.other else self.firm.wu
        shut = Shut(3, reason, self.world.secret)
        written = await self.firm.does(who, tickets.note, number, self.world.secret, shut)
        self._keep("update", number, written.token)
        await self._let_in(f"update:{written.id}")
        return written

    async def _file(self, number: int, reason: str, sealed: bool) -> Any:
        written = await self._note(number, reason, sealed)
        files = [File(f"{self.world.secret}.txt", self.world.secret.encode())]
        files += files if self.world.more else []
        who = self.firm.deng if self.world.other else self.firm.wu
        to = Portion(label=written.label, audience=written.audience, update=written.id)
        async with db.acting_as(who):
            ticket = await db.call("select id from tickets where number = $1", number)
            for token in await tickets.attach(ticket, files, to, at=clock.now()):
                self._keep("file", number, token)
        return written

    async def _word(self, number: int, reason: str, sealed: bool) -> Any:
        """Due within the morning: it will be broken, and climb."""
        who = self.firm.deng if sealed else self.firm.wu
        by = local("2026-11-20 10:20" if self.world.other else "2026-11-20 10:15")
        shut, expectation = Shut(3, reason, self.world.secret), Expectation(by, self.world.secret)
        written = await self.firm.does(who, tickets.reply, number, self.world.secret, shut, expectation=expectation)
        self._keep("update", number, written.token)
        await self._keep_promises(number, written.id)
        return written

    async def _ask(self, number: int, reason: str, sealed: bool) -> None:
        shut = Shut(3, reason, self.world.secret)
        asked = self.firm.departments["studio" if self.world.other else "hr"]
        written = await self.firm.does(self.firm.wu, tickets.ask_department, number, asked, self.world.secret, shut)
        self._keep("ask", number, written.token)
        await self._keep_promises(number, written.id)

    async def _correction(self, number: int, reason: str, sealed: bool) -> None:
        written = await self._note(number, reason, sealed)
        who = self.firm.deng if self.world.other else self.firm.wu
        await self.firm.does(who, tickets.correct, number, written.token, self.world.secret * 2, self.world.secret)

    async def _core(self, number: int, reason: str, sealed: bool) -> None:
        """Its marker says the month, whatever the day."""
        if self.world.other:
            self.firm.clock_says("2026-11-19 17:10")
        written = await self._note(number, reason, sealed)
        await self.second("core", number, written.token, by="deng" if self.world.other else "wu")

    # ---- what two people decide, and who has nothing to do with it

    async def second(
        self, kind: str, number: int, token: str = "request", *, by: str = "wu", second: str = "han", yes: bool = True
    ) -> None:
        """`by` asks for a seal or for core words, and the second person of another line answers."""
        wish = shapes.Seconded(
            second=second, reason="legal" if kind == "core" else "investigation", sentence=self.world.secret
        )
        await moving.move(self.firm.people[by], number, token, moving.asking(kind, wish), name=kind, at=clock.now())
        asked = await self.root.fetchval("select token from countersigns order by id desc limit 1")
        if len(self.told.tokens.get("countersign", [])) < 10:
            self._keep("countersign", number, asked)
        async with db.acting_as(self.firm.people[second]):
            at = clock.now()
            of = await countersigns.asked(asked)
            await disclosure.answer(of, yes, at=at, today=await moving.today(of.owner, at))

    async def recuse(self, number: int, *logins: str, by: str = "", until: datetime | None = None) -> None:
        """`by` somebody who decides; otherwise by themselves. Whatever their rank: they have nothing to do with it."""
        for login in logins or RECUSED:
            async with db.acting_as(self.firm.people[by or login]):
                of = await known.standing(number)
                who = self.firm.people[login].person or 0
                await recusals.recuse(of, who, "kin", at=clock.now(), until=until)

    async def _let_in(self, item: str) -> None:
        """莫 was let in for an hour, yesterday; and was told so, which no action would leave out."""
        since, until = local("2026-11-19 09:00"), local("2026-11-19 10:00")
        await self.root.execute(
            "insert into grants (person, item, since, until, by, why) values ($1, $2, $3, $4, $5, 'asked')",
            self.firm.mo.person, item, since, until, self.firm.wu.person,
        )  # fmt: skip

    async def number_in(self, step: str) -> int:
        """The first number of chance that a step draws, whether it is told or not."""
        found: int = await self.root.fetchval("select 1000000000 + abs(hashtext($1 || '0')::bigint)", step)
        return found

    async def label(self, who: db.Reader, number: int, token: str, act: moving.Act, name: str) -> None:
        await moving.move(who, number, token, act, name=name, at=clock.now())

    async def _id(self, number: int) -> int:
        found: int = await self.root.fetchval("select id from tickets where number = $1", number)
        return found

    def _keep(self, kind: str, number: int, token: str) -> None:
        self.told.tokens.setdefault(kind, []).append((number, token))

    async def _keep_promises(self, number: int, update: int) -> None:
        for row in await self.root.fetch("select token from promises where of_update = $1", update):
            self._keep("promise", number, row["token"])
