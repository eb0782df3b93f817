"""A chat on loopback, and everything that the journal asks for done at once."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from desk import db
from desk.journal import actions as journal
from desk.journal.jobs import react
from desk.webhooks.jobs import send
from desk.worker import REACTIONS
from tests.firm import Firm
from tests.webhooks.chat import Chat, chat

Following = Callable[[], Awaitable[None]]
_LATEST = "2100-01-01T00:00:00Z"


@pytest.fixture
async def group(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Chat]:
    async with chat(monkeypatch) as one:
        yield one


@pytest.fixture
def follow(firm: Firm) -> Following:
    """The worker's work, in this process: reactions to what the journal holds, then the calls that are due."""

    async def done() -> None:
        while claimed := await _claimed(firm):
            for entry, tries in claimed:
                await react(entry, tries, REACTIONS)
        while await send():
            pass

    return done


async def _claimed(firm: Firm) -> list[tuple[int, int]]:
    async with db.acting_as(db.NOBODY):
        return await journal.claim(at=firm.time.at, at_most=500)
