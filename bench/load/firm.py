"""Two thousand people in twenty departments, each with a head, handlers, a calendar and three services."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bench.load import vocabulary as said
from bench.load.books import Books
from bench.load.words import Pair
from desk.sla.queries.clocks import Clock
from desk.sla.rules import china, instants, targets, zones
from desk.sla.rules import format as formats
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import USUAL
from desk.sla.rules.targets import Budget, SameDay, Target

PEOPLE = 2000
MEASURED = 1  # the department whose queue is measured: the first of the catalogue
LIN, WU, ZHAO, QIAN = 1, 2, 3, 4  # who asks, who serves there, who looks on, who leads it
_CAST = {
    LIN: ("lin", "林晓", 7),
    WU: ("wu", "吴静", MEASURED),
    ZHAO: ("zhao", "赵勇", 10),
    QIAN: ("qian", "钱国华", MEASURED),
}
_HANDLERS = 8  # in each department, its head beside them
_WEEK = ("mon", "tue", "wed", "thu", "fri")
_HOURS = ({"tz": "Asia/Shanghai", "hours": ["09:00", "18:00"]}, {"tz": "Asia/Shanghai", "hours": ["08:30", "17:30"]},
          {"tz": "Europe/Berlin", "hours": ["08:00", "17:00"]})  # fmt: skip
_DAY = 8 * 3600  # business seconds


@dataclass(frozen=True)
class Service:
    id: int
    department: int
    name: Pair
    reply: Target
    resolution: Target


@dataclass(frozen=True)
class Firm:
    homes: dict[int, int]  # person -> department of work
    staff: dict[int, list[int]]  # department -> who works there
    handlers: dict[int, list[int]]
    heads: dict[int, int]
    clocks: dict[int, Clock]
    services: dict[int, list[Service]]


def found(books: Books, dice: random.Random, *, now: datetime) -> Firm:
    """Rows of everything that is there before the first request."""
    since = now - timedelta(days=800)
    homes = _hire(books, dice)
    staff: dict[int, list[int]] = {of: [] for of in range(1, len(said.DEPARTMENTS) + 1)}
    for person, home in homes.items():
        staff[home].append(person)
    heads = {of: QIAN if of == MEASURED else next(p for p in who if p > QIAN) for of, who in staff.items()}
    handlers = {of: _handlers_of(who, heads[of]) for of, who in staff.items()}
    for of, (code, zh, en) in enumerate(said.DEPARTMENTS, 1):
        books.add("departments", code, zh, en)
        books.add("headships", of, heads[of], since)
    _place(books, homes, heads, handlers, since)
    return Firm(homes, staff, handlers, heads, _clocks(books, now, since), _services(books))


def _hire(books: Books, dice: random.Random) -> dict[int, int]:
    """person -> department"""
    homes = {}
    for person in range(1, PEOPLE + 1):
        login, name, home = _CAST.get(person) or (f"u{person}", _name(dice), dice.randint(1, len(said.DEPARTMENTS)))
        language = None if dice.random() < 0.5 else "zh-CN" if name[0] > "z" else "en"
        books.add("people", login, name, f"{login}@firm.example", home, None, False, language, None)
        homes[person] = home
    books.add("roles", ZHAO, "administrator")
    return homes


def _name(dice: random.Random) -> str:
    if dice.random() < 0.25:
        return f"{dice.choice(said.FOREIGN)} {dice.choice(said.FAMILY_ABROAD)}"
    return dice.choice(said.FAMILY) + "".join(dice.sample(said.GIVEN, dice.choice((1, 2, 2))))


def _handlers_of(staff: list[int], head: int) -> list[int]:
    """The cast asks or looks on everywhere but in its own department."""
    return [person for person in staff if person not in (head, LIN, ZHAO)][:_HANDLERS]


def _place(
    books: Books, homes: dict[int, int], heads: dict[int, int], handlers: dict[int, list[int]], since: datetime
) -> None:
    for person, home in homes.items():
        books.add("memberships", person, home, 3 if person in handlers[home] else 2)
        superior = heads[home] if heads[home] != person else QIAN
        if superior != person:
            books.add("superiors", person, superior, since)


def _clocks(books: Books, now: datetime, since: datetime) -> dict[int, Clock]:
    """Compiled once for each kind of hours: two and a half years take some 40 ms."""
    near = instants.seconds(now)
    definitions = [_definition(hours, now.year) for hours in _HOURS]
    compiled = [Compiled(formats.parse(definition), near=near, behind=810, ahead=200) for definition in definitions]
    clocks = {}
    for of in range(1, len(said.DEPARTMENTS) + 1):
        kind = 2 if of % 10 == 0 else of % 2
        cutoff = _json(formats.cutoff_document(USUAL))
        row = books.add("calendars", of, 1, _json(definitions[kind]), cutoff, None, zones.VERSION, since)
        clocks[of] = Clock(
            id=row, department=of, name_zh="", name_en="", version=1, compiled=compiled[kind], cutoff=USUAL
        )
    return clocks


def _definition(hours: dict[str, Any], year: int) -> dict[str, Any]:
    week = {"tz": hours["tz"], "weekly": {day: [hours["hours"]] for day in _WEEK}, "breaks": [["12:00", "13:00"]]}
    if hours["tz"] != "Asia/Shanghai":
        return week
    off = china.holidays_of_china(range(year - 3, year + 1))
    return week | {"holidays": off.holidays, "workdays": off.workdays}


def _services(books: Books) -> dict[int, list[Service]]:
    offered: dict[int, list[Service]] = {}
    for department, names in enumerate(said.SERVICES, 1):
        for number, (zh, en) in enumerate(names, 1):
            offered.setdefault(department, []).append(_offer(books, department, number, (zh, en)))
    return offered


def _offer(books: Books, department: int, number: int, name: Pair) -> Service:
    reply, resolution = SameDay(), Budget(seconds=_DAY * (1, 2, 3)[number - 1])
    zh, en = name
    code = f"{said.DEPARTMENTS[department - 1][0]}-{number}"
    row = books.add(
        "services", code, (department - 1) * 3 + number, department, "file", zh, en,
        f"{zh}的申请、进度查询与更正。", f"{en}: filing, progress and corrections.", "金额或期限的例外审批。",
        "Exceptions in amount or time.", "单据或截图\n事由", "Receipt or picture\nReason", f"{zh} {en.lower()}",
        1, None, _json(targets.document(reply)),
        _json(targets.document(resolution)), en == "Anything else", False,
    )  # fmt: skip
    books.add("fields", row, 1, "subject", "text", "涉及什么", "What is it about", "", "", "[]", True)
    books.add("fields", row, 2, "amount", "money", "金额", "Amount", "", "", "[]", False)
    if number == 1:
        books.add("routing_rules", row, row, department, True, False)
    return Service(row, department, name, reply, resolution)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
