"""What somebody decides about a letter that waits."""

from datetime import datetime
from enum import StrEnum

from desk import db, queue
from desk.i18n import Forbidden, Refused
from desk.intake.queries.waiting import check_sees, may_take
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF

_DECIDE = "select decide_letters($1, $2, $3)"
ALL = None


class Decision(StrEnum):
    REPLAY = "replay"
    TAKE = "take"  # as a request, written down by the handler
    ASIDE = "aside"


async def decide(token: str | None, what: Decision, *, at: datetime) -> int:
    """Of one letter, or of ALL that are dead. The worker does the rest; returns how many. Raises Forbidden, Refused."""
    await check_sees()
    if what is Decision.TAKE and not await may_take():
        raise Forbidden("tickets.only_handlers_log")
    done: int = await db.call(_DECIDE, token, what.value, at)
    if not done and token is not ALL:
        raise Refused("intake.decided_already")
    about = f"letter:{token or 'all'}"
    await journal.write(Tag.LETTER_DECIDED, about, at=at, audience=[STAFF], what=what.value, letters=done)
    db.after_commit("letters", queue.letters)
    return done
