"""What every door to a label does: one transaction as its reader; what may not be is journaled in the next one."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated

from litestar.params import PathParameter

from desk import db
from desk.access.routes import label_shapes as shapes
from desk.disclosure import actions as disclosure
from desk.disclosure import queries as labels
from desk.disclosure.queries import Portion
from desk.disclosure.rules import Tier, read_reason
from desk.disclosure.rules.changes import Wish
from desk.i18n import Invalid, NotFound, Refused, Sentence
from desk.sla.queries import clocks
from desk.tickets.actions.once import Claim, once
from desk.tickets.queries import cases

Token = Annotated[str, PathParameter(max_length=24)]
Act = Callable[[Portion, datetime, date], Awaitable[object]]


async def move(
    reader: db.Reader, number: int, token: str, act: Act, *, name: str, at: datetime, claimed: Claim | None = None
) -> None:
    """Raises NotFound and Refused; a refusal is in the journal by then, and nothing else is."""
    try:
        async with db.acting_as(reader):
            await cases.held(number, at=at)
            portion = await labels.portion(number, token, at=at)
            async with once(claimed, at=at) as earlier:
                if earlier.answer is None:
                    await act(portion, at, await today(portion.held.label.owner, at))
                    earlier.answer = str(number)
    except (NotFound, db.Lost):
        raise
    except Refused as refusal:
        async with db.acting_as(reader):
            portion = await labels.portion(number, token, at=at)
            await disclosure.refuse(portion, name, refusal.sentence.key, at=at)
        raise


async def today(owner: int, at: datetime) -> date:
    """The owner department's day."""
    return (await clocks.clock(owner)).today(at)


def raising(new: shapes.Raising) -> Act:
    async def act(portion: Portion, at: datetime, day: date) -> None:
        if new.tier == Tier.CORE:
            raise Invalid({"tier": Sentence("disclosure.not_a_raise")})
        await disclosure.shut_further(portion, Tier(new.tier), _wish(new), at=at, today=day)

    return act


def prolonging(new: shapes.Prolongation) -> Act:
    async def act(portion: Portion, at: datetime, day: date) -> None:
        await disclosure.prolong(portion, _wish(new), at=at, today=day)

    return act


def opening(new: shapes.Opening) -> Act:
    async def act(portion: Portion, at: datetime, day: date) -> None:
        await disclosure.lower(portion, Tier(new.to), at=at, today=day)

    return act


def asking(kind: str, new: shapes.Seconded) -> Act:
    async def act(portion: Portion, at: datetime, day: date) -> None:
        await disclosure.ask_for(kind, portion, _wish(new), new.second, at=at, today=day)

    return act


async def unsealing(portion: Portion, at: datetime, day: date) -> None:
    await disclosure.unseal(portion, at=at, today=day)


def _wish(new: shapes.Raising | shapes.Prolongation | shapes.Seconded) -> Wish:
    return Wish(reason=read_reason(new.reason), sentence=new.sentence, days=new.days)
