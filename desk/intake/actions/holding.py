"""Letters that wait for a person."""

from contextlib import suppress
from datetime import datetime

from desk.catalog import queries as catalog
from desk.i18n import Refused
from desk.intake.queries import waiting
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.mail.actions import work
from desk.mail.actions.work import Became, Kept, Known, State


def held(why: str, detail: str = "") -> Became:
    """own, unknown, guest, stranger, automatic, refused: nothing follows until somebody decides."""
    return Became(outcome=why, state=State.HELD, fault=detail or None)


async def settle(kept: Kept, known: Known, became: Became, *, at: datetime) -> None:
    """The first that waits is told of; whoever comes to look finds the others."""
    await work.settle(kept, known, became)
    if became.state is State.HELD and await waiting.is_the_only_one():
        await _tell(at)


async def _tell(at: datetime) -> None:
    """Where nobody answers for what fits nowhere, nobody is told: the page says it all the same."""
    with suppress(Refused):
        keeps = (await catalog.catch_all()).department
        await journal.write(Tag.LETTERS_WAITING, f"department:{keeps}", at=at, audience=[STAFF], keeps=keeps)
