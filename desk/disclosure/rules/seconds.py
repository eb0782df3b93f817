"""A second person of another line: who may agree to core words and to seals."""

from dataclasses import dataclass

from desk.i18n import Invalid, Sentence


@dataclass(frozen=True, kw_only=True)
class InLine:
    """Where somebody stands: superiors from the nearest up, departments of work, membership and headship (ids)."""

    person: int
    above: tuple[int, ...]
    departments: frozenset[int]
    answers: bool = True  # handles, leads or audits something, works here and is no guest


def of_another_line(one: InLine, other: InLine) -> bool:
    """Neither stands above the other; they have neither the nearest superior nor a department in common."""
    if one.person == other.person or one.person in other.above or other.person in one.above:
        return False
    same_superior = bool(one.above and other.above) and one.above[0] == other.above[0]
    return not same_superior and not one.departments & other.departments


def check_second(asking: InLine, second: InLine | None) -> InLine:
    """Raises Invalid."""
    if second is None or second.person == asking.person:
        raise Invalid({"second": Sentence("disclosure.second_needed")})
    if not second.answers:
        raise Invalid({"second": Sentence("disclosure.second_answers_nothing")})
    if not of_another_line(asking, second):
        raise Invalid({"second": Sentence("disclosure.second_same_line")})
    return second
