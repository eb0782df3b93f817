"""Who may keep calendars."""

from collections.abc import Collection

from desk.i18n import Forbidden, Refused


class NoDepartment(Refused):
    """The list of departments is open to every employee, so this hides nothing."""

    status = 404

    def __init__(self) -> None:
        super().__init__("calendars.no_department")


def check_may_keep(roles: Collection[str]) -> None:
    """Administrators keep calendars: a department does not set its own clock. Raises Forbidden."""
    if not may_keep(roles):
        raise Forbidden("calendars.administrators_only")


def may_keep(roles: Collection[str]) -> bool:
    return "administrator" in roles
