"""Words that may be taken away, and what was asked, decided and can be proved."""

from datetime import datetime

from msgspec import Struct, convert

from desk import db
from desk.i18n import NotFound
from desk.tickets.queries.cases import Case

REQUEST = "request"  # in place of a token: the request's own words
_WORDS = """
select u.id, u.token, u.author, u.at, u.body, u.tier, u.audience, p.name as author_name,
       case when u.tier >= 2 then u.owner_department else $2 end as owner
  from updates u join people p on p.id = u.author
 where u.ticket = $1 and u.corrects is null and u.removed_at is null order by u.id desc
"""
_OWN = """
select null::bigint as id, 'request' as token, coalesce(t.logged_by, t.requester) as author, t.filed_at as at,
       t.title || e'\\n' || t.body as body, t.tier, t.audience, p.name as author_name,
       case when t.tier >= 2 then t.owner_department else t.department end as owner
  from tickets t join people p on p.id = coalesce(t.logged_by, t.requester) where t.id = $1 and t.removed_at is null
"""
_REMOVALS = """
select r.id, r.token, r.words, r.reason, r.state, r.by, r.at, r.settled_by, r.settled_at, p.name as by_name,
       s.name as settled_name, coalesce(u.token, 'request') as of
  from removals r join people p on p.id = r.by left join people s on s.id = r.settled_by
  left join updates u on u.id = r.words where r.ticket = $1 order by r.id desc
"""
_VERSIONS = "select body from updates where ticket = $1 and (id = $2 or corrects = $2) order by id"
_OWN_VERSION = "select title, body from tickets where id = $1"
_FILES = """
select a.digest from attachments a left join updates u on u.id = a.of_update
 where a.ticket = $1 and a.removed_at is null
   and case when $2::bigint is null then a.of_update is null else a.of_update = $2 or u.corrects = $2 end
"""
_KEPT = "select digests, key from removals where id = $1"


class Words(Struct, frozen=True, kw_only=True):
    """What somebody wrote and may be asked to take away; `owner`: the department that it belongs to."""

    id: int | None
    token: str
    author: int
    author_name: str
    at: datetime
    body: str
    tier: int
    owner: int
    audience: list[str]


class Removal(Struct, frozen=True, kw_only=True):
    id: int
    token: str
    words: int | None
    of: str  # the token of the words
    reason: str
    state: str
    by: int
    by_name: str
    at: datetime
    settled_by: int | None
    settled_name: str | None
    settled_at: datetime | None


async def words(case: Case) -> list[Words]:
    """What of a request the reader may read and was not taken away yet, the newest first."""
    rows = [*await db.fetch(_WORDS, case.id, case.department), *await db.fetch(_OWN, case.id)]
    return [convert(dict(row), Words) for row in rows]


async def removals(case: Case) -> list[Removal]:
    return [convert(dict(row), Removal) for row in await db.fetch(_REMOVALS, case.id)]


async def removal(case: Case, token: str) -> Removal:
    """Raises NotFound."""
    found = next((one for one in await removals(case) if one.token == token), None)
    if found is None:
        raise NotFound
    return found


async def versions(case: Case, words: int | None) -> tuple[list[str], list[str]]:
    """(every version of the words, the digests of their files)"""
    files = [row["digest"] for row in await db.fetch(_FILES, case.id, words)]
    if words is None:
        row = await db.fetch_one(_OWN_VERSION, case.id)
        return [row["title"], row["body"]] if row else [], files
    return [row["body"] for row in await db.fetch(_VERSIONS, case.id, words)], files


async def kept(removal: int) -> tuple[str, str | None]:
    """(the keyed hashes as JSON, which key)"""
    row = await db.fetch_one(_KEPT, removal)
    assert row is not None, "whoever asks has read the row"
    return row["digests"], row["key"]
