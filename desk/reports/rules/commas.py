"""A table as comma-separated values (RFC 4180), such that no spreadsheet takes anybody's words for a formula."""

import csv
import io
from collections.abc import Sequence

MARK = b"\xef\xbb\xbf"  # without it spreadsheets take UTF-8 for another encoding
Value = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def line(values: Sequence[Value]) -> bytes:
    """Numbers as numbers; words that a spreadsheet would compute stand behind an apostrophe."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([_cell(value) for value in values])
    return written.getvalue().encode()


def _cell(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
