"""What became of a letter, in words."""

from desk.i18n import catalogue, say


def state(of: str, fault: str | None, said: str) -> str:
    words = say(said, f"outbox.state_{of}")
    return words + say(said, "outbox.because", why=_why(fault, said)) if fault else words


def happened(tag: str, by: str | None, said: str, *, own: bool) -> str:
    """The sentence of the notice; nobody is told of their own doing, they are answered."""
    if own:
        return say(said, "outbox.acknowledgement")
    return say(said, f"notices.{tag}", by=by or say(said, "notices.the_desk"))


def _why(fault: str, said: str) -> str:
    """A server's codes stand for themselves."""
    key = f"outbox.fault_{fault}"
    return say(said, key) if key in catalogue() else fault
