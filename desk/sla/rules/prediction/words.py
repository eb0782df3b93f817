"""The forecast in words. A count below five is said to be below five, and what it would give away with it."""

from msgspec import Struct

from desk.i18n import say
from desk.sla.rules.prediction.cells import LIKE_AT_LEAST, STAGES, Key, Like, Past
from desk.sla.rules.prediction.forecast import ALL, ENOUGH, SHOWN_AT_LEAST, STALE, TESTED_AT_LEAST, Forecast
from desk.sla.rules.prediction.quality import TENTHS, Quality, Tenth, wilson

FEW, NOTHING = f"<{SHOWN_AT_LEAST}", "–"
SENTENCES = 5  # under "how it is counted and used"


class Row(Struct, frozen=True, kw_only=True):
    """A group of a table: how many, how many late, the share and its interval, all as shown."""

    name: str
    n: str
    late: str
    share: str
    interval: str
    mean: str = ""


def beside(like: Like, language: str) -> str:
    """Resolution: 12 of 40 like this were late (same service, as much time used)."""
    if like.width == ALL:
        return say(language, "sla.forecast_beside_all", said=line(like, language))
    alike = say(language, f"sla.forecast_alike_{like.width}")
    return say(language, "sla.forecast_beside", said=line(like, language), alike=alike)


def line(like: Like, language: str) -> str:
    """12 of 40 like this were late"""
    if like.late < SHOWN_AT_LEAST:
        key = "sla.forecast_all_few" if like.width == ALL else "sla.forecast_like_few"
        return say(language, key, n=like.n, few=SHOWN_AT_LEAST)
    return say(language, "sla.forecast_all" if like.width == ALL else "sla.forecast_like", n=like.n, late=like.late)


def mode(forecast: Forecast, language: str) -> str:
    return say(language, f"sla.forecast_mode_{forecast.mode}", enough=ENOUGH, tested=TESTED_AT_LEAST, days=STALE.days)


def numbers(forecast: Forecast, language: str) -> list[tuple[str, str]]:
    """(what, how much), from what was learnt to how it stood the test."""
    told = [("closed", count(forecast.closed)), ("late", _late(forecast.late, forecast.closed, language))]
    if forecast.model:
        told += [("tested", count(forecast.model.n)), ("base", _late(forecast.model.late, forecast.model.n, language))]
    for name, quality in (("model", forecast.model), ("line", forecast.line)):
        if quality:
            told += [(f"brier_{name}", f"{quality.brier:.3f}"), (f"skill_{name}", _skill(quality, language))]
    return [(say(language, f"sla.forecast_{name}"), value) for name, value in told]


def stages(known: Past, language: str) -> list[Row]:
    """What became of those that were still open when a part of their time began."""
    counts = [known.counts.get(Key(None, stage, None, None), (0, 0)) for stage in range(STAGES)]
    return [_row(say(language, f"sla.forecast_stage_{stage}"), *found) for stage, found in enumerate(counts)]


def tenths(forecast: Forecast) -> list[Row]:
    """The calibration: what was said, beside what came."""
    return [
        _row(_span(tenth), tenth.n, tenth.late, mean=percent(tenth.chance) if tenth.n >= SHOWN_AT_LEAST else NOTHING)
        for tenth in forecast.tenths
    ]


def about(language: str) -> list[str]:
    values = {"like": LIKE_AT_LEAST, "few": SHOWN_AT_LEAST}
    return [say(language, f"sla.forecast_about_{n}", **values) for n in range(1, SENTENCES + 1)]


def lines(forecast: Forecast, language: str) -> list[str]:
    """All of it, for the shell."""
    told = [mode(forecast, language)]
    told += [pair(what, value, language) for what, value in numbers(forecast, language)]
    for row in tenths(forecast):
        values = {"said": row.name, "n": row.n, "late": row.late, "share": row.share, "interval": row.interval}
        told.append(say(language, "sla.forecast_in_tenth", **values))
    return told


def pair(what: str, value: object, language: str) -> str:
    return say(language, "sla.forecast_pair", what=what, value=value)


def count(n: int) -> str:
    return str(n) if n >= SHOWN_AT_LEAST else FEW


def percent(share: float) -> str:
    return f"{share:.0%}"


def _row(name: str, n: int, late: int, mean: str = "") -> Row:
    if n < SHOWN_AT_LEAST:
        return Row(name=name, n=FEW, late=NOTHING, share=NOTHING, interval=NOTHING, mean=mean)
    return Row(name=name, n=str(n), late=count(late), share=_share(late, n), interval=_interval(late, n), mean=mean)


def _share(late: int, n: int) -> str:
    return percent(late / n) if late >= SHOWN_AT_LEAST else f"<{percent(SHOWN_AT_LEAST / n)}"


def _interval(late: int, n: int) -> str:
    """Of whatever the count below five may be."""
    least, most = (late, late) if late >= SHOWN_AT_LEAST else (0, SHOWN_AT_LEAST - 1)
    return f"{100 * wilson(least, n)[0]:.0f}–{percent(wilson(most, n)[1])}"


def _late(late: int, n: int, language: str) -> str:
    row = _row("", n, late)
    if row.share == NOTHING:
        return row.late
    return say(language, "sla.forecast_share", late=row.late, share=row.share, interval=row.interval)


def _skill(quality: Quality, language: str) -> str:
    return say(language, "sla.forecast_no_number") if quality.skill is None else f"{quality.skill:+.3f}"


def _span(tenth: Tenth) -> str:
    return f"{tenth.tenth * 100 // TENTHS}–{(tenth.tenth + 1) * 100 // TENTHS}%"
