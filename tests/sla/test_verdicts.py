"""One verdict for the requester is everybody's who held the request; what departments owe each other is their own."""

from desk.sla.rules.verdicts import Tally, Verdict, tally

FINANCE, HR, LEGAL = 1, 2, 3
HOPS = [(0, FINANCE), (100, HR), (200, None), (300, HR), (400, FINANCE), (500, None)]


def test_one_verdict_counts_once_for_every_department_that_held_the_request() -> None:
    assert tally([(HOPS, [Verdict(False, 500, FINANCE)])]) == {FINANCE: Tally(0, 1), HR: Tally(0, 1)}


def test_whoever_got_it_after_the_verdict_has_no_part_in_it() -> None:
    first_reply = Verdict(True, 50, FINANCE)
    assert tally([(HOPS, [first_reply])]) == {FINANCE: Tally(1, 0)}


def test_whoever_got_it_in_the_instant_of_the_verdict_has_no_part_in_it_either() -> None:
    assert HR not in tally([(HOPS, [Verdict(True, 100, FINANCE)])])


def test_what_one_department_owed_another_counts_beside_it_and_for_nobody_else() -> None:
    asked = Verdict(False, 450, LEGAL, shared=False)
    assert tally([(HOPS, [Verdict(True, 500, FINANCE), asked])]) == {
        FINANCE: Tally(1, 0), HR: Tally(1, 0), LEGAL: Tally(0, 1),
    }  # fmt: skip


def test_the_giver_counts_though_it_held_the_request_for_no_time() -> None:
    assert tally([([(7, FINANCE)], [Verdict(True, 7, FINANCE)])]) == {FINANCE: Tally(1, 0)}


def test_requests_add_up() -> None:
    kept, broken = Verdict(True, 500, FINANCE), Verdict(False, 500, FINANCE)
    found = tally([(HOPS, [kept]), (HOPS, [broken]), ([(0, HR)], [Verdict(True, 9, HR)])])
    assert found == {FINANCE: Tally(1, 1), HR: Tally(2, 1)}
