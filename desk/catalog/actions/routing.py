from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import clock, db
from desk.catalog import queries
from desk.catalog.actions.record import about_rule, answering_department, check_administers, open_department
from desk.catalog.rules.routing import Condition, check_rule
from desk.catalog.rules.service import NoService
from desk.catalog.tables import RoutingRule
from desk.directory import queries as directory
from desk.i18n import Invalid, Refused, Sentence
from desk.journal.rules import Tag


class RuleDraft(Struct, frozen=True, kw_only=True):
    """Departments and the service by code, the handler by login; what is None is not asked."""

    department: str
    service: str | None = None
    from_department: str | None = None
    field: str | None = None
    equals: str | None = None
    contains: str | None = None
    handler: str | None = None
    least: bool = False


async def add_rule(draft: RuleDraft) -> int:
    """After all others. Returns the id. Raises Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    columns = await _columns(draft, at)
    await _check_new(columns, rule=None)
    position = await db.call("select coalesce(max(position), 0) + 1 from routing_rules")
    rows = await RoutingRule.insert(RoutingRule(**columns, position=position))
    rule: int = rows[0]["id"]
    await about_rule(Tag.RULE_ADDED, rule, at, department=columns["department"])
    return rule


async def change_rule(rule: int, draft: RuleDraft) -> None:
    """Requests that were routed before stay where they are. Raises Forbidden, Invalid, Refused."""
    await check_administers()
    at = clock.now()
    await _holds(rule)
    columns = await _columns(draft, at)
    await _check_new(columns, rule=rule)
    await RoutingRule.update({name: columns[name] for name in columns}).where(_of(rule))
    await about_rule(Tag.RULE_CHANGED, rule, at, department=columns["department"])


async def move_rule(rule: int, *, up: bool) -> None:
    """One place earlier or later; at the end nothing happens. Raises Forbidden, Refused."""
    await check_administers()
    at = clock.now()
    await _holds(rule)
    order = [row["id"] for row in await db.fetch(_ORDER)]
    here = order.index(rule)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        await db.call(_PUT_IN_ORDER, order)
        await about_rule(Tag.RULE_CHANGED, rule, at, position=there + 1)


async def retire_rule(rule: int) -> None:
    """Raises Forbidden, Refused."""
    await check_administers()
    at = clock.now()
    await _holds(rule)
    await RoutingRule.update({RoutingRule.retired: True}).where(_of(rule))
    await about_rule(Tag.RULE_CHANGED, rule, at, retired=True)


_ORDER = "select id from routing_rules where not retired order by position, id for update"
_SAME = """
select true from routing_rules
 where not retired and id is distinct from $1
   and service is not distinct from $2 and from_department is not distinct from $3
   and field is not distinct from $4 and equals is not distinct from $5 and contains is not distinct from $6 limit 1
"""
_PUT_IN_ORDER = """
update routing_rules r set position = o.place
  from unnest($1::int[]) with ordinality o (id, place) where o.id = r.id
"""


async def _check_new(columns: dict[str, Any], *, rule: int | None) -> None:
    """Raises Refused for a second rule under the same conditions: it would never be reached."""
    wanted = [columns[name] for name in ("service", "from_department", "field", "equals", "contains")]
    if await db.call(_SAME, rule, *wanted):
        raise Refused("catalog.rule_exists")


async def _holds(rule: int) -> None:
    if not await db.call("select true from routing_rules where id = $1 and not retired for update", rule):
        raise Refused("catalog.no_rule")


def _of(rule: int) -> Any:
    return RoutingRule.id == rule  # type: ignore[attr-defined]


async def _columns(draft: RuleDraft, at: datetime) -> dict[str, Any]:
    department = await answering_department(draft.department)
    handler = await _handler(draft.handler, department.id, at)
    asker = await open_department(draft.from_department, "from_department") if draft.from_department else None
    when = Condition(
        service=await _service(draft),
        from_department=asker.id if asker else None,
        field=draft.field,
        equals=draft.equals,
        contains=draft.contains,
    )
    check_rule(when, handler=handler, least=draft.least)
    return {
        "department": department.id,
        "handler": handler,
        "least": draft.least,
        **{name: getattr(when, name) for name in when.__struct_fields__},
    }


async def _service(draft: RuleDraft) -> int | None:
    """A field belongs to a form, so whoever asks for one names the service too. Raises Invalid."""
    if draft.service is None:
        if draft.field is not None:
            raise Invalid({"service": Sentence("catalog.field_needs_service")})
        return None
    try:
        service = await queries.service(draft.service)
    except NoService as missing:
        raise Invalid({"service": missing.sentence})
    if draft.field is not None and draft.field not in {field.name for field in service.fields}:
        raise Invalid({"field": Sentence("catalog.no_such_field", name=draft.field)})
    return service.id


async def _handler(login: str | None, department: int, at: datetime) -> int | None:
    """Raises Invalid for somebody who may not handle the department's requests."""
    if login is None:
        return None
    try:
        person = await directory.person_called(login)
    except Refused:
        raise Invalid({"handler": Sentence("catalog.person", login=login)})
    if person.id not in await directory.handlers(department, at):
        raise Invalid({"handler": Sentence("catalog.not_a_handler", name=person.name)})
    return person.id
