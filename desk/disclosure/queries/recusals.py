"""Who is recused from a request, for whoever reads it."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from desk import db
from desk.i18n import NotFound

_STANDING = "select id, number, title, owner_department, department, audience from tickets where number = $1"
_RECUSALS = """
select r.person, p.login, p.name, r.since, r.until, b.name as by, r.why
  from recusals_of($1, $2) r join people p on p.id = r.person join people b on b.id = r.by
"""


class Standing(Struct, frozen=True, kw_only=True):
    number: int
    title: str
    ticket: int
    owner: int
    serving: int
    audience: list[str]


class Recused(Struct, frozen=True, kw_only=True):
    person: int
    login: str
    name: str
    since: datetime
    until: datetime | None  # None: until somebody ends it
    by: str
    why: str  # empty: it came along from the request that this one was made of


async def standing(number: int) -> Standing:
    """Raises NotFound."""
    row = await db.fetch_one(_STANDING, number)
    if row is None:
        raise NotFound
    return Standing(
        number=row["number"], title=row["title"], ticket=row["id"], owner=row["owner_department"],
        serving=row["department"], audience=list(row["audience"]),
    )  # fmt: skip


async def of(ticket: int, *, at: datetime) -> list[Recused]:
    return [Recused(**dict(row)) for row in await db.fetch(_RECUSALS, ticket, at)]


async def is_less(one: int, other: int) -> bool:
    """Whether somebody is recused from the one and not, for as long, from the other."""
    return bool(await db.call("select recused_less($1, $2)", one, other))


async def without(ticket: int, people: Collection[int], *, at: datetime) -> list[int]:
    """Those of them who are not recused."""
    recused = {one.person for one in await of(ticket, at=at)}
    return [person for person in people if person not in recused]
