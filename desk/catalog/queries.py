"""The catalogue as values. It is small: one statement reads it whole, forms included.

from desk.catalog import queries as catalog
await catalog.service("expenses")
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from desk import db
from desk.catalog.rules.answers import PREFIX, Answers, people, read_fields
from desk.catalog.rules.routing import Condition, Facts, Route, Rule, Strategy, route
from desk.catalog.rules.service import Field, NoService, Service
from desk.catalog.rules.suggestions import suggest
from desk.catalog.rules.told import RuleLine
from desk.i18n import Invalid, Refused, Sentence, either

OF_FORM = """
select f.name, f.kind, f.label_zh, f.label_en, f.hint_zh, f.hint_en, f.choices, f.required
  from fields f where f.service = $1 order by f.position, f.id
"""
_SERVICES = f"""
select coalesce(json_agg(row_to_json(s) order by s.position, s.id), '[]')::text
  from (select s.id, s.code, s.position, s.department, d.code as department_code, d.name_zh as department_zh,
               d.name_en as department_en, s.icon, s.name_zh, s.name_en, s.scope_zh, s.scope_en, s.excludes_zh,
               s.excludes_en, s.bring_zh, s.bring_en, s.keywords, s.tier, s.tier_reason, s.reply, s.resolution,
               s.approvers, s.catch_all, s.retired,
               coalesce((select json_agg(x) from ({OF_FORM.replace("$1", "s.id")}) x where $5), '[]') as fields
          from services s join departments d on d.id = s.department
         where ($1 or (not s.retired and (s.tier = 0 or not (select exists
                 (select from people g where g.id = reader_person() and g.guest)))))
           and ($2::text is null or s.code = $2) and (not $3 or s.catch_all)
         order by s.position, s.id limit $4) s
"""  # noqa: S608 - a constant of this file
_RULES = """
select r.id, r.position, r.service, r.from_department, r.field, r.equals, r.contains, r.department, p.id as handler,
       r.least
  from routing_rules r
  left join lateral (select p.id from people p where p.id = r.handler and p.left_at is null limit 1) p on true
 where not r.retired order by r.position, r.id
"""
_RULE_LINES = """
select r.id, s.code as service, s.name_zh as service_zh, s.name_en as service_en, a.code as from_department,
       a.name_zh as from_zh, a.name_en as from_en, r.field, f.label_zh as field_zh, f.label_en as field_en, r.equals,
       (select c ->> 'zh' from jsonb_array_elements(f.choices) c where c ->> 'value' = r.equals) as value_zh,
       (select c ->> 'en' from jsonb_array_elements(f.choices) c where c ->> 'value' = r.equals) as value_en,
       r.contains, d.code as department, d.name_zh as department_zh, d.name_en as department_en, p.login as handler,
       p.name as handler_name, p.left_at is not null as handler_left, r.least
  from routing_rules r join departments d on d.id = r.department
  left join services s on s.id = r.service
  left join departments a on a.id = r.from_department
  left join fields f on f.service = r.service and f.name = r.field
  left join people p on p.id = r.handler
 where not r.retired and ($1::int is null or r.id = $1) order by r.position, r.id
"""
# who has not left and may take a department's requests: its handlers and its head
_ANSWERS = """
exists (select from memberships m join people p on p.id = m.person
         where m.department = {0} and m.level >= 3 and p.left_at is null)
or exists (select from headships h join people p on p.id = h.person
            where h.department = {0} and h.until is null and p.left_at is null)
"""
_SILENT = f"select d.code from departments d where not ({_ANSWERS.format('d.id')})"  # noqa: S608 - see above
_ROUTING = f"""
select (select json_agg(r) from ({_RULES}) r)::text as rules,
       array(select d.id from departments d where not ({_ANSWERS.format("d.id")})) as silent,
       (select s.department from services s
         where s.catch_all and not s.retired and ({_ANSWERS.format("s.department")})) as instead
"""  # noqa: S608 - constants of this file
_LOGINS = """
select lower(p.login) as login from people p
 where lower(p.login) = any ($1::text[]) and (p.left_at is null or p.left_at > $2)
