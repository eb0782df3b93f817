"""When the database cannot serve: no connection, no time or no room now. Doors answer "try again soon" (503)."""

import asyncpg

_SIGNS = (
    asyncpg.PostgresConnectionError,  # 08: the connection broke
    asyncpg.TransactionRollbackError,  # 40: a deadlock, of which one had to give way
    asyncpg.InsufficientResourcesError,  # 53: too many connections, a full disk
    asyncpg.exceptions.OperatorInterventionError,  # 57: shutting down, starting, out of time
    asyncpg.exceptions.InvalidCachedStatementError,  # migrated meanwhile; the next try prepares it anew
    asyncpg.InternalClientError,  # the line broke, and asyncpg has not closed it yet
)
_OUT_OF_REACH = (*_SIGNS, asyncpg.InterfaceError, OSError, TimeoutError)


class Unavailable(Exception):
    """Nothing was changed, unless the connection broke during COMMIT: then nobody knows, and a retry needs a key."""


def cannot_reach(error: BaseException) -> bool:
    """Of an error before anything was asked."""
    return isinstance(error, _OUT_OF_REACH)


def is_outage(error: BaseException | None, *, closed: bool) -> bool:
    """Of an error inside a transaction, whose connection is `closed` or not."""
    return isinstance(error, _OUT_OF_REACH if closed else _SIGNS)
