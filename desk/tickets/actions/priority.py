"""How critical a request is, says who handles it, with a reason that the requester reads."""

from datetime import datetime

from desk import db
from desk.i18n import Invalid, Sentence
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.rules.policies import Priority
from desk.tickets.actions.updates import Shut, Words, write
from desk.tickets.queries import standards
from desk.tickets.queries.cases import Case
from desk.tickets.rules import states
from desk.tickets.rules import words as rules

_SET = "update tickets set priority = $2, critical = $3 where id = $1 and priority = $4 returning id"


async def set_priority(case: Case, priority: str, reason: str, *, at: datetime) -> None:
    """What is owed gets the targets of the line that holds then. Raises Refused when the critical share is used up."""
    to = _read(priority)
    states.check_prioritise(
        case.actor, department=case.department, requester=case.requester, state=case.state, change=(case.priority, to)
    )
    why = rules.line(reason, field="reason")
    under = await standards.of_case(case, to)
    await db.expect_one(_SET, case.id, to.value, under.critical, case.priority.value)
    moved = await promises.retarget(case.id, under, at=at)
    dues = [(one.kind, one.old, one.due) for one in moved]
    await write(case, Words("message", why), Shut(), tag=Tag.PRIORITY_SET, at=at, priority=to, dues=dues)


def _read(priority: str) -> Priority:
    try:
        return Priority(priority)
    except ValueError:
        raise Invalid({"priority": Sentence("web.expected_choice")}) from None