"""


class Group(Struct, frozen=True):
    """A department and what it does for people, in the order of the catalogue."""

    code: str
    name_zh: str
    name_en: str
    services: list[Service]

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)


async def services(*, retired: bool = False, at_most: int | None = None) -> list[Service]:
    """In the order of the catalogue: guests find what is open, since a guest could not read any other request.

    With `retired`, all there is, also what is offered no longer: for what was asked before, and for administrators.
    """
    return await _services(retired=retired, at_most=at_most)


async def service(code: str, *, retired: bool = False) -> Service:
    """Raises NoService."""
    found = await _services(retired=retired, code=code)
    if not found:
        raise NoService
    return found[0]


async def catch_all() -> Service:
    """What takes requests that fit nowhere else. Refused with a sentence when there is none yet."""
    found = await _services(catch_all=True)
    if not found:
        raise Refused("catalog.no_catch_all")
    return found[0]


async def form(code: str) -> tuple[Field, ...]:
    """Raises NoService."""
    return (await service(code)).fields


async def groups(*, retired: bool = False) -> list[Group]:
    """By department, each where its first service stands."""
    found: dict[str, Group] = {}
    for one in await _services(retired=retired):
        group = Group(one.department_code, one.department_zh, one.department_en, [])
        found.setdefault(one.department_code, group).services.append(one)
    return list(found.values())


async def suggestions(words: str) -> list[Service]:
    """Without their forms: whoever follows one opens its form then."""
    return suggest(words, await _services(forms=False)) if words.strip() else []


async def rules() -> list[Rule]:
    """The routing rules that hold, in order. A handler who has left is nobody: the department's queue takes over."""
    return [_rule(row) for row in await db.fetch(_RULES)]


async def rule_lines() -> list[RuleLine]:
    """The same rules with the names of what they are about."""
    return [RuleLine(**row) for row in await db.fetch(_RULE_LINES, None)]


async def rule_line(rule: int) -> RuleLine:
    """Raises Refused for a rule that does not hold."""
    row = await db.fetch_one(_RULE_LINES, rule)
    if row is None:
        raise Refused("catalog.no_rule")
    return RuleLine(**row)


async def route_of(facts: Facts, of: Service) -> Route:
    """Who gets a request that asks for a service. Where nobody can answer, the department of the catch-all does."""
    row = await db.fetch_one(_ROUTING)
    assert row is not None, "three values"
    written: list[dict[str, Any]] = msgspec.json.decode(row["rules"] or "[]")
    found = route(facts, [_rule(one.values()) for one in written], of)
    moves = found.department in row["silent"] and row["instead"] is not None
    return Route(row["instead"], None, Strategy.QUEUE) if moves else found


async def silent() -> frozenset[str]:
    """The codes of departments where nobody can take a request: no handler and no head who is still in the company."""
    return frozenset(row["code"] for row in await db.fetch(_SILENT))


async def answers(form: tuple[Field, ...], typed: Mapping[str, object], at: datetime) -> Answers:
    """Answers to a form's questions; whoever is named must be in the company. Raises Invalid."""
    found = read_fields(form, typed)
    if named := people(form, found):
        rows = await db.fetch(_LOGINS, list(named.values()), at)
        missing = set(named.values()) - {row["login"] for row in rows}
        faults = {
            f"{PREFIX}{name}": Sentence("catalog.person", login=login)
            for name, login in named.items()
            if login in missing
        }
        if faults:
            raise Invalid(faults)
    return found


async def _services(
    *,
    retired: bool = False,
    code: str | None = None,
    catch_all: bool = False,
    at_most: int | None = None,
    forms: bool = True,
) -> list[Service]:
    text = await db.call(_SERVICES, retired, code, catch_all, at_most, forms)
    return msgspec.json.decode(text, type=list[Service])


def _rule(row: Iterable[Any]) -> Rule:
    """Of the values of _RULES, in their order."""
    id, position, service, from_department, field, equals, contains, department, handler, least = row
    when = Condition(service=service, from_department=from_department, field=field, equals=equals, contains=contains)
    return Rule(id=id, position=position, when=when, department=department, handler=handler, least=least)
