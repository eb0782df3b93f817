"""A table as a workbook of Office Open XML: words are words, whatever they begin with, and numbers are numbers."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct

from desk.i18n import Refused
from desk.reports.rules.commas import Value

ROWS = 1_048_576  # of a sheet, in every program that opens one
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE, _MOST = 22, 31  # characters: of a column, of a tab's name
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Table(Struct, frozen=True, kw_only=True):
    name: str
    about: Sequence[Value]  # department, days, moment and language: the first line
    titles: Sequence[Value]
    rows: Sequence[Sequence[Value]] = ()
    remarks: Sequence[str] = ()


class Book:
    """Row by row: each goes to a file beside it (in `folder`), and none stays here."""

    def __init__(self, into: BytesIO | str, of: Table, *, at: datetime, folder: str | None = None) -> None:
        """`at`: when it says that it was made; equal tables make equal bytes."""
        self._book = xlsxwriter.Workbook(into, _OPTIONS | {"tmpdir": folder})
        self._book.set_properties({"title": of.name, "created": at.replace(tzinfo=None)})
        self._page = self._book.add_worksheet(of.name.translate(_NOT_IN_NAMES)[:_MOST])
        self._page.set_column(0, max(len(of.titles), len(of.about)) - 1, _WIDE)
        self._page.freeze_panes(2, 1)
        self._next = 0
        self.add(of.about)
        self.add(of.titles, self._book.add_format({"bold": True}))

    def add(self, row: Sequence[Value], look: Any = None) -> None:
        """Raises Refused where the sheet has no more rows."""
        check_fits(self._next + 1)
        for column, value in enumerate(row):
            if isinstance(value, str):
                self._page.write_string(self._next, column, value, look)
            elif value is not None:
                self._page.write_number(self._next, column, value, look)
        self._next += 1

    def close(self) -> None:
        self._book.close()

    def drop(self) -> None:
        """Of one that is not wanted any more; no harm where it is closed."""
        self._page.row_data_fh.close()


def check_fits(rows: int) -> None:
    """Raises Refused."""
    if rows > ROWS:
        raise Refused("reports.too_many_rows", most=f"{ROWS:,}")


def workbook(of: Table, *, at: datetime) -> bytes:
    content = BytesIO()
    book = Book(content, of, at=at)
    for row in (*of.rows, *([remark] for remark in of.remarks)):
        book.add(row)
    book.close()
    return content.getvalue()
