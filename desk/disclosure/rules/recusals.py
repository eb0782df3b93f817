"""A conflict of interest: who says so, and who says that it is over."""

from datetime import datetime

from desk.i18n import Forbidden, Invalid, Refused, Sentence


def check_recuse(
    by: int, who: int, why: str, *, decides: bool, recused: bool, until: datetime | None, now: datetime
) -> str:
    """The reason. `decides`: leads the owner department or audits. Oneself at any time. Raises Forbidden, Invalid."""
    if by != who and not decides:
        raise Forbidden("disclosure.only_heads_recuse")
    if recused:
        raise Refused("disclosure.recused_already", field="person")
    faults = {}
    if not why.strip():
        faults["why"] = Sentence("disclosure.recusal_why")
    if until is not None and until <= now:
        faults["until"] = Sentence("disclosure.recusal_past")
    if faults:
        raise Invalid(faults)
    return why.strip()


def check_end(by: int, who: int, *, decides: bool) -> None:
    """Not by the one who is recused: whoever has a conflict does not judge that it is over. Raises Forbidden."""
    if by == who or not decides:
        raise Forbidden("disclosure.only_heads_end_recusal")
