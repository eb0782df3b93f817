"""Letters that wait for a person."""

from desk.mail.actions.work import Became, State


def held(why: str, detail: str = "") -> Became:
    """own, unknown, guest, stranger, automatic, refused: nothing follows until somebody decides."""
    return Became(outcome=why, state=State.HELD, fault=detail or None)
