"""Why somebody reads what of a request: for the operator at the shell. Ids and labels, never words."""

from datetime import date, datetime

from msgspec import Struct

from desk import db
from desk.disclosure.rules import Keys, Tier
from desk.disclosure.rules.grounds import Facts

_KEYS = "select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused"
_PORTIONS = """
select p.*, d.name_zh as owner_zh, d.name_en as owner_en
  from labelled_portions($1) p join departments d on d.id = p.owner
"""
_UNTIL = "select max(until) from grants where person = $1 and until > $2"


class Row(Struct, frozen=True, kw_only=True):
    portion: str  # request, words, file
    token: str
    day: date
    owner_zh: str
    owner_en: str
    facts: Facts


async def keys_of_reader() -> Keys:
    """Of whom this transaction runs as: computed in it, as for any page."""
    row = await db.fetch_one(_KEYS)
    assert row is not None
    return Keys(all=frozenset(row["keys"]), own=frozenset(row["own"]), recused=frozenset(row["recused"]))


async def portions(number: int) -> list[Row]:
    """As nobody. Empty for a number that no request has."""
    return [
        Row(
            portion=row["portion"], token=row["token"], day=row["day"], owner_zh=row["owner_zh"],
            owner_en=row["owner_en"],
            facts=Facts(
                audience=tuple(row["audience"]), granted=row["granted"], ticket=row["ticket"], tier=Tier(row["tier"]),
                sealed=row["sealed"], author=row["author"], requester=row["requester"],
                whole=row["portion"] == "request",
            ),
        )
        for row in await db.fetch(_PORTIONS, number)
    ]  # fmt: skip


async def granted_until(person: int, at: datetime) -> datetime | None:
    """The latest end of this person's live grants."""
    until: datetime | None = await db.call(_UNTIL, person, at)
    return until
