"""A word that cannot be kept is moved before its time, with the consent of whoever relies on it (specs/sla.md)."""

from datetime import datetime, timedelta

from msgspec import Struct

from desk.i18n import Forbidden, Invalid, Refused, Sentence
from desk.sla.rules.kinds import Kind, Standing

FARTHEST = timedelta(days=60)  # how far ahead a word may be given or moved: a mistyped year would stand for ever
SUPERIOR_FROM = 2  # the renewal from which on the superior of whoever gave the word is told


class Word(Struct, frozen=True, kw_only=True):
    """A promise as a renewal finds it. `renewal_at`: to when its giver asks to move it."""

    kind: Kind
    state: Standing
    promisee: int
    due_at: datetime
    renewal_at: datetime | None


def check_ask(word: Word, until: datetime, *, speaks: bool, at: datetime) -> None:
    """`speaks`: the one who asks gave the word, or stands in for its giver. Raises Refused, Forbidden, Invalid."""
    if word.kind != Kind.EXPECTATION:
        raise Refused("sla.renewal_of_no_word")
    if not speaks:
        raise Forbidden("sla.renewal_not_yours")
    if is_over(word, at):
        raise Refused("sla.renewal_late")
    if word.renewal_at is not None:
        raise Refused("sla.renewal_pending")
    if until <= word.due_at:
        raise Invalid({"until": Sentence("sla.renewal_not_later")})
    if until > at + FARTHEST:
        raise Invalid({"until": Sentence("sla.renewal_far", days=FARTHEST.days)})


def check_answer(word: Word, until: datetime, *, by: int, at: datetime) -> None:
    """Agreeing or not, to the time that was on the screen. Raises Refused, Forbidden."""
    if by != word.promisee:
        raise Forbidden("sla.renewal_only_promisee")
    if is_over(word, at):
        raise Refused("sla.renewal_answer_late")
    if word.renewal_at != until:
        raise Refused("sla.renewal_other")


def speaks(by: int, *, giver: int | None, giver_there: bool, handles: bool) -> bool:
    """Whoever gave the word asks to move it; where they cannot keep it any more, a handler of who holds the request."""
    return by == giver or (handles and not giver_there)


def is_over(word: Word, at: datetime) -> bool:
    """At its due a word can only be kept or broken; a new one is another promise."""
    return word.state == Standing.BROKEN or at >= word.due_at


def tells_superior(renewals: int) -> bool:
    """`renewals`: how often the word has been moved, this time included."""
    return renewals >= SUPERIOR_FROM
