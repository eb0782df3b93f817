"""A try for more than anybody may give is refused, and written down though what was refused is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from desk import db
from desk.disclosure.actions import grants
from desk.disclosure.rules import Overreach


@asynccontextmanager
async def noted(reader: db.Reader, at: datetime) -> AsyncIterator[None]:
    """The transaction of what was tried; after an Overreach another one, which keeps its code."""
    try:
        async with db.acting_as(reader):
            yield
    except Overreach as tried:
        async with db.acting_as(reader):
            await grants.note_try(tried.what, at=at)
        raise
