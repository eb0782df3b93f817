"""Who may be let in beside the labels, for how long, and by whom: grants, and glass that two people break."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from desk.disclosure.rules.labels import Reason, Tier
from desk.disclosure.rules.markers import Marker
from desk.i18n import Invalid, Refused, Sentence

LONGEST = 30  # days that a grant lasts
GLASS_MINUTES = 60


class Overreach(Refused):
    """A try that is refused and written down: somebody reached for more than anybody may give."""

    def __init__(self, what: str, /, *, field: str | None = None, **values: object) -> None:
        self.what = what
        self.status = 422 if field else 403
        super().__init__(f"disclosure.{what}", field=field, **values)


class Facts(NamedTuple):
    """A marker as an address carries it: the five facts, and the request under which it stands (0: beside a list)."""

    number: int
    tier: int
    owner: int
    day: date
    reason: str | None
    opens_on: date | None

    @property
    def of_number(self) -> int | None:
        return self.number or None

    @property
    def marker(self) -> Marker:
        return Marker(
            tier=Tier(self.tier), owner_department=self.owner, day=self.day,
            reason=Reason(self.reason) if self.reason else None, opens_on=self.opens_on,
        )  # fmt: skip


def facts(of: Marker, number: int) -> Facts:
    return Facts(number, of.tier.value, of.owner_department, of.day, of.reason and of.reason.value, of.opens_on)


def check_wanted(until: date | None, today: date) -> date:
    """Until when somebody wants to read: what they could be granted. Raises Invalid."""
    if until is None:
        raise Invalid({"until": Sentence("disclosure.grant_until_needed")})
    if until < today:
        raise Invalid({"until": Sentence("disclosure.grant_past")})
    if until > today + timedelta(days=LONGEST):
        raise Invalid({"until": Sentence("disclosure.wanted_too_long", days=LONGEST)})
    return until


def check_term(until: date | None, today: date) -> date:
    """The last day of a grant. Raises Invalid, and Overreach beyond 30 days."""
    if until is None:
        raise Invalid({"until": Sentence("disclosure.grant_until_needed")})
    if until < today:
        raise Invalid({"until": Sentence("disclosure.grant_past")})
    if until > today + timedelta(days=LONGEST):
        raise Overreach("grant_too_long", field="until", days=LONGEST)
    return until


def check_whom(giver: int, to: int, *, guest: bool, roles: Collection[str]) -> None:
    """`guest`: whom it is for; `roles`: of the giver. Raises Overreach."""
    if giver == to:
        raise Overreach("grant_own_clearance" if "administrator" in roles else "grant_to_oneself")
    if guest:
        raise Overreach("grant_to_guest")


def check_lower(extract: Tier, asked: Tier) -> None:
    """An extract is words written anew that more people may read. Raises Invalid."""
    if extract >= asked and asked > Tier.DEPARTMENT:
        raise Invalid({"tier": Sentence("disclosure.extract_not_lower")})


def check_glass(roles: Collection[str], minutes: int | None) -> int:
    """Raises Overreach for whoever is no auditor, and beyond an hour; Invalid without a length."""
    if "auditor" not in roles:
        raise Overreach("glass_auditors_only")
    if minutes is None or minutes < 1:
        raise Invalid({"minutes": Sentence("disclosure.glass_minutes_needed", most=GLASS_MINUTES)})
    if minutes > GLASS_MINUTES:
        raise Overreach("glass_too_long", field="minutes", most=GLASS_MINUTES)
    return minutes
