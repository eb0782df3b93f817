"""Two requests become one: what is owed goes along, what broke stays broken, and nothing leaves the books unseen."""

import pytest

from desk.i18n import Refused
from desk.sla.rules import merging
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.merging import Word


def word(id: int, kind: Kind, state: Standing = Standing.OPEN, *, owed: bool = True) -> Word:
    return Word(id, kind, state, owed)


def test_what_nobody_answered_moves_and_the_resolution_is_owed_once() -> None:
    merged = merging.merge(
        [
            word(1, Kind.FIRST_REPLY, Standing.KEPT, owed=False),
            word(2, Kind.NEXT_REPLY),
            word(3, Kind.RESOLUTION, Standing.PAUSED),
            word(4, Kind.EXPECTATION),
        ]
    )
    assert (merged.move, merged.withdraw, merged.stay) == ((2, 4), (3,), (1,))


def test_a_broken_cycle_moves_as_a_broken_one_and_a_settled_breach_stays_where_it_is() -> None:
    merged = merging.merge(
        [word(1, Kind.FIRST_REPLY, Standing.BROKEN), word(2, Kind.NEXT_REPLY, Standing.BROKEN, owed=False)]
    )
    assert (merged.move, merged.withdraw, merged.stay) == ((1,), (), (2,))


def test_every_promise_is_somewhere_exactly_once() -> None:
    words = [
        word(n, kind, state, owed=owed)
        for n, (kind, state, owed) in enumerate((k, s, o) for k in Kind for s in Standing for o in (True, False))
    ]
    merged = merging.merge(words)
    assert sorted(merged.move + merged.withdraw + merged.stay) == [one.id for one in words]


@pytest.mark.parametrize(("goes", "stays"), [(1, 1), (2, 1), (1, 2)])
def test_a_merge_that_leads_nowhere_is_refused(goes: int, stays: int) -> None:
    with pytest.raises(Refused, match="into itself" if goes == stays else "merged already"):
        merging.check_merge(goes, stays, {2: 3})


def test_others_may_be_merged() -> None:
    merging.check_merge(1, 3, {2: 3})
