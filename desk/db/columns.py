"""Column habits of the house: nothing is null, defaulted or cascading unless it says so, unlike Piccolo's defaults."""

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table


def refers(to: type[Table], *, null: bool = False) -> ForeignKey[Table]:
    column: ForeignKey[Table] = ForeignKey(
        references=to, default=None, null=null, on_delete=OnDelete.restrict, on_update=OnUpdate.restrict
    )
    return column


def instant(*, null: bool = False) -> Timestamptz:
    return Timestamptz(null=null, default=None)


def row_id() -> BigSerial:
    return BigSerial(primary_key=True)


def short(length: int = 64, *, null: bool = False, default: str | None = None) -> Varchar:
    return Varchar(length=length, null=null, default=default)


def words(*, null: bool = False) -> Text:
    return Text(null=null, default=None)


def day(*, null: bool = False) -> Date:
    return Date(null=null, default=None)


def integer(*, null: bool = False) -> Integer:
    return Integer(null=null, default=None)


def big(*, null: bool = False) -> BigInt:
    return BigInt(null=null, default=None)


def small(*, null: bool = False, default: int | None = None) -> SmallInt:
    return SmallInt(null=null, default=default)


def digest() -> Bytea:
    return Bytea(null=False, default=None)


def flag(default: bool) -> Boolean:
    return Boolean(default=default)


def instants() -> Array:
    return Array(base_column=Timestamptz(default=None), default=list)


def integers() -> Array:
    return Array(base_column=Integer(default=None), default=list)


def locks() -> Array:
    """`audience`: the locks of a row that carries words, names or exact times (specs/disclosure.md)."""
    return Array(base_column=Text(default=None), default=None)


def more_locks() -> Array:
    """Those that somebody was given beside what a label gives; mostly none."""
    return Array(base_column=Text(default=None), default=list)
