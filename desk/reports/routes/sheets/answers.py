"""How soon somebody signs, and how often a requester has to come but once."""

from desk.i18n import say
from desk.reports.queries import flow
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number, part, share
from desk.reports.rules.rates import Rate
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller

_SOON = ("on_the_spot", "in_time", "late", "owed")


async def sign_offs(of: Report, by: Teller) -> Sheet:
    found = await flow.sign_offs(of.window)
    counts = [getattr(found, name) for name in _SOON]
    columns = [column(by.language, "signed"), *(column(by.language, name, numeric=True) for name in ("n", "share"))]
    rows = [
        [Cell(say(by.language, f"reports.signed_{name}")), number(n), part(n, sum(counts))]
        for name, n in zip(_SOON, counts, strict=True)
        if any(counts)
    ]
    return Sheet("sign_offs", columns, rows, more=of.address("/promises", kind=Kind.SIGN_OFF.value))


async def first_contact(of: Report, by: Teller) -> Sheet:
    rate = Rate(*await flow.first_contact(of.window))
    columns = [column(by.language, "figure"), *(column(by.language, name, numeric=True) for name in ("n", "share"))]
    row = [
        Cell(say(by.language, "reports.at_once")),
        number(rate.hits, of.address("/requests", what="at_once")),
        share(rate),
    ]
    return Sheet("first_contact", columns, [row] if rate.n else [], more=of.address("/requests", what="resolved"))
