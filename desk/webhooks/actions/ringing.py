"""Calls are written down when the journal tells of something, their words frozen as every employee may read them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from desk import db, queue, settings
from desk.directory import queries as directory
from desk.i18n import either, say
from desk.journal.queries import Fact
from desk.locks import STAFF
from desk.web.times import Times
from desk.webhooks import queries
from desk.webhooks.queries import Request, Ringing
from desk.webhooks.rules.kinds import ADAPTERS
from desk.webhooks.rules.told import Told

_ADD = """
insert into webhook_calls (entry, webhook, state, tries, next_at, at, body, audience)
values ($1, $2, 'waiting', 0, $3, $3, $4, $5) on conflict (entry, webhook) do nothing
"""


async def ring(fact: Fact, of: Request, *, at: datetime) -> None:
    """One call for each webhook of the department that has the request now; as nobody."""
    for one in await queries.ringing(of.department):
        await _add(fact, one, of_request(fact, of, one.language, at), of.audience, at)
    db.after_commit("calls", queue.calls)


async def ring_trial(fact: Fact, *, at: datetime) -> None:
    found = await queries.tried(int(fact.subject.partition(":")[2]))
    if found is None:
        return
    one, department = found
    name = (await directory.department(department)).name(one.language)
    trial = Told(
        tag=fact.tag, number=0, title=say(one.language, "webhooks.trial_title"), department=name,
        happened=say(one.language, "webhooks.trial_says"), due="", link="",
    )  # fmt: skip
    await _add(fact, one, trial, [STAFF], at)
    db.after_commit("calls", queue.calls)


def of_request(fact: Fact, of: Request, language: str, at: datetime) -> Told:
    times = Times(language, settings.current().zone, at)
    due = say(language, "webhooks.due", day=times.day(of.due), time=times.clock(of.due)) if of.due else ""
    return Told(
        tag=fact.tag, number=of.number, title=of.title, department=either(language, of.name_zh, of.name_en),
        happened=say(language, f"webhooks.{fact.tag.value}"), due=due,
        link=f"{settings.current().base_url}/requests/{of.number}",
    )  # fmt: skip


async def _add(fact: Fact, one: Ringing, told: Told, audience: Sequence[str], at: datetime) -> None:
    body = msgspec.json.encode(ADAPTERS[one.kind].message(told)).decode()
    await db.call(_ADD, fact.entry, one.id, at, body, list(audience))
