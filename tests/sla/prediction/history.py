"""A history of many requests, planted as rows: what actions would take minutes to live through.

    lot = [Past("finance", "expenses", begun=local("2026-10-01 09:00"), after=0.6), ...]
    await plant(superuser, firm, lot)

`after`: the share of its time that a request had used when it was resolved; above 1 it was late, None is still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from tests.firm import Firm

TIME = timedelta(hours=10)
_TICKET = """
insert into tickets (number, service, department, accountable, requester, requesting_department, state, channel, filed_at, reopened,
                     title, body, fields, tier, owner_department, reason, opens_to, sealed, day, audience)
select nextval('ticket_numbers'), s.id, $2, $2, $3, $4, 'open', 'web', $5::timestamptz, 0, 'x', 'x', '{}', 3 * $6::boolean::integer, $2,
       case when $6 then 'legal' end, 1, $6, $5::timestamptz::date, '{staff}' from services s where s.code = $1 returning id
"""
_PROMISE = """
insert into promises (token, ticket, kind, department, promisee, target, calendar, started_at, due_at, breaks_at, thresholds, level,
                      at_risk, state, settled_at, audience)
select md5(random()::text)::varchar(24), $1, 'resolution', $2, $3, '{}', c.id, $4, ($5::timestamptz[])[3], ($5::timestamptz[])[3], $5, 0, false, $6, $7, '{staff}'
  from calendars c where c.department = $2
"""
_HOP = """
insert into hops (ticket, holder, department, since, until, audience) values ($1, 'department', $2, $3, $4, '{staff}')
"""


@dataclass(frozen=True, kw_only=True)
class Past:
    begun: datetime
    after: float | None
    department: str = "finance"
    service: str = "expenses"
    withdrawn: bool = False
    sealed: bool = False
    passed_on: tuple[float, ...] = ()  # shares of its time at which it went to another department

    def at(self, share: float) -> datetime:
        return self.begun + share * TIME

    @property
    def state(self) -> str:
        if self.after is None:
            return "open"
        return "broken" if self.after > 1 else "withdrawn" if self.withdrawn else "kept"


async def plant(superuser: asyncpg.Connection, firm: Firm, lot: Sequence[Past]) -> None:
    for one in lot:
        department = firm.departments[one.department]
        ticket = await superuser.fetchval(
            _TICKET, one.service, department, firm.lin.person, firm.operations, one.begun, one.sealed
        )
        settled = None if one.after is None else one.at(one.after)
        thresholds = [one.at(share) for share in (0.5, 0.75, 1, 1.5)]
        await superuser.execute(
            _PROMISE, ticket, department, firm.lin.person, one.begun, thresholds, one.state, settled
        )  # fmt: skip
        await _pass_on(superuser, firm, ticket, one)


async def _pass_on(superuser: asyncpg.Connection, firm: Firm, ticket: int, one: Past) -> None:
    moments = [one.begun, *map(one.at, one.passed_on)]
    for turn, (since, until) in enumerate(zip(moments, [*moments[1:], None], strict=True)):
        holder = firm.departments[("finance", "hr")[turn % 2]]
        await superuser.execute(_HOP, ticket, holder, since, until)
