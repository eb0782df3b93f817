"""The sheets of a report, and on which of its pages each stands. A new figure: a query, a sheet here, a card, words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Sheet
from desk.reports.routes.sheets.answers import first_contact, sign_offs
from desk.reports.routes.sheets.arrivals import arrivals, hours
from desk.reports.routes.sheets.backlog import backlog
from desk.reports.routes.sheets.causes import causes
from desk.reports.routes.sheets.dependence import mutual, one_requester, single_point
from desk.reports.routes.sheets.ended import ended_otherwise
from desk.reports.routes.sheets.forecast import forecast
from desk.reports.routes.sheets.handovers import handovers, to_and_fro
from desk.reports.routes.sheets.hands import hands
from desk.reports.routes.sheets.kept import kept
from desk.reports.routes.sheets.spans import spans
from desk.reports.routes.sheets.sums import sums
from desk.reports.routes.sheets.today import today
from desk.reports.routes.sheets.trends import trend_failures, trend_kept, trend_same_day
from desk.tickets.routes.telling import Teller

Maker: TypeAlias = Callable[[Report, Teller], Awaitable[Sheet]]
TABS: Mapping[str, tuple[Maker, ...]] = {
    "": (today, causes, sums, kept, spans, backlog),
    "flow": (arrivals, hours, handovers, to_and_fro, hands, sign_offs, first_contact, ended_otherwise),
    "dependence": (single_point, one_requester, mutual),
    "trends": (trend_kept, trend_same_day, trend_failures, forecast),
}
SHEETS: Mapping[str, Maker] = {make.__name__: make for tab in TABS.values() for make in tab}
