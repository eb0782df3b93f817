"""What the directory allows: pure checks on ids and words. A refusal says what, why and the next step."""

from desk.directory.rules.duties import (
    Level,
    OwnClearance,
    RoleName,
    check_administrators_left,
    check_leads_none,
    check_may_administer,
    check_may_appoint,
    check_may_be_guest,
    check_may_set_absence,
    check_not_oneself,
    check_staff,
    may_administer,
)
from desk.directory.rules.facts import OWN, Unknown, check_absence, check_department, check_person, plain
from desk.directory.rules.line import LONGEST_LINE, check_period, check_superior, cycles

__all__ = [
    "LONGEST_LINE",
    "OWN",
    "Level",
    "OwnClearance",
    "RoleName",
    "Unknown",
    "check_absence",
    "check_administrators_left",
    "check_department",
    "check_leads_none",
    "check_may_administer",
    "check_may_appoint",
    "check_may_be_guest",
    "check_may_set_absence",
    "check_not_oneself",
    "check_period",
    "check_person",
    "check_staff",
    "check_superior",
    "cycles",
    "may_administer",
    "plain",
]
