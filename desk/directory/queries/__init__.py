"""Who works here, where and under whom, as small values.

from desk.directory import queries as directory
await directory.person(4)
"""

from desk.directory.queries.departments import (
    Department,
    department,
    department_called,
    departments,
    head,
    heads,
    led,
)
from desk.directory.queries.line import Absence, absence, absence_to_come, deputy, ever_above, line, superior
from desk.directory.queries.people import (
    PeoplePage,
    Person,
    PersonLine,
    administrators,
    colleagues,
    handlers,
    levels,
    members,
    names,
    people_named,
    people_page,
    person,
    person_at,
    person_called,
    roles,
    staff,
)
from desk.directory.queries.views import (
    DepartmentLine,
    DepartmentView,
    Named,
    PersonView,
    department_lines,
    department_view,
    person_view,
)

__all__ = [
    "Absence",
    "Department",
    "DepartmentLine",
    "DepartmentView",
    "Named",
    "PeoplePage",
    "Person",
    "PersonLine",
    "PersonView",
    "absence",
    "absence_to_come",
    "administrators",
    "colleagues",
    "department",
    "department_called",
    "department_lines",
    "department_view",
    "departments",
    "deputy",
    "ever_above",
    "handlers",
    "head",
    "heads",
    "led",
    "levels",
    "line",
    "members",
    "names",
    "people_named",
    "people_page",
    "person",
    "person_at",
    "person_called",
    "person_view",
    "roles",
    "staff",
    "superior",
]
