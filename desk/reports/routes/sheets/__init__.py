"""The sheets of a report, and on which of its pages each stands. A new figure: a query, a sheet here, a card, words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Sheet
from desk.reports.routes.sheets.backlog import backlog
from desk.reports.routes.sheets.causes import causes
from desk.reports.routes.sheets.kept import kept
from desk.reports.routes.sheets.spans import spans
from desk.reports.routes.sheets.sums import sums
from desk.tickets.routes.telling import Teller

Maker: TypeAlias = Callable[[Report, Teller], Awaitable[Sheet]]
TABS: Mapping[str, tuple[Maker, ...]] = {"": (causes, sums, kept, spans, backlog)}
SHEETS: Mapping[str, Maker] = {make.__name__: make for tab in TABS.values() for make in tab}
