"""The level before says why, and what comes next; the level that was told reads it. Once, and never rewritten."""

from datetime import datetime

from desk import db
from desk.i18n import NotFound
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.rules.escalation import Cause

_MINE = """
select e.id, e.promise, e.ticket, e.item, e.level, e.recipient, e.audience from escalations e
  join escalations l on l.promise = e.promise and l.level = e.level - 1
 where e.token = $1 and l.recipient = $2
"""
_SAY = (
    "update escalations set reason = $2, reason_by = $3, reason_at = $4, cause = $5"
    " where id = $1 and reason is null returning id"
)


async def explain(token: str, cause: Cause, reason: str, *, at: datetime) -> None:
    """Raises NotFound for what is not mine to explain, Lost when somebody said it already."""
    row = await db.fetch_one(_MINE, token, db.reader().person)
    if row is None:
        raise NotFound
    await db.expect_one(_SAY, row["id"], reason, db.reader().person, at, cause)
    await journal.write(
        Tag.ESCALATION_EXPLAINED, row["item"], at=at, audience=row["audience"], ticket=row["ticket"],
        promise=row["promise"], level=row["level"], recipient=row["recipient"],
    )  # fmt: skip
