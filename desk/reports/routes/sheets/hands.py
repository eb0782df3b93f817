"""In whose hands the time went, of what was finished: it adds up to the time that requesters waited."""

from desk.i18n import say
from desk.reports.queries import flow
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.reports.routes.sheets.handovers import codes, departments
from desk.reports.routes.shown import business
from desk.reports.rules.drawing.parts import parts
from desk.reports.rules.flow import Hand, told
from desk.reports.rules.rates import LEAST, per_cent
from desk.tickets.routes.telling import Teller

_MICRO = 1_000_000
_COLUMNS = ("time", "part", "requests", "longest")


async def hands(of: Report, by: Teller) -> Sheet:
    found = await flow.hands(of.window)
    whole = next((one for one in found if one.holder == "all"), None)
    columns = [column(by.language, "holder"), *(column(by.language, name, numeric=True) for name in _COLUMNS)]
    if whole is None or whole.n < LEAST:
        return Sheet("hands", columns, [], [say(by.language, "reports.too_few_ended")] if whole else [])
    names, code = await departments(of, by), await codes(of)
    holders = told(found, of.department.id)
    keys = [_key(one, of.department.id) for one in holders]
    rows = [
        [Cell(_name(one, names, by), key=key), *_figures(one, whole.wall, _behind(of, one, code), by)]
        for one, key in zip(holders, keys, strict=True)
    ]
    finished = of.address("/requests", what="finished")
    rows.append([Cell(say(by.language, "reports.hands_all")), *_figures(whole, whole.wall, finished, by)])
    shares = ((row[0].text, row[2].text) for row in rows[:-1])
    chart = parts(
        say(by.language, "reports.hands_drawn"),
        say(by.language, "reports.hands_told", parts="; ".join(f"{name} {share}" for name, share in shares)),
        amounts=[one.wall for one in holders],
        keys=keys,
    )
    return Sheet("hands", columns, rows, chart=chart, more=finished)


def _key(one: Hand, own: int) -> int:
    if one.holder == "department":
        return 1 if one.department == own else 3
    return 2 if one.holder == "requester" else 4


def _name(one: Hand, names: dict[int, str], by: Teller) -> str:
    if one.department is not None:
        return names[one.department]
    return say(by.language, f"reports.hands_{'others' if one.holder == 'department' else one.holder}")


def _behind(of: Report, one: Hand, code: dict[int, str]) -> str:
    return of.address("/requests", what="held", other=code[one.department]) if one.department else ""


def _figures(one: Hand, whole: int, href: str, by: Teller) -> list[Cell]:
    tenths = 1000 * one.wall // whole if whole else 0
    return [
        Cell(business(one.wall // _MICRO, by), one.wall // _MICRO),
        Cell(per_cent(tenths), tenths / 1000),
        number(one.n, href),
        Cell(business(one.longest // _MICRO, by), one.longest // _MICRO),
    ]
