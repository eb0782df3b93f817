"""What departments promise each other: a line is never changed, only ended and followed by another."""

from datetime import datetime

import msgspec

from desk import db
from desk.directory import queries as directory
from desk.i18n import Invalid, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.sla.rules import targets
from desk.sla.rules.keepers import check_may_keep
from desk.sla.rules.targets import Target

_END = "update ola_targets set ended_at = $3 where asking = $1 and asked = $2 and ended_at is null"
_ADD = "insert into ola_targets (asking, asked, target, made_at, made_by) values ($1, $2, $3, $4, $5)"


async def agree(asking: int, asked: int, target: Target | None, *, at: datetime) -> None:
    """From now on; None: the same day again. What was asked before keeps its due. Raises Forbidden, Invalid."""
    me = db.reader().person
    check_may_keep(await directory.roles(me))
    if asking == asked:
        raise Invalid({"asked": Sentence("sla.ola_with_itself")})
    await db.call(_END, asking, asked, at)
    if target is not None:
        await db.call(_ADD, asking, asked, msgspec.json.encode(targets.document(target)).decode(), at, me)
    await journal.write(Tag.OLA_AGREED, f"department:{asked}", at=at, audience=[STAFF], asking=asking, asked=asked)
