"""One promise step by step, for whoever argues about it at the shell: facts only, neither words nor names of people."""

from datetime import datetime
from typing import Any

import msgspec

from desk import db
from desk.i18n import Refused, either, say
from desk.sla.queries import clocks
from desk.sla.queries.promises import events_of
from desk.sla.rules import instants, targets, why

_FACTS = "select * from promise_facts($1)"


async def lines(promise: str, language: str, zone: str | None, *, at: datetime) -> list[str]:
    """`zone`: IANA, or None for the calendar's own. Raises Refused."""
    row = await db.fetch_one(_FACTS, promise)
    if row is None:
        raise Refused("sla.no_promise", promise=promise[:40])
    clock = await clocks.version(row["calendar"])
    target = targets.read(msgspec.json.decode(row["target"]))
    owed = clock.owed(events_of(row["events"]), target, instants.seconds(at), every_day=True)
    department = either(language, row["name_zh"], row["name_en"])
    told: dict[str, Any] = {"language": language, "zone": zone or clock.compiled.calendar.tz, "now": at}
    steps = why.sentences(owed.why, promisor=department, kind=row["kind"], **told)
    head = say(
        language, f"sla.explained_{row['state']}", due=why.headline(row["due_at"], **told), department=department
    )
    return [head, *(f"{n}. {step}" for n, step in enumerate(steps, 1))]
