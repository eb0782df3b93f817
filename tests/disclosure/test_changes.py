"""Tiers are nested: shutting further never shows more, and an opening never shows less; on random labels and parties."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.disclosure import rules
from desk.disclosure.rules import Label, Parties, Reason, Tier, Writer, changes
from desk.disclosure.rules.changes import Held, Wish
from desk.disclosure.rules.seconds import InLine, of_another_line
from desk.i18n import Invalid, Refused

TODAY = date(2026, 11, 20)
WHY = Wish(reason=Reason.LEGAL, sentence="a sentence")


def _held(dice: random.Random) -> Held:
    tier = Tier(dice.randint(0, 3))
    label = Label(
        tier=tier, owner=dice.randint(1, 3), day=TODAY - timedelta(days=dice.randint(0, 30)),
        reason=Reason.LEGAL if tier >= 2 else None, opens_on=TODAY + timedelta(days=dice.randint(1, 99)) if tier >= 2 else None,
    )  # fmt: skip
    what = dice.choice((changes.REQUEST, changes.WORDS, changes.FILE))
    requester = dice.randint(1, 6)
    author = requester if what == changes.REQUEST else dice.randint(1, 6)
    return Held(what=what, label=label, author=author, requester=requester, serving=dice.randint(1, 3))


def _readers(dice: random.Random) -> list[tuple[Writer, rules.Keys]]:
    found = []
    for person in range(1, 7):
        levels = {of: dice.choice((2, 3)) for of in dice.sample((1, 2, 3), dice.randint(0, 2))}
        keys = rules.keys(person, active=True, guest=False, levels=levels, grants=())
        found.append((Writer(person=person, department=dice.randint(1, 3), levels=levels), keys))
    return found


def _reads(held: Held, label: Label, requesting: int, readers: list[tuple[Writer, rules.Keys]]) -> set[int]:
    request = label if held.what == changes.REQUEST else Label(tier=Tier.INTERNAL, owner=held.serving, day=TODAY)
    parties = Parties(requester=held.requester, requesting=requesting, serving=held.serving, label=request)
    audience = rules.locks(label, author=held.author, parties=parties, for_requester=held.what == changes.REQUEST)
    return {writer.person for writer, keys in readers if rules.opens(audience, "update:1", 1, keys)}


@pytest.mark.parametrize("seed", range(20))
def test_raising_never_shows_more_and_time_never_less(seed: int) -> None:
    dice, moved = random.Random(seed), 0
    for _ in range(300):
        held, readers, requesting = _held(dice), _readers(dice), dice.randint(1, 3)
        before = _reads(held, held.label, requesting, readers)
        for writer, _ in readers:
            for to in changes.raise_tiers(held, writer):
                after = changes.raised(held, to, WHY, writer, TODAY)
                assert _reads(held, after, requesting, readers) <= before, (held, to, writer)
                assert held.label.opens_on is None or (after.opens_on or TODAY) >= held.label.opens_on
                moved += 1
        opened = replace(held.label, tier=held.label.opens_to) if held.label.tier >= 2 else held.label
        assert before <= _reads(held, opened, requesting, readers)

    assert moved > 100


def test_every_raise_of_this_rule_needs_a_reason_and_a_term_that_is_allowed() -> None:
    held = Held(
        what=changes.WORDS, label=Label(tier=Tier.INTERNAL, owner=1, day=TODAY), author=1, requester=2, serving=1
    )
    handler = Writer(person=1, department=1, levels={1: 3})
    for tier, longest in ((Tier.DEPARTMENT, 180), (Tier.RESTRICTED, 365)):
        last = changes.raised(held, tier, replace(WHY, days=longest), handler, TODAY)
        assert last.opens_on == TODAY + timedelta(days=longest)
        for wish in (Wish(), replace(WHY, days=longest + 1), replace(WHY, days=0)):
            with pytest.raises(Invalid):
                changes.raised(held, tier, wish, handler, TODAY)


def test_prolonging_stays_within_the_longest_term_counted_from_writing() -> None:
    label = Label(tier=Tier.DEPARTMENT, owner=1, day=TODAY, reason=Reason.LEGAL, opens_on=TODAY + timedelta(days=90))
    held = Held(what=changes.WORDS, label=label, author=1, requester=2, serving=1)
    handler = Writer(person=1, department=1, levels={1: 3})

    assert changes.prolonged(held, WHY, handler, TODAY).opens_on == TODAY + timedelta(days=180)
    with pytest.raises(Invalid, match="longest term"):
        changes.prolonged(held, replace(WHY, days=91), handler, TODAY)
    with pytest.raises(Refused, match="twice"):
        changes.prolonged(replace(held, prolonged=2), WHY, handler, TODAY)


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        (InLine(person=1, above=(9,), departments=frozenset({1})), InLine(person=2, above=(8,), departments=frozenset({2})), True),
        (InLine(person=1, above=(2, 9), departments=frozenset({1})), InLine(person=2, above=(9,), departments=frozenset({2})), False),
        (InLine(person=1, above=(9,), departments=frozenset({1})), InLine(person=2, above=(9,), departments=frozenset({2})), False),
        (InLine(person=1, above=(7, 9), departments=frozenset({1})), InLine(person=2, above=(8, 9), departments=frozenset({2})), True),
        (InLine(person=1, above=(), departments=frozenset({1, 2})), InLine(person=2, above=(), departments=frozenset({2})), False),
        (InLine(person=1, above=(), departments=frozenset({1})), InLine(person=1, above=(), departments=frozenset({1})), False),
    ],
)  # fmt: skip
def test_another_line(one: InLine, other: InLine, another: bool) -> None:
    assert of_another_line(one, other) is of_another_line(other, one) is another
