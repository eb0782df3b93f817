"""All faults of a form at once: nobody should mend it three times."""

from collections.abc import Callable
from typing import TypeVar

from desk.i18n import Invalid, Sentence

T = TypeVar("T")


def gather(faults: dict[str, Sentence], read: Callable[[], T]) -> T | None:
    """What `read` returns; where it raises Invalid, its faults are added and None is returned."""
    try:
        return read()
    except Invalid as invalid:
        faults |= invalid.faults
        return None
