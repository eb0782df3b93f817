"""How far the firm's words are shut, with labels and locks from the product's own rules."""

import random
from dataclasses import replace
from datetime import date, timedelta

from bench.load import vocabulary as said
from desk.disclosure import rules
from desk.disclosure.rules import Label, Parties, Reason, Tier

_REQUESTS = {Tier.OPEN: 10, Tier.INTERNAL: 70, Tier.DEPARTMENT: 12, Tier.RESTRICTED: 7, Tier.CORE: 1}  # percent
_NOTES = {Tier.INTERNAL: 55, Tier.DEPARTMENT: 37, Tier.RESTRICTED: 8}
_REPLIES = {Tier.INTERNAL: 97, Tier.DEPARTMENT: 3}
_SEALED = 0.1  # of those that may be
_REASONS = list(Reason)


def of_request(dice: random.Random, *, owner: int, day: date, today: date) -> Label:
    return _label(_drawn(_REQUESTS, dice), dice, owner=owner, day=day, today=today)


def of_update(kind: str, parties: Parties, dice: random.Random, *, day: date, today: date) -> Label:
    """Under the request's own: high water. What the requester writes and how it ends take the request's label."""
    if kind in ("outcome", "decline", "message"):
        return replace(parties.label, day=day)
    tier = _drawn(_NOTES if kind == "note" else _REPLIES, dice)
    if tier == Tier.INTERNAL and parties.label.tier == Tier.OPEN:
        tier = Tier.OPEN
    return rules.under(_label(tier, dice, owner=parties.serving, day=day, today=today), parties.label)


def sealed(label: Label, dice: random.Random) -> bool:
    return label.tier >= Tier.RESTRICTED and dice.random() < _SEALED


def columns(label: Label, sealed: bool, audience: list[str]) -> tuple[object, ...]:
    reason = label.reason and label.reason.value
    return (label.tier.value, label.owner, reason, label.sentence, label.opens_on, label.opens_to.value, sealed,
            label.day, audience)  # fmt: skip


def _label(tier: Tier, dice: random.Random, *, owner: int, day: date, today: date) -> Label:
    if tier < Tier.DEPARTMENT:
        return rules.label(tier, owner=owner, day=day)
    sentence = dice.choice(said.SENTENCES) if tier >= Tier.RESTRICTED else None
    label = rules.label(tier, owner=owner, day=day, reason=dice.choice(_REASONS), sentence=sentence)
    if label.opens_on and label.opens_on <= today:  # prolonged, or else the sweep would open half of the firm at once
        return replace(label, opens_on=today + timedelta(days=dice.randint(1, 180)))
    return label


def _drawn(shares: dict[Tier, int], dice: random.Random) -> Tier:
    return dice.choices(list(shares), list(shares.values()))[0]
