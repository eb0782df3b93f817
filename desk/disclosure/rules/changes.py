"""Labels that move: who may shut words further, for longer, or open them, and within which terms."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desk.disclosure.rules.labels import DEFAULT_TERM, LONGEST_TERM, Label, Reason, Tier, Writer
from desk.i18n import Forbidden, Invalid, Refused, Sentence

LONGEST_SEAL = 90  # days
PROLONGED_AT_MOST = 2
HANDLER, MEMBER = 3, 2
REQUEST, WORDS, FILE = "request", "words", "file"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A portion as its label holds it; `what`: request, words or file. `floor`: the request's tier, 0 for itself."""

    what: str
    label: Label
    author: int
    requester: int
    serving: int
    floor: Tier = Tier.OPEN
    least: Tier = Tier.OPEN  # a service's own, which binds whoever files
    sealed: bool = False
    sealed_until: date | None = None
    raised_on: date | None = None
    prolonged: int = 0

    @property
    def since(self) -> date:
        """From when its term is counted."""
        return self.raised_on or self.label.day


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks for. `days` counts from today; None: what is usual for the tier."""

    reason: Reason | None = None
    sentence: str = ""
    days: int | None = None


def raised(held: Held, to: Tier, wish: Wish, writer: Writer, today: date) -> Label:
    """Further shut, with a reason (a sentence too from tier 3), never for a shorter time. Raises Invalid, Forbidden."""
    if not held.label.tier < to <= Tier.RESTRICTED or to < Tier.DEPARTMENT:
        raise Invalid({"tier": Sentence("disclosure.not_a_raise")})
    owner = _owner(held, to, writer)
    _check_sets(to, owner, held, writer)
    _check_why(to, wish)
    days = DEFAULT_TERM[to] if wish.days is None else wish.days
    _check_days(days, LONGEST_TERM[to])
    opens = max(today + timedelta(days=days), held.label.opens_on or today)
    return replace(
        held.label, tier=to, owner=owner, reason=wish.reason, sentence=wish.sentence.strip() or None, opens_on=opens
    )


def prolonged(held: Held, wish: Wish, writer: Writer, today: date) -> Label:
    """A later day for a new reason; the longest term counts from writing, or from raising. Raises Invalid, Refused."""
    check_may_prolong(held, writer)
    _check_why(held.label.tier, wish)
    opens, latest = held.label.opens_on, held.since + timedelta(days=LONGEST_TERM[held.label.tier])
    assert opens is not None, "check_may_prolong has asked"
    later = max(today, opens) + timedelta(days=DEFAULT_TERM[held.label.tier] if wish.days is None else wish.days)
    if (later - max(today, opens)).days < 1:
        raise Invalid({"days": Sentence("disclosure.days_needed")})
    if later > latest:
        raise Invalid({"days": Sentence("disclosure.beyond_longest", day=latest.isoformat())})
    return replace(held.label, reason=wish.reason, sentence=wish.sentence.strip() or None, opens_on=later)


def check_may_prolong(held: Held, writer: Writer) -> None:
    """Twice at most. Raises Refused, Forbidden."""
    if held.label.tier < Tier.DEPARTMENT or held.label.opens_on is None:
        raise Refused("disclosure.nothing_to_prolong")
    if held.prolonged >= PROLONGED_AT_MOST:
        raise Refused("disclosure.prolonged_twice")
    if writer.person not in (held.author, held.requester):
        _check_sets(min(held.label.tier, Tier.RESTRICTED), held.label.owner, held, writer)


def lower_tiers(held: Held) -> list[Tier]:
    """To which it may be lowered: words stay as shut as their request."""
    return [tier for tier in Tier if max(Tier.INTERNAL, held.floor) <= tier < held.label.tier]


def check_lower(held: Held, to: Tier, writer: Writer) -> None:
    """By whoever wrote it or handles for the owner; words open are welcome, but what a requester restricted is theirs,
    and core words, which two people shut, are opened by nobody but their author (docs/decisions/0040).

    Raises Refused, Forbidden, Invalid.
    """
    handles = writer.levels.get(held.label.owner, 0) >= HANDLER
    if held.what == FILE:
        raise Refused("disclosure.files_only_raised")
    if held.sealed:
        raise Refused("disclosure.sealed_first")
    theirs = held.requester if held.what == REQUEST and held.label.tier >= Tier.RESTRICTED else held.author
    if held.label.tier == Tier.CORE and writer.person != held.author:
        raise Forbidden("disclosure.core_is_its_authors")
    if not handles and writer.person != theirs:
        raise Forbidden("disclosure.not_yours_to_open")
    if not handles and to < held.least:
        raise Forbidden("disclosure.service_binds")
    if to not in lower_tiers(held):
        raise Invalid({"to": Sentence("disclosure.not_lower")})


def check_core(held: Held, writer: Writer) -> None:
    """Core may be asked for of words and files that are restricted, by handlers of the owner. Raises Refused."""
    if held.what == REQUEST:
        raise Refused("disclosure.no_core_request")
    if held.label.tier != Tier.RESTRICTED or held.sealed:
        raise Refused("disclosure.restrict_first")
    _check_handles(held, writer)


def core(held: Held, wish: Wish, writer: Writer, today: date) -> Label:
    """The label that the words will have when the second person agrees. Raises Invalid, Refused."""
    check_core(held, writer)
    _check_why(Tier.CORE, wish)
    days = DEFAULT_TERM[Tier.CORE] if wish.days is None else wish.days
    _check_days(days, LONGEST_TERM[Tier.CORE])
    opens = max(today + timedelta(days=days), held.label.opens_on or today)
    return replace(held.label, tier=Tier.CORE, reason=wish.reason, sentence=wish.sentence.strip(), opens_on=opens)


def check_seal(held: Held, writer: Writer) -> None:
    """Whether a seal may be asked for: from tier 3, by handlers of the owner. Raises Refused."""
    if held.label.tier < Tier.RESTRICTED:
        raise Refused("disclosure.restrict_first")
    if held.sealed:
        raise Refused("disclosure.sealed_already", day=(held.sealed_until or held.label.day).isoformat())
    _check_handles(held, writer)


def seal(held: Held, wish: Wish, writer: Writer, today: date) -> date:
    """Until when it will be sealed: at most 90 days. Raises Invalid, Refused."""
    check_seal(held, writer)
    _check_why(Tier.CORE, wish)
    days = LONGEST_SEAL if wish.days is None else wish.days
    _check_days(days, LONGEST_SEAL)
    return today + timedelta(days=days)


def check_unseal(held: Held, writer: Writer) -> None:
    if not held.sealed:
        raise Refused("disclosure.not_sealed")
    if writer.person != held.author:
        _check_handles(held, writer)


def may(held: Held, writer: Writer) -> set[str]:
    """raise prolong lower core seal unseal: what a page offers, by the checks that the actions make."""
    asks: dict[str, Callable[[], None]] = {
        "prolong": lambda: check_may_prolong(held, writer),
        "lower": lambda: check_lower(held, (lower_tiers(held) or [held.label.tier])[0], writer),
        "core": lambda: check_core(held, writer),
        "seal": lambda: check_seal(held, writer),
        "unseal": lambda: check_unseal(held, writer),
    }
    return {name for name, ask in asks.items() if _passes(ask)} | ({"raise"} if raise_tiers(held, writer) else set())


def raise_tiers(held: Held, writer: Writer) -> list[Tier]:
    """To which this person may raise it without a second one."""
    higher = [tier for tier in (Tier.DEPARTMENT, Tier.RESTRICTED) if tier > held.label.tier]
    return [tier for tier in higher if _passes(lambda: _check_sets(tier, _owner(held, tier, writer), held, writer))]  # noqa: B023


def _owner(held: Held, to: Tier, writer: Writer) -> int:
    """Whose it is then: a request is the serving department's; whoever serves takes what others have no handler for."""
    serves = writer.levels.get(held.serving, 0) >= HANDLER
    handles = writer.levels.get(held.label.owner, 0) >= HANDLER
    if held.what == REQUEST or writer.person == held.requester == held.author:
        return held.serving
    return held.serving if to >= Tier.RESTRICTED and serves and not handles else held.label.owner


