"""Labels that move: the rules decide, the locksmith's functions move the locks, the journal says so.

`today` is the owner department's day, as markers say it.
"""

from datetime import date, datetime
from typing import Any

from desk import db
from desk.disclosure.queries import Portion
from desk.disclosure.rules import Tier, changes
from desk.disclosure.rules.changes import Wish
from desk.journal import actions as journal
from desk.journal.rules import Tag


async def shut_further(portion: Portion, to: Tier, wish: Wish, *, at: datetime, today: date) -> None:
    """Raised: of a request, with everything under it. Raises Invalid, Forbidden."""
    label = changes.raised(portion.held, to, wish, portion.writer, today)
    reason = label.reason and label.reason.value
    audience: list[str] = await db.call(
        "select raise_label($1, $2, $3, $4, $5, $6, $7)",
        portion.item, to.value, reason, label.sentence, label.opens_on, label.owner, today,
    )  # fmt: skip
    await _tell(Tag.LABEL_RAISED, portion, audience, at, tier=to.value)


async def prolong(portion: Portion, wish: Wish, *, at: datetime, today: date) -> None:
    """A later opening, for a new reason. Raises Invalid, Refused."""
    label = changes.prolonged(portion.held, wish, portion.writer, today)
    audience: list[str] = await db.call(
        "select prolong_label($1, $2, $3, $4)",
        portion.item, label.reason and label.reason.value, label.sentence, label.opens_on,
    )  # fmt: skip
    await _tell(Tag.LABEL_PROLONGED, portion, audience, at, times=portion.held.prolonged + 1)


async def lower(portion: Portion, to: Tier, *, at: datetime, today: date) -> None:
    """Opened before its day, or less shut than it was. Raises Refused, Forbidden, Invalid."""
    changes.check_lower(portion.held, to, portion.writer)
    audience: list[str] = await db.call("select lower_label($1, $2, $3)", portion.item, to.value, today)
    await _tell(Tag.LABEL_LOWERED, portion, audience, at, tier=to.value)


async def unseal(portion: Portion, *, at: datetime, today: date) -> None:
    """Before the seal's day; a marker says that there was one. Raises Refused, Forbidden."""
    changes.check_unseal(portion.held, portion.writer)
    audience: list[str] = await db.call("select unseal($1, $2)", portion.item, today)
    await _tell(Tag.SEAL_ENDED, portion, audience, at)


async def refuse(portion: Portion, act: str, why: str, *, at: datetime) -> None:
    """What was wished for a label and may not be. `why`: the key of the sentence that was said."""
    await _tell(Tag.LABEL_REFUSED, portion, portion.audience, at, act=act, why=why)


async def _tell(tag: Tag, portion: Portion, audience: list[str], at: datetime, **facts: Any) -> None:
    await journal.write(tag, portion.item, at=at, audience=audience, ticket=portion.ticket, **facts)
