"""A trend in the reader's words: what is worth a question, and that the rest is not."""

from collections.abc import Sequence
from itertools import groupby

from desk.i18n import say
from desk.reports.rules.trends import BASE, FEWEST, RUNS, News, Trend
from desk.tickets.routes.telling import Teller


def news(found: Trend, weeks: Sequence[str], by: Teller) -> list[str]:
    """`weeks`: the name of each, one at least. What stands outside the limits, then runs, then what there is no need to
    explain.
    """
    told = _alone(found, weeks, by) + _runs(found, weeks, by)
    last = found.segments[-1]
    if last.limits is None:
        return [*told, say(by.language, "reports.no_limits", least=FEWEST, n=last.n)]
    rest = say(by.language, "reports.news_rest" if told else "reports.no_news")
    return [*told, rest, *([] if last.stands else [say(by.language, "reports.limits_move", n=last.n, base=BASE)])]


def word(kind: News | None, by: Teller) -> str:
    return say(by.language, f"reports.news_word_{kind or 'none'}")


def _alone(found: Trend, weeks: Sequence[str], by: Teller) -> list[str]:
    return [
        say(by.language, f"reports.news_{one.news}", week=weeks[n])
        for n, one in enumerate(found.readings)
        if one.news and one.news not in RUNS
    ]


def _runs(found: Trend, weeks: Sequence[str], by: Teller) -> list[str]:
    """A single week within a run that is outside the limits as well does not end it."""
    told = []
    marked = [(n, one.news) for n, one in enumerate(found.readings) if one.value is not None]
    for kind, lot in groupby(marked, key=lambda one: one[1] if one[1] in RUNS else None):
        places = [n for n, _ in lot]
        if kind:
            told.append(say(by.language, f"reports.news_{kind}", week=weeks[places[0]], n=len(places)))
    return told
