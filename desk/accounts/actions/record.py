"""How this package writes the journal: a person's access is that person's own business."""

from datetime import datetime
from typing import Any

from desk import locks
from desk.journal import actions as journal
from desk.journal.rules import Tag


async def about(person: int, tag: Tag, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"person:{person}", at=at, audience=[locks.person(person)], **facts)
