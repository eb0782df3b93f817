"""What is done to the catalogue. Administrators only; every change is one entry in the journal.

from desk.catalog import actions as catalog
await catalog.add_service("expenses", Draft(department="finance", name_zh="报销", name_en="Expenses"), fields=[...])
"""

from desk.catalog.actions.routing import RuleDraft, add_rule, change_rule, move_rule, retire_rule
from desk.catalog.actions.services import (
    add_service,
    change_service,
    restore_service,
    retire_service,
    set_fields,
)
from desk.catalog.rules.draft import Draft

__all__ = [
    "Draft",
    "RuleDraft",
    "add_rule",
    "add_service",
    "change_rule",
    "change_service",
    "move_rule",
    "restore_service",
    "retire_rule",
    "retire_service",
    "set_fields",
]
