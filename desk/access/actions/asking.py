"""Asking for what a marker tells of: an ordinary request to the department that owns it, with a same-day promise."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.disclosure.actions import grants
from desk.disclosure.queries import grants as queries
from desk.disclosure.rules import Facts, Reason, Tier, check_wanted
from desk.i18n import Refused
from desk.sla.queries import clocks
from desk.tickets import actions as tickets
from desk.tickets.actions.filing import Filing


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`title` says no more than the department: others who may read the request learn nothing of what it is about."""

    asked: Facts
    title: str
    why: str
    until: date | None


async def ask(wanted: Wanted, *, at: datetime) -> int:
    """The number of the access request; of the first one while that is open. Raises Refused where nothing is shut."""
    asked = wanted.asked
    await check_stands(asked)
    first = await queries.open_ask(asked)
    if first is not None:
        return first
    until = check_wanted(wanted.until, (await clocks.clock(asked.owner)).today(at))
    filing = Filing(
        title=wanted.title, body=grants.reason(wanted.why, "why"), tier=Tier.DEPARTMENT.value,
        reason=asked.reason or Reason.PERSONAL_DATA.value, to=asked.owner, channel="access",
    )  # fmt: skip
    number = await tickets.file(filing, at=at)
    await grants.note_ask(number, asked, until)
    return number


async def check_stands(asked: Facts) -> None:
    if not await queries.stands(asked):
        raise Refused("access.nothing_shut")
