"""How many letters wait for a person, for who may decide about them."""

from desk import db

CAP = 100
_COUNT = "select count(*) from letters_waiting($1)"


async def how_many() -> str:
    """For a tab: the number, "99+" at most; empty for none, and for who may not see them."""
    count: int = await db.call(_COUNT, CAP)
    return f"{CAP - 1}+" if count >= CAP else str(count or "")
