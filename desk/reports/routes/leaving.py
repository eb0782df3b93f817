"""As what a table of a report leaves it."""

from collections.abc import Callable

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def files(address: Callable[[str], str]) -> list[tuple[str, str]]:
    """(kind, address); `address`: of a kind."""
    return [(kind, address(kind)) for kind in KINDS]
