"""A word is moved before its time: its giver asks, whoever relies on it agrees or not. Nothing else moves with it."""

from datetime import datetime
from typing import Any

from desk import db
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.queries.promises import Owed
from desk.sla.queries.renewals import asker, renewals, superior
from desk.sla.rules import instants
from desk.sla.rules import renewals as rules
from desk.sla.rules.targets import Moment

_ASK = """
update promises set renewal_at = $2 where id = $1 and settled_at is null and renewal_at is null returning id
"""
_ANSWERED = """
update promises set renewal_at = null where id = $1 and settled_at is null and renewal_at = $2 returning id
"""


async def ask(promise: Owed, until: datetime, words: str, *, at: datetime) -> None:
    """Once at a time. Raises Lost."""
    await db.expect_one(_ASK, promise.id, until)
    await promises.record(promise, "renewal_asked", at, data={"until": until, "words": words})
    await _journal(Tag.RENEWAL_ASKED, promise, at, recipient=promise.promisee, until=until)


async def agree(promise: Owed, until: datetime, words: str, *, at: datetime) -> None:
    """The due moves, and nothing else does. From the second time on the giver's superior is told. Raises Lost."""
    await db.expect_one(_ANSWERED, promise.id, until)
    await promises.renew(promise, Moment(instants.seconds(until)), words, at=at)
    await _journal(Tag.PROMISE_RENEWED, promise, at, recipient=await asker(promise.id), until=until)
    if rules.tells_superior(await renewals(promise.id)) and (above := await superior(promise.person, at)):
        await _journal(Tag.RENEWED_AGAIN, promise, at, recipient=above)


async def refuse(promise: Owed, until: datetime, words: str, *, at: datetime) -> None:
    """The word stands as it was given. Raises Lost."""
    await db.expect_one(_ANSWERED, promise.id, until)
    await promises.record(promise, "renewal_refused", at, data={"until": until, "words": words or None})
    await _journal(Tag.RENEWAL_REFUSED, promise, at, recipient=await asker(promise.id), until=until)


async def _journal(tag: Tag, promise: Owed, at: datetime, **facts: Any) -> None:
    await journal.write(
        tag, promise.item, at=at, audience=promise.audience, ticket=promise.ticket, promise=promise.id, **facts
    )
