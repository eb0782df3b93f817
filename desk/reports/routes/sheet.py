"""What a page of a report is made of: sheets. Each is drawn as a table and leaves as CSV and XLSX."""

from collections.abc import Sequence

from msgspec import Struct

from desk.i18n import say
from desk.reports.routes.beside import Beside
from desk.reports.rules.drawing import Chart
from desk.reports.rules.rates import LEAST, Rate, per_cent


class Column(Struct, frozen=True):
    title: str
    numeric: bool = False


class Cell(Struct, frozen=True):
    """`value`: what leaves in place of the text; `small`: what stands under it; `href`: the rows behind it.

    `key`: the ground of its part of the drawing; `heat`: 1 to 4, how much it is of the most, 0 for nothing.
    """

    text: str
    value: str | float | None = None
    href: str = ""
    small: str = ""
    key: int = 0
    heat: int = 0


class Sheet(Struct, frozen=True):
    """`card`: its name, its meaning's and its file's; the first cell of a row names the row."""

    card: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    remarks: Sequence[str] = ()
    chart: Chart | None = None
    more: str = ""  # the address of the rows behind all of it
    beside: Beside | None = None  # where the rows are requests, of which some may not be read


def share(rate: Rate, href: str = "") -> Cell:
    """A share with its interval and n; – where there are too few."""
    if not rate.told:
        return Cell("–", "", href, f"n {few(rate.n)}")
    low, high = rate.interval
    return Cell(
        per_cent(rate.tenths),
        rate.tenths / 1000,
        href,
        f"[{per_cent(int(1000 * low))}–{per_cent(int(1000 * high))}] n {rate.n:,}",
    )


def part(hits: int, n: int) -> Cell:
    """Of a whole that is known: no interval; – where it is too small."""
    rate = Rate(hits, n)
    return Cell(per_cent(rate.tenths), rate.tenths / 1000) if rate.told else Cell("–", "")


def few(n: int) -> str:
    return f"<{LEAST}" if 0 < n < LEAST else f"{n:,}"


def number(n: int, href: str = "") -> Cell:
    return Cell(f"{n:,}", n, href)


def column(language: str, key: str, *, numeric: bool = False) -> Column:
    return Column(say(language, f"reports.{key}"), numeric)
