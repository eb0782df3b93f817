"""Which line gives the targets, and how many of them may be critical: the rule, without a database."""

import pytest

from desk.i18n import Invalid, Refused
from desk.sla.rules import policies
from desk.sla.rules.kinds import Kind
from desk.sla.rules.policies import Asked, Line, Load, Own, Priority, Standard, first_match, within_share
from desk.sla.rules.targets import Budget, HalfDay, SameDay

PAYROLL, EXPENSES, FINANCE, LEGAL = 1, 2, 10, 20
OWN = Own(SameDay(), SameDay(extra_days=2))
SHORT = Line(id=7, place=1, zh="关键岗位", en="Critical roles", critical=True, resolution=Budget(7200))
HOUSE = Line(id=8, place=2, zh="报销", en="Expenses", service=EXPENSES, reply=HalfDay())


def asked(*, service: int = EXPENSES, department: int = FINANCE, critical: bool = False, **more: Priority) -> Asked:
    return Asked(service=service, department=department, critical=critical, **more)


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ({"service": EXPENSES}, True),
        ({"service": PAYROLL}, False),
        ({"department": FINANCE}, True),
        ({"department": LEGAL}, False),
        ({"critical": True}, True),
        ({"priority": Priority.ROUTINE}, True),
        ({"priority": Priority.CRITICAL}, False),
        ({"service": EXPENSES, "critical": True, "department": FINANCE}, True),
        ({"service": EXPENSES, "critical": True, "department": LEGAL}, False),
    ],
)
def test_a_line_matches_when_all_that_it_asks_holds(asks: dict[str, object], fits: bool):
    line = Line(zh="a", en="a", **asks)  # type: ignore[arg-type]
    assert policies.matches(line, asked(critical=True)) is fits


def test_whoever_holds_no_critical_role_gets_no_line_for_one():
    assert not policies.matches(SHORT, asked())


def test_the_first_match_wins_and_without_one_the_service_decides():
    assert first_match(asked(critical=True), [SHORT, HOUSE]) is SHORT
    assert first_match(asked(critical=True), [HOUSE, SHORT]) is HOUSE
    assert first_match(asked(service=PAYROLL), [SHORT, HOUSE]) is None


def test_a_target_that_a_line_does_not_give_is_the_services_own():
    under = Standard(own=OWN, line=SHORT)
    assert (under.target(Kind.RESOLUTION), under.giver(Kind.RESOLUTION)) == (Budget(7200), SHORT)
    for kind in (Kind.FIRST_REPLY, Kind.NEXT_REPLY):
        assert (under.target(kind), under.giver(kind)) == (SameDay(), None)


@pytest.mark.parametrize(
    ("carrying", "at_work", "fits"),
    [(1, 1, True), (1, 6, True), (2, 6, False), (2, 13, False), (2, 14, True), (3, 19, False), (3, 20, True), (16, 100, False)],
)  # fmt: skip
def test_at_most_fifteen_percent_and_always_one(carrying: int, at_work: int, fits: bool):
    assert Load(carrying, at_work).fits is fits


def test_beyond_the_share_the_next_line_that_is_not_critical_holds_and_the_first_is_named():
    found = within_share(asked(critical=True), [SHORT, HOUSE], OWN, Load(2, 6))
    assert (found.line, found.passed, found.critical) == (HOUSE, SHORT, False)


def test_beyond_the_share_a_handler_is_refused_with_the_figures():
    with pytest.raises(Refused, match=r"20 open requests 3 carry .* at most 15 %, which is 3,"):
        within_share(asked(priority=Priority.CRITICAL), [SHORT], OWN, Load(4, 20))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (Line(zh="甲", en="a", reply=SameDay()), "service"),
        (Line(zh="甲", en="a", critical=True), "reply"),
        (Line(zh="", en="a", critical=True, reply=SameDay()), "name_zh"),
        (Line(zh="甲", en="x" * 121, critical=True, reply=SameDay()), "name_en"),
    ],
)
def test_a_line_asks_something_gives_something_and_has_names(line: Line, field: str):
    with pytest.raises(Invalid) as fault:
        policies.check_line(line)
    assert list(fault.value.faults) == [field]
