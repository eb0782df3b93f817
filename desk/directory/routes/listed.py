"""What a form's list of people or departments offers."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from desk.directory.rules import Unknown
from desk.i18n import Invalid, Sentence

T = TypeVar("T")


async def listed(called: Callable[[str], Awaitable[T]], word: str, field: str) -> T:
    """What a form's list offers; anything else is a fault of its field."""
    try:
        return await called(word)
    except Unknown as unknown:
        raise Invalid({field: unknown.sentence if word.strip() else Sentence("web.required")}) from None
