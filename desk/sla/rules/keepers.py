"""Who may keep calendars."""

from collections.abc import Collection

from desk.i18n import Forbidden


def check_may_keep(roles: Collection[str]) -> None:
    """Administrators keep calendars: a department does not set its own clock. Raises Forbidden."""
    if "administrator" not in roles:
        raise Forbidden("calendars.administrators_only")
