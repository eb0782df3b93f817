"""On whom the work rests and from whom it comes: departments by name, people never; and verdicts that are shared."""

from desk.i18n import say
from desk.reports.queries import dependence, figures
from desk.reports.queries.dependence import Requesters
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, few, number, part, share
from desk.reports.routes.sheets.handovers import codes, departments
from desk.reports.rules.rates import LEAST
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller


async def single_point(of: Report, by: Teller) -> Sheet:
    """Only services with enough resolutions to say so."""
    found, names = await dependence.single_points(of.window), await figures.services()
    columns = [column(by.language, "service")]
    columns += [column(by.language, name, numeric=True) for name in ("most", "people", "resolved")]
    rows = [
        [
            Cell(names[one.service].name(by.language)),
            part(one.most, one.n),
            Cell(say(by.language, "reports.alone"), 1) if one.people == 1 else number(one.people),
            number(one.n, of.address("/requests", what="resolved", other=names[one.service].code)),
        ]
        for one in found
    ]
    return Sheet("single_point", columns, rows)


async def one_requester(of: Report, by: Teller) -> Sheet:
    """From fewer than LEAST neither whence they came nor how many."""
    found = await dependence.requesters(of.window)
    columns = [column(by.language, "from_whom"), *(column(by.language, name, numeric=True) for name in ("n", "share"))]
    if found.n < LEAST:
        return Sheet("one_requester", columns, [], [say(by.language, "reports.too_few_came")] if found.n else [])
    return Sheet(
        "one_requester",
        columns,
        [
            await _most(of, found, by),
            [Cell(say(by.language, "reports.one_person")), *_counted(found.most, found.n)],
        ],
        [say(by.language, "reports.requesters_of", n=found.people)],
        more=of.address("/requests", what="came"),
    )


async def _most(of: Report, found: Requesters, by: Teller) -> list[Cell]:
    most = max(found.departments, key=lambda one: (found.departments[one], -one))
    n = found.departments[most]
    if n < LEAST:
        return [Cell(say(by.language, "reports.no_single_department")), *_counted(n, found.n)]
    asked = of.address("/requests", what="asked_by", other=(await codes(of))[most])
    return [Cell((await departments(of, by))[most]), *_counted(n, found.n, asked)]


def _counted(n: int, whole: int, href: str = "") -> list[Cell]:
    if n < LEAST:
        return [Cell(few(n)), Cell("–", "")]
    return [number(n, href), part(n, whole)]


async def mutual(of: Report, by: Teller) -> Sheet:
    """What this department promised leads to its rows; the others' are theirs to open."""
    found, names = await dependence.mutual(of.window), await departments(of, by)
    columns = [column(by.language, "department")]
    columns += [column(by.language, f"mutual_{name}", numeric=True) for name in ("ours", "theirs", "help")]
    ours = of.address("/promises", kind=Kind.RESOLUTION.value)
    rows = [
        [
            Cell(name),
            share(found[other].ours, ours if found[other].ours.n else ""),
            share(found[other].theirs),
            share(found[other].help),
        ]
        for other, name in names.items()
        if other in found
    ]
    return Sheet("mutual", columns, rows)
