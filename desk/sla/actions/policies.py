"""A line of the policies is never changed, only moved, ended and followed by a new one: promises name the line.

from desk.sla.actions import policies
await policies.add(Line(zh="工资发放", en="Payroll", critical=True, resolution=Budget(seconds=14400)))
"""

from datetime import datetime
from typing import Any

import msgspec

from desk import clock, db
from desk.directory import queries as directory
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.sla.rules import policies as rules
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import Target

_ADD = """
insert into policies (position, name_zh, name_en, service, priority, department, critical, reply, resolution,
                      made_at, made_by)
select (select coalesce(max(position), 0) + 1 from policies), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
returning id
"""
_SAME = """
select true from policies
 where ended_at is null and service is not distinct from $1 and priority is not distinct from $2
   and department is not distinct from $3 and critical = $4 limit 1
"""
_ORDER = "select id from policies where ended_at is null order by position, id for update"
_PUT_IN_ORDER = """
update policies p set position = o.place
  from unnest($1::int[]) with ordinality o (id, place) where o.id = p.id
"""
_END = "update policies set ended_at = $2 where id = $1 and ended_at is null returning id"


async def check_keeps() -> None:
    """Raises Forbidden."""
    rules.check_may_keep(await directory.roles(db.reader().person))


async def add(line: Line) -> int:
    """After all others; its `place` is not looked at. Returns the id. Raises Forbidden, Invalid, Refused."""
    await check_keeps()
    at = clock.now()
    rules.check_line(line)
    if await db.call(_SAME, line.service, line.priority, line.department, line.critical):
        raise Refused("sla.policy_exists")
    made: int = await db.call(
        _ADD, line.zh, line.en, line.service, line.priority, line.department, line.critical, _json(line.reply),
        _json(line.resolution), at, db.reader().person,
    )  # fmt: skip
    await _about(Tag.POLICY_ADDED, made, at)
    return made


async def move(policy: int, *, up: bool) -> None:
    """One place earlier or later; at the end nothing happens. What was promised stays. Raises Forbidden, Refused."""
    await check_keeps()
    at = clock.now()
    order = [row["id"] for row in await db.fetch(_ORDER)]
    if policy not in order:
        raise Refused("sla.no_policy")
    here = order.index(policy)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        await db.call(_PUT_IN_ORDER, order)
        await _about(Tag.POLICY_MOVED, policy, at, place=there + 1)


async def end(policy: int) -> None:
    """From now on nobody gets it; what was promised by it stays. Raises Forbidden, Refused."""
    await check_keeps()
    at = clock.now()
    if await db.call(_END, policy, at) is None:
        raise Refused("sla.no_policy")
    await _about(Tag.POLICY_ENDED, policy, at)


async def _about(tag: Tag, policy: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"policy:{policy}", at=at, audience=[STAFF], **facts)


def _json(target: Target | None) -> str | None:
    return None if target is None else msgspec.json.encode(target).decode()
