"""Who gets a request: ordered rules, first match wins. Nothing matches nowhere."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from desk.catalog.rules.answers import Answer
from desk.catalog.rules.service import Service
from desk.i18n import Invalid, Sentence


class Strategy(StrEnum):
    NAMED = "named"  # the handler that the rule names
    LEAST = "least"  # the handler of the department with the fewest open promises
    QUEUE = "queue"  # the department's queue: whoever takes it


class Facts(Struct, frozen=True):
    """What rules may ask about a request. `words` is the title and the body."""

    requester_department: int
    words: str
    fields: Mapping[str, Answer] = {}


class Condition(Struct, frozen=True, kw_only=True):
    """All that is not None must hold."""

    service: int | None = None
    from_department: int | None = None
    field: str | None = None
    equals: str | None = None
    contains: str | None = None


class Rule(Struct, frozen=True, kw_only=True):
    id: int
    position: int
    when: Condition
    department: int
    handler: int | None = None
    least: bool = False


class Route(Struct, frozen=True):
    """`rule` is the id of the rule that matched, None when the service's own department took it."""

    department: int
    handler: int | None
    strategy: Strategy
    rule: int | None = None


def route(facts: Facts, rules: Sequence[Rule], service: Service) -> Route:
    """The department and, when the rule names one, the handler. `service` is the catch-all for what matched none."""
    for rule in rules:
        if matches(rule.when, facts, service):
            return Route(rule.department, rule.handler, strategy(rule), rule.id)
    return Route(service.department, None, Strategy.QUEUE)


def strategy(rule: Rule) -> Strategy:
    if rule.handler is not None:
        return Strategy.NAMED
    return Strategy.LEAST if rule.least else Strategy.QUEUE


def matches(when: Condition, facts: Facts, service: Service) -> bool:
    """Words are compared case folded; a field by what is stored (a choice's value, cents, a login, yes or no)."""
    if when.service is not None and when.service != service.id:
        return False
    if when.from_department is not None and when.from_department != facts.requester_department:
        return False
    if when.field is not None and written(facts.fields.get(when.field)) != (when.equals or "").casefold():
        return False
    return when.contains is None or when.contains.casefold() in facts.words.casefold()


def written(answer: Answer | None) -> str:
    """An answer as a rule is compared with it."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
    return str(answer).casefold()


def check_rule(when: Condition, *, handler: int | None, least: bool) -> None:
    """Raises Invalid: without a condition a rule would take everything; a field and its value come together; a named
    handler and the least busy one do not.
    """
    faults: dict[str, Sentence] = {}
    if when == Condition():
        faults["service"] = Sentence("catalog.rule_needs_condition")
    if (when.field is None) != (when.equals is None):
        faults["equals" if when.equals is None else "field"] = Sentence("catalog.field_and_value")
    if handler is not None and least:
        faults["least"] = Sentence("catalog.named_or_least")
    if faults:
        raise Invalid(faults)
