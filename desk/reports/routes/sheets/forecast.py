"""How many requests will come tomorrow, how sure that is, and how often such an interval has held."""

from collections.abc import Sequence
from datetime import date, timedelta

from desk.i18n import say
from desk.reports.queries import trends
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, few, number
from desk.reports.rules import forecast as rules
from desk.reports.rules.drawing.bands import Bands, Place, bands
from desk.reports.rules.forecast import NEEDED, Day, Forecast
from desk.reports.rules.rates import Rate, per_cent
from desk.tickets.routes.telling import Teller

LOOKED_BACK = 28  # days, by which the interval is judged
DAY = timedelta(days=1)


async def forecast(of: Report, by: Teller) -> Sheet:
    past = await _past(of)
    tomorrow = of.today + DAY
    found = rules.forecast(past, tomorrow, is_open=_is_open(of, tomorrow))
    looked = rules.looked_back(past, LOOKED_BACK)
    rows = [_row(one, foretold, by) for one, foretold in reversed(looked)]
    first = _line(tomorrow, _is_open(of, tomorrow), found, by)
    columns = [column(by.language, "day"), column(by.language, "day_kind")]
    columns += [column(by.language, name, numeric=True) for name in ("foretold", "between", "came")]
    told = [_judged(looked, by, is_open=kind) for kind in (True, False)]
    told.append(say(by.language, "reports.forecast_say"))
    if found is None:
        told = [say(by.language, "reports.too_little_past"), *told]
    rows = [[*first, Cell("", ""), Cell("", "")], *rows]
    return Sheet("forecast", [*columns, column(by.language, "held")], rows, told, _drawn(of, looked, found, by))


def _drawn(
    of: Report, looked: Sequence[tuple[Day, Forecast | None]], ahead: Forecast | None, by: Teller
) -> Bands | None:
    """Today is not over: its place is empty."""
    places = [Place(by.times.date(one.day), _foretold(found), one.n) for one, found in looked]
    places.append(Place(by.times.date(of.today), None, None))
    places.append(Place(by.times.date(of.today + DAY), _foretold(ahead), None))
    hits, n = rules.held(looked)
    return bands(
        say(by.language, "reports.forecast_drawn"),
        say(by.language, "reports.forecast_told", hits=hits, n=n, days=len(looked)),
        places,
    )


def _foretold(found: Forecast | None) -> tuple[int, int, int] | None:
    return (found.low, found.likely, found.high) if found else None


async def _past(of: Report) -> list[Day]:
    """Whole days until yesterday; none from before there was anything."""
    first = await trends.begins(of.department.id)
    since = of.today - NEEDED - LOOKED_BACK * DAY
    since = max(since, of.day_of(first)) if first else of.today
    days = [since + n * DAY for n in range((of.today - since).days)]
    if not days:
        return []
    counts = await trends.filed(of.department.id, [of.start_of(day) for day in [*days, of.today]])
    return [Day(day, n, _is_open(of, day)) for day, n in zip(days, counts, strict=True)]


def _is_open(of: Report, day: date) -> bool:
    return of.calendar.day(day.toordinal()) is not None


def _row(one: Day, foretold: Forecast | None, by: Teller) -> list[Cell]:
    held = say(by.language, f"reports.held_{'yes' if foretold.holds(one.n) else 'no'}") if foretold else "–"
    return [*_line(one.day, one.is_open, foretold, by), number(one.n), Cell(held)]


def _line(day: date, is_open: bool, foretold: Forecast | None, by: Teller) -> list[Cell]:
    kind = say(by.language, f"reports.day_{'open' if is_open else 'closed'}")
    told = [Cell("–", ""), Cell("–", "")]
    if foretold:
        told = [number(foretold.likely), Cell(f"{foretold.low}–{foretold.high}")]
    return [Cell(by.times.day(day), day.isoformat()), Cell(kind), *told]


def _judged(looked: Sequence[tuple[Day, Forecast | None]], by: Teller, *, is_open: bool) -> str:
    """Its own hit rate, of open or of closed days: a Sunday on which nothing comes says nothing of a Monday."""
    rate = Rate(*rules.held([(one, found) for one, found in looked if one.is_open == is_open]))
    kind = say(by.language, f"reports.day_{'open' if is_open else 'closed'}")
    if not rate.told:
        return say(by.language, "reports.held_few", kind=kind, n=few(rate.n))
    low, high = rate.interval
    interval = f"{per_cent(int(1000 * low))}–{per_cent(int(1000 * high))}"
    share = per_cent(rate.tenths)
    return say(by.language, "reports.held_of", kind=kind, hits=rate.hits, n=rate.n, share=share, interval=interval)
