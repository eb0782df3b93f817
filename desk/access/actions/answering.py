"""How an access request is answered: with a grant, with an extract, or with a refusal; each keeps the promise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.access.actions.granting import last_instant
from desk.access.queries import portions
from desk.directory import queries as directory
from desk.disclosure.actions import grants
from desk.disclosure.queries import grants as queries
from desk.disclosure.queries.grants import Asked
from desk.disclosure.rules import Tier, check_lower, check_term, check_whom, label, read_reason, under
from desk.i18n import Invalid, NotFound, Refused, Sentence
from desk.journal.rules import Tag
from desk.sla.queries import clocks
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Words, write
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case
from desk.tickets.rules import states
from desk.tickets.rules import words as texts


@dataclass(frozen=True, kw_only=True)
class Granting:
    """`refs`: which of the portions asked for; `until` is the last day."""

    refs: Sequence[str]
    until: date | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Words written anew. Internal: under the request where the marker stands; department: with the access request."""

    tier: int
    body: str
    why: str


async def asked_in(case: Case) -> Asked:
    """Raises NotFound for what is no access request."""
    asked = await queries.asked_by(case.number)
    if asked is None:
        raise NotFound
    return asked


async def grant(case: Case, new: Granting, outcome: str, *, roles: Collection[str], at: datetime) -> None:
    """To whoever asked, until a day. Raises Overreach for more than anybody may give."""
    asked = await asked_in(case)
    guest = (await directory.person(asked.person)).guest
    check_whom(case.writer.person, asked.person, guest=guest, roles=roles)
    states.check_end(case.actor, department=case.department, requester=case.requester, state=case.state)
    owner = await clocks.clock(asked.marker.owner_department)
    until = check_term(new.until, owner.today(at))
    offered = await portions.named(await queries.asked_portions(case.number))
    given = grants.Grant(
        to=asked.person, items=[one.item for one in offered if one.ref in new.refs], until=last_instant(until, owner),
        why=new.why, ask=case.id,
    )  # fmt: skip
    await grants.give(given, guest=guest, roles=roles)
    await tickets.resolve(case, outcome, at=at, tag=Tag.ACCESS_GRANTED, until=until, items=given.items)


async def extract(case: Case, new: Extract, outcome: str, *, at: datetime) -> None:
    """High water does not bind what is declared as an extract; the journal has the declaration."""
    asked = await asked_in(case)
    states.check_end(case.actor, department=case.department, requester=case.requester, state=case.state)
    check_lower(Tier(new.tier), asked.marker.tier)
    if not await queries.asked_portions(case.number):
        raise Refused("access.nothing_to_extract")
    words = Words("extract", texts.body(new.body), why=grants.reason(new.why, "why"))
    if new.tier <= Tier.INTERNAL:
        await _under_the_request(asked, words, case.number, at)
    else:
        await write(case, words, case.label, tag=Tag.EXTRACT_GIVEN, at=at)
    await tickets.resolve(case, outcome, at=at)


async def refuse(case: Case, code: str, sentence: str, said: str, *, at: datetime) -> None:
    """With a reason of the closed list and a sentence; whoever asked can say "not yet"."""
    await asked_in(case)
    reason = read_reason(code, "code")
    if reason is None:
        raise Invalid({"code": Sentence("disclosure.reason_needed")})
    grants.reason(sentence, "sentence")
    await tickets.decline(case, said, at=at, tag=Tag.ACCESS_REFUSED, code=reason.value)


async def may_stand_below(asked: Asked, at: datetime) -> bool:
    """Whether an extract for every employee has a place: under the request, where that itself is open to them."""
    if asked.number is None or not await cases.is_readable(asked.number):
        return False
    return (await cases.case(asked.number, at=at)).label.tier <= Tier.INTERNAL


async def _under_the_request(asked: Asked, words: Words, answered: int, at: datetime) -> None:
    if not await may_stand_below(asked, at):
        raise Invalid({"tier": Sentence("access.extract_no_place")})
    of = await cases.held(asked.number or 0, at=at)
    owner = asked.marker.owner_department
    today = (await clocks.clock(owner)).today(at)
    own = label(Tier.INTERNAL, owner=owner, day=today)
    await write(of, words, under(own, of.label), tag=Tag.EXTRACT_GIVEN, at=at, answered=answered)
