"""The engine that runs as somebody. Doors write `async with db.acting_as(reader):`; inside, nobody asks again.

PostgreSQL's row security decides what that reader sees; a query outside such a transaction is refused.
"""

from desk.db.engine import ENGINE, OutsideTransaction, address, close_pool, open_pool
from desk.db.leases import Lease, lease
from desk.db.outage import Unavailable
from desk.db.reader import HOUSE, NOBODY, Reader
from desk.db.transaction import (
    Lost,
    acting_as,
    after_commit,
    at_once,
    call,
    expect_one,
    fetch,
    fetch_one,
    fetch_script,
    in_portions,
    once,
    reader,
    rows,
    speaking_for,
)

__all__ = [
    "ENGINE",
    "HOUSE",
    "NOBODY",
    "Lease",
    "Lost",
    "OutsideTransaction",
    "Reader",
    "Unavailable",
    "acting_as",
    "address",
    "after_commit",
    "at_once",
    "call",
    "close_pool",
    "expect_one",
    "fetch",
    "fetch_one",
    "fetch_script",
    "in_portions",
    "lease",
    "once",
    "open_pool",
    "reader",
    "rows",
    "speaking_for",
]
