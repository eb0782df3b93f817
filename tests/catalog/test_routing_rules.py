import pytest

from desk.catalog.rules.routing import Condition, Facts, Route, Rule, Strategy, check_rule, route
from desk.i18n import Invalid
from tests.catalog.forms import service

FINANCE, IT, OPERATIONS = 10, 20, 30
EXPENSES = service(1, department=FINANCE)
ASKED = Facts(OPERATIONS, "打印机 Toner 没了", {"kind": "travel", "amount": 238650, "advance": True})


def rule(id: int, *, handler: int | None = None, least: bool = False, **when: object) -> Rule:
    return Rule(id=id, position=id, when=Condition(**when), department=IT, handler=handler, least=least)


def test_what_matches_nothing_goes_to_the_accountable_department():
    assert route(ASKED, [rule(1, service=2)], EXPENSES) == Route(FINANCE, None, Strategy.QUEUE)


def test_the_first_match_wins():
    rules = [rule(1, contains="laptop"), rule(2, contains="打印机"), rule(3, handler=7)]
    assert route(ASKED, rules, EXPENSES).rule == 2


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"service": 1},
        {"from_department": OPERATIONS},
        {"field": "kind", "equals": "TRAVEL"},
        {"field": "amount", "equals": "238650"},
        {"field": "advance", "equals": "yes"},
        {"contains": "tONER"},
        {"service": 1, "from_department": OPERATIONS, "contains": "没了"},
    ],
)
def test_a_rule_matches_when_all_that_it_asks_holds(when: dict[str, object]):
    assert route(ASKED, [rule(5, **when)], EXPENSES).department == IT


@pytest.mark.parametrize(
    "when",
    [
        {"service": 2},
        {"from_department": FINANCE},
        {"field": "kind", "equals": "office"},
        {"field": "unknown", "equals": "x"},
        {"contains": "键盘"},
        {"service": 1, "contains": "键盘"},
    ],
)
def test_a_rule_does_not_match_when_one_thing_fails(when: dict[str, object]):
    assert route(ASKED, [rule(5, **when)], EXPENSES).department == FINANCE


def test_a_rule_names_a_handler_or_takes_the_least_busy_or_leaves_it_to_the_queue():
    assert route(ASKED, [rule(1, handler=7)], EXPENSES) == Route(IT, 7, Strategy.NAMED, 1)
    assert route(ASKED, [rule(1, least=True)], EXPENSES) == Route(IT, None, Strategy.LEAST, 1)
    assert route(ASKED, [rule(1)], EXPENSES) == Route(IT, None, Strategy.QUEUE, 1)


def test_a_rule_cannot_name_somebody_and_the_least_busy():
    with pytest.raises(Invalid, match="exclude each other"):
        check_rule(Condition(service=1), handler=7, least=True)


def test_a_field_needs_its_value():
    with pytest.raises(Invalid, match="together"):
        check_rule(Condition(field="kind"), handler=None, least=False)
