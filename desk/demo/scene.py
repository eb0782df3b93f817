"""A story on its way, and the transactions in which it goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from desk import db
from desk.db import Reader
from desk.demo.days import Days
from desk.demo.story import HANDLER, Story
from desk.tickets.actions.updates import Written
from desk.tickets.queries.cases import Case, case

_ON_THAT_DAY = "select become_reader($1, $2, $3)"


@dataclass
class Scene:
    """`ids` holds people by login and departments by code, `others` what is told beside it, by name."""

    story: Story
    ids: dict[str, int]
    days: Days
    others: "dict[str, Scene]"
    number: int = 0
    last: Written | None = None  # the words that a correction corrects, and that labels are about

    @property
    def words(self) -> str:
        assert self.last is not None, "somebody has written by then"
        return self.last.token

    async def case(self, at: datetime) -> Case:
        return await case(self.number, at=at)

    async def person(self, who: str) -> int:
        """A login, or whoever has the request in hand then."""
        if who != HANDLER:
            return self.ids[who]
        async with db.acting_as(Reader(self.ids[self.story.who]), writing=False):
            handler: int = await db.call("select handler from tickets where number = $1", self.number)
        return handler


@asynccontextmanager
async def acting_on(person: int, at: datetime) -> AsyncIterator[None]:
    """With the keys of that day: what was granted then is granted, and ends when it ended."""
    reader = Reader(person)
    async with db.acting_as(reader):
        await db.call(_ON_THAT_DAY, person, reader.cap, at)
        yield