def _check_sets(to: Tier, owner: int, held: Held, writer: Writer) -> None:
    """Tier 2: whoever wrote it, and members; 3: handlers, and requesters on what they asked. Raises Forbidden."""
    handles = writer.levels.get(owner, 0) >= HANDLER
    asked = writer.person == held.requester and (held.what == REQUEST or held.author == held.requester)
    if to >= Tier.RESTRICTED:
        if not (handles or asked):
            raise Forbidden("disclosure.only_handlers_restrict")
    elif not (asked or writer.person == held.author or {held.label.owner, held.serving} & writer.levels.keys()):
        raise Forbidden("disclosure.only_members_raise")


def _check_handles(held: Held, writer: Writer) -> None:
    if writer.levels.get(held.label.owner, 0) < HANDLER:
        raise Forbidden("disclosure.only_owner_handlers")


def _check_why(tier: Tier, wish: Wish) -> None:
    """Every fault at once."""
    faults = {}
    if wish.reason is None:
        faults["reason"] = Sentence("disclosure.reason_needed")
    if tier >= Tier.RESTRICTED and not wish.sentence.strip():
        faults["sentence"] = Sentence("disclosure.sentence_needed")
    if faults:
        raise Invalid(faults)


def _check_days(days: int, longest: int) -> None:
    if not 1 <= days <= longest:
        raise Invalid({"days": Sentence("disclosure.term_too_long", n=longest)})


def _passes(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Refused:
        return False
    return True
