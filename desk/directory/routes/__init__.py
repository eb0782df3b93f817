"""The browser's door of people and departments: every employee reads, administrators and human resources change."""

from desk.directory.routes import departments, people, person

routes = [
    people.people,
    people.new_person,
    people.add_person,
    person.show,
    person.change,
    person.set_superior,
    person.set_level,
    person.set_critical,
    person.go_away,
    person.come_back,
    departments.departments,
    departments.new_department,
    departments.add_department,
    departments.show,
    departments.change,
    departments.set_head,
]

__all__ = ["routes"]
