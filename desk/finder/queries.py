"""Hits as the reader reads them: the index says where the words stand, row security says what of it is shown."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from desk import db
from desk.finder.rules import LOOK, Hit, Look, Narrowed
from desk.i18n import either
from desk.search.queries import Place
from desk.search.rules import of_request

# everything that is counted is counted here: two thousand rows are dear to carry
_LOOK = """
with hits as materialized (
  select place, at, ticket, starts_with(portion, 'update:') as update, substr(portion, 8)::bigint as row
    from search_terms($1::text::tsquery, $2, $3, $4)
), months as materialized (  -- where each begins: to ask this of each hit costs a calendar each time
  select array_agg(m.at at time zone $5 order by m.at) as begin,
         array_agg(to_char(m.at, 'YYYY-MM') order by m.at) as name
    from (select min(h.at) at time zone $5 as first, max(h.at) at time zone $5 as last from hits h) h
   cross join generate_series(date_trunc('month', h.first), h.last, interval '1 month') m (at)
), read as materialized (
  select h.place, h.at, h.row, h.update, t.department, t.state::text as state, width_bucket(h.at, m.begin) as month
    from hits h join tickets t on t.id = h.ticket cross join months m
), cells as materialized (
  select case when c.update then 'updates' else 'requests' end as kind, d.code as department, c.state,
         m.name[c.month] as month, c.count
    from (select r.update, r.department, r.state, r.month, count(*) as count from read r group by 1, 2, 3, 4) c
    join departments d on d.id = c.department cross join months m
), counted as (
  select case when grouping(c.kind) = 0 then 'kind' when grouping(c.department) = 0 then 'department'
              when grouping(c.state) = 0 then 'state' else 'month' end as filter,
         coalesce(c.kind, c.department, c.state, c.month) as value, sum(c.count) as count
    from cells c group by grouping sets ((c.kind), (c.department), (c.state), (c.month))
)
select json_build_object(
  'total', (select count(*) from hits),
  'last', (select row_to_json(x) from (select h.place, h.at, h.row, h.update from hits h
                                        order by h.at, h.place limit 1) x),
  'counts', (select coalesce(json_agg(c), '[]') from counted c),
  'lists', (select json_object_agg(k.kind, json_build_object(
    'count', (select coalesce(sum(c.count), 0) from cells c where k.kind in ('', c.kind)
                and ($6 = '' or c.department = $6) and ($7 = '' or c.state = $7) and ($8 = '' or c.month = $8)),
    'hits', (select coalesce(json_agg(x), '[]') from (select r.place, r.at, r.row, r.update
               from read r cross join months m
              where (k.kind = '' or r.update = (k.kind = 'updates'))
                and ($6 = '' or r.department = (select d.id from departments d where d.code = $6))
                and ($7 = '' or r.state = $7) and ($8 = '' or m.name[r.month] = $8)
              order by r.at desc, r.place desc limit $10) x)))
    from unnest($9::text[]) k (kind)))::text
"""
_DEPARTMENTS = "select d.id, d.code, d.name_zh, d.name_en from departments d"
_REQUESTS = """
select t.id as row, t.number, t.title, t.body, array(select v.value from jsonb_each_text(t.fields) v
              where jsonb_typeof(t.fields -> v.key) <> 'boolean') as answers,
       t.tier, t.state, t.filed_at as at, d.name_zh, d.name_en
  from tickets t join departments d on d.id = t.department where t.id = any ($1)
"""
# what was corrected since is still found, and says so
_UPDATES = """
select u.id as row, u.token, t.number, t.title, u.body, u.tier, t.state, u.at, d.name_zh, d.name_en,
       exists (select from updates c where c.corrects = u.id and c.ticket = u.ticket) as corrected
  from updates u join tickets t on t.id = u.ticket join departments d on d.id = t.department where u.id = any ($1)
"""
_TEXTS = """
select 'ticket:' || t.id as portion, t.number, t.title, t.body,
       array(select v.value from jsonb_each_text(t.fields) v
              where jsonb_typeof(t.fields -> v.key) <> 'boolean') as answers
  from tickets t where 'ticket:' || t.id = any ($1) and t.id = any ($2)
union all
select 'update:' || u.id, null, null, u.body, null from updates u where 'update:' || u.id = any ($1) and u.id = any ($2)
"""


class Words(Struct, frozen=True, kw_only=True):
    """Of a portion that is shown."""

    number: int
    title: str
    body: str
    answers: str = ""  # of a request's form, one beside the other
    tier: int
    state: str
    at: Any
    name_zh: str
    name_en: str
    token: str = ""  # of an update
    corrected: bool = False


async def look(
    words: str, narrowed: Narrowed, lists: Collection[str], *, before: Place | None, zone: str, size: int
) -> Look:
    """The newest that this reader reads, at most LOOK; `words` as in search.rules.Query, `lists`: the kinds that are
    wanted, "" is both, of each one more than `size`.
    """
    text = await db.call(
        _LOOK, words, before and before.at, before and before.id, LOOK, zone, narrowed.department, narrowed.state,
        narrowed.month, list(lists), size + 1,
    )  # fmt: skip
    return msgspec.json.decode(text, type=Look)


async def shown(of: Sequence[Hit]) -> list[tuple[Hit, Words]]:
    """Their words, in the same order."""
    requests, updates = ([hit.row for hit in of if hit.update is kind] for kind in (False, True))
    rows = await db.fetch(_REQUESTS, requests) if requests else []
    rows += await db.fetch(_UPDATES, updates) if updates else []
    read = {("token" in row, row["row"]): _read(row) for row in rows}
    with_words = [(hit, read.get((hit.update, hit.row))) for hit in of]
    return [(hit, words) for hit, words in with_words if words is not None]


async def texts(portions: Collection[str]) -> dict[str, list[str]]:
    """What of these portions can be found, as far as this reader reads it."""
    rows = await db.fetch(_TEXTS, list(portions), [int(portion.partition(":")[2]) for portion in portions])
    return {row["portion"]: _texts(row) for row in rows}


async def departments(of: Collection[str], language: str) -> dict[str, str]:
    """Names of those that hold what was found, by code."""
    rows = await db.fetch(_DEPARTMENTS)
    return {row["code"]: either(language, row["name_zh"], row["name_en"]) for row in rows if row["code"] in of}


def _texts(row: Mapping[str, Any]) -> list[str]:
    if row["number"] is None:
        return [row["body"]]
    return of_request(row["number"], row["title"], row["body"], row["answers"])


def _read(row: Mapping[str, Any]) -> Words:
    found = {name: row[name] for name in ("number", "title", "tier", "state", "at", "name_zh", "name_en")}
    if "token" in row:
        return Words(**found, body=row["body"], token=row["token"], corrected=row["corrected"])
    return Words(**found, body=row["body"], answers=" · ".join(row["answers"]))
