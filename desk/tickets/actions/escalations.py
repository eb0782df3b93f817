"""The level before says why, and what comes next; the level that was told reads it. Once, and never rewritten."""

from datetime import datetime

from desk import db
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.tickets.queries import escalations
from desk.tickets.rules import words

_SAY = (
    "update escalations set reason = $2, reason_by = $3, reason_at = $4 where id = $1 and reason is null returning id"
)


async def explain(token: str, reason: str, *, at: datetime) -> None:
    """Raises Invalid, NotFound, Lost when somebody said it already."""
    said = words.line(reason, field="reason")
    row = await escalations.one_of_me(token)
    await db.expect_one(_SAY, row["id"], said, db.reader().person, at)
    await journal.write(
        Tag.ESCALATION_EXPLAINED, row["item"], at=at, audience=row["audience"], ticket=row["ticket"],
        promise=row["promise"], level=row["level"], recipient=row["recipient"],
    )  # fmt: skip
