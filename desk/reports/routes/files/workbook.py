"""A table as a workbook of Office Open XML: words are words, whatever they begin with, and numbers are numbers."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from msgspec import Struct

from desk.reports.rules.commas import Value

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
    rows: Sequence[Sequence[Value]]
    remarks: Sequence[str] = ()


def workbook(of: Table, *, at: datetime) -> bytes:
    """`at`: when it says that it was made; equal tables make equal bytes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": of.name, "created": at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        page = book.add_worksheet(of.name.translate(_NOT_IN_NAMES)[:_MOST])
        page.set_column(0, max(len(of.titles), len(of.about)) - 1, _WIDE)
        page.freeze_panes(2, 1)
        _write(page, 0, of.about)
        _write(page, 1, of.titles, bold)
        for n, row in enumerate((*of.rows, *([remark] for remark in of.remarks)), 2):
            _write(page, n, row)
    return content.getvalue()


def _write(page: Any, n: int, row: Sequence[Value], look: Any = None) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            page.write_string(n, column, value, look)
        elif value is not None:
            page.write_number(n, column, value, look)
