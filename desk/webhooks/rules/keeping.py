"""Who keeps the webhooks of a department."""

from collections.abc import Collection

from desk.i18n import Forbidden


def check_keeps(department: int, *, roles: Collection[str], led: Collection[int]) -> None:
    """Administrators keep all, heads those of what they lead. Raises Forbidden."""
    if "administrator" not in roles and department not in led:
        raise Forbidden("webhooks.not_yours")


def check_keeps_any(*, roles: Collection[str], led: Collection[int]) -> None:
    """Raises Forbidden."""
    if "administrator" not in roles and not led:
        raise Forbidden("webhooks.not_yours")
