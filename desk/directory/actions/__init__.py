"""What is done to people and departments. Each checks who acts, writes, and records it in the journal.

from desk.directory import actions as directory
lin = await directory.add_person(directory.NewPerson(login="lin", name="林晓雯", email="lin@example.cn", department=3))
"""

from desk.directory.actions.departments import add_department, change_department, set_head
from desk.directory.actions.duties import end_absence, set_absence, set_critical, set_level, set_role, set_superior
from desk.directory.actions.people import (
    NewPerson,
    add_person,
    change_person,
    keep_language,
    leave,
    own_person,
    set_habits,
)
from desk.directory.actions.record import refuse_clearance
from desk.directory.actions.roster import read_roster

__all__ = [
    "NewPerson",
    "add_department",
    "add_person",
    "change_department",
    "change_person",
    "end_absence",
    "keep_language",
    "leave",
    "own_person",
    "read_roster",
    "refuse_clearance",
    "set_absence",
    "set_critical",
    "set_habits",
    "set_head",
    "set_level",
    "set_role",
    "set_superior",
]
