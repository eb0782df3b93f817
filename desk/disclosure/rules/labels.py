"""What a portion says of itself: tier, owner, reason, term. Who may say so."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from desk.i18n import Forbidden, Invalid, Sentence


class Tier(IntEnum):
    OPEN = 0
    INTERNAL = 1
    DEPARTMENT = 2
    RESTRICTED = 3
    CORE = 4


class Reason(StrEnum):
    PERSONAL_DATA = "personal_data"
    PAY_AND_APPRAISAL = "pay_and_appraisal"
    SECURITY_HOLE = "security_hole"
    NEGOTIATION = "negotiation"
    LEGAL = "legal"
    THIRD_PARTY_SECRET = "third_party_secret"
    INVESTIGATION = "investigation"
    DRAFT_BEFORE_DECISION = "draft_before_decision"


LONGEST_TERM = {Tier.DEPARTMENT: 180, Tier.RESTRICTED: 365, Tier.CORE: 365}  # days
DEFAULT_TERM = {Tier.DEPARTMENT: 90, Tier.RESTRICTED: 90, Tier.CORE: 180}  # days until it opens by itself


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a portion says of itself. `day` is the owner department's day at writing."""

    tier: Tier
    owner: int
    day: date
    reason: Reason | None = None
    sentence: str | None = None
    opens_on: date | None = None
    opens_to: Tier = Tier.INTERNAL


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who takes part in a request (ids), and the request's own label."""

    requester: int
    requesting: int
    serving: int
    label: Label


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who writes: id, the department of work, level for each department (2 member, 3 handler or its own head)."""

    person: int
    department: int
    levels: dict[int, int]
    guest: bool = False


def read_tier(value: int, field: str = "tier") -> Tier:
    """Raises Invalid unless 0 to 3: core words need a second person of another line, who agrees first."""
    if value == Tier.CORE:
        raise Invalid({field: Sentence("disclosure.core_needs_second")})
    try:
        return Tier(value)
    except ValueError:
        raise Invalid({field: Sentence("disclosure.no_such_tier")}) from None


def usual_of_note(request: Tier, reach: int) -> tuple[Tier, Reason] | None:
    """Of a note that nobody placed: it stays with the departments, since what it weighs is mostly not decided yet.

    None where the request is no more open than that, or where the writer's access (`reach`) ends below.
    """
    return (Tier.DEPARTMENT, Reason.DRAFT_BEFORE_DECISION) if request < Tier.DEPARTMENT <= reach else None


def read_reason(value: str | None, field: str = "reason") -> Reason | None:
    try:
        return Reason(value) if value else None
    except ValueError:
        raise Invalid({field: Sentence("disclosure.no_such_reason")}) from None


def read_term(tier: Tier, days: int | None, field: str = "term") -> int:
    """Days until words of tier 2 and above open by themselves. Raises Invalid beyond the tier's longest."""
    if days is None:
        return DEFAULT_TERM[tier]
    if not 1 <= days <= LONGEST_TERM[tier]:
        raise Invalid({field: Sentence("disclosure.term_out_of_range", most=LONGEST_TERM[tier])})
    return days


def label(
    wanted: Tier,
    *,
    owner: int,
    day: date,
    reason: Reason | None = None,
    sentence: str | None = None,
    term: int | None = None,
    chosen: bool = True,
) -> Label:
    """A label for new words. From tier 2 a reason is needed, from tier 3 a sentence too; `term` in days, or the tier's
    usual one. Raises Invalid.

    A tier that nobody chose (a service's default, a request's high water) brings its own reason and needs no sentence.
    """
    if wanted < Tier.DEPARTMENT:
        return Label(tier=wanted, owner=owner, day=day)
    if reason is None:
        raise Invalid({"reason": Sentence("disclosure.reason_needed")})
    if chosen and wanted >= Tier.RESTRICTED and not (sentence or "").strip():
        raise Invalid({"sentence": Sentence("disclosure.sentence_needed")})
    opens = day + timedelta(days=read_term(wanted, term))
    return Label(tier=wanted, owner=owner, day=day, reason=reason, sentence=sentence, opens_on=opens)


def owner_for(writer: Writer, parties: Parties) -> int:
    """Whose handlers may read what this person shuts: the serving department's, unless the writer works elsewhere."""
    if writer.person == parties.requester or parties.serving in writer.levels:
        return parties.serving
    return writer.department


def check_may_shut(tier: Tier, writer: Writer, parties: Parties) -> None:
    """Restricted words come from handlers, or from the requester on the own request. Raises Forbidden."""
    if tier < Tier.RESTRICTED or writer.person == parties.requester:
        return
    if writer.levels.get(owner_for(writer, parties), 0) < 3:
        raise Forbidden("disclosure.only_handlers_restrict")
