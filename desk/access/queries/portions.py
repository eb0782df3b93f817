"""Portions that somebody may be let in to, in the words that the reader may read of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db

_COLUMNS = """
select 'request-' || t.number as ref, 'ticket:' || t.id as item, t.number, t.title as words, p.name as author,
       t.filed_at as at, t.tier, t.owner_department
  from tickets t join people p on p.id = t.requester"""
_OF_UPDATES = """
select u.token, 'update:' || u.id, t.number, left(u.body, 160), p.name, u.at, u.tier, u.owner_department
  from updates u join tickets t on t.id = u.ticket join people p on p.id = u.author"""
_NAMED = f"""
{_COLUMNS} where t.id = any ($1::bigint[]) union all {_OF_UPDATES} where u.id = any ($2::bigint[]) order by at, item
"""
_SHUT = f"""
{_COLUMNS} where t.number = $1 and t.tier >= 2 union all {_OF_UPDATES} where t.number = $1 and u.tier >= 2
 order by at, item
"""


class Portion(Struct, frozen=True, kw_only=True):
    """`ref`: how a form names it. `words`: the title of a request, or how an update begins."""

    ref: str
    item: str
    number: int
    words: str
    author: str
    at: datetime
    tier: int
    owner_department: int


async def named(items: Sequence[str]) -> list[Portion]:
    """Of these items (ticket:17, update:9001) those that the reader READs."""
    ids: dict[str, list[int]] = {"ticket": [], "update": []}
    for item in items:
        kind, _, number = item.partition(":")
        ids[kind].append(int(number))
    return [_portion(row) for row in await db.fetch(_NAMED, ids["ticket"], ids["update"])]


async def shut(number: int) -> list[Portion]:
    """What of a request the reader READs and not everybody does, oldest first."""
    return [_portion(row) for row in await db.fetch(_SHUT, number)]


def _portion(row: Any) -> Portion:
    return Portion(**dict(row))
