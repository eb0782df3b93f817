"""What a log may say of an exception."""

import traceback


def places(error: BaseException | None) -> str:
    """Types and places of an exception and its causes. Their texts may quote what somebody typed (PostgreSQL does)."""
    told: list[str] = []
    while error is not None and len(told) < 8:
        code = getattr(error, "sqlstate", "")
        told.append("".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__qualname__} {code}".rstrip())
        error = error.__cause__ or error.__context__
    return "\ncaused by\n".join(told)
