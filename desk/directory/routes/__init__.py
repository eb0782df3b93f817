"""The browser's door of people and departments: every employee reads, administrators and human resources change."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from desk.directory.routes import departments, people, person
from desk.web.viewer import STAFF

doors = [
    people.people,
    people.new_person,
    people.add_person,
    person.show,
    person.change,
    person.set_superior,
    person.set_level,
    person.go_away,
    person.come_back,
    departments.departments,
    departments.new_department,
    departments.add_department,
    departments.show,
    departments.change,
    departments.set_head,
]

routes: list[ControllerRouterHandler] = [Router("/", route_handlers=doors, opt=STAFF)]

__all__ = ["routes"]
