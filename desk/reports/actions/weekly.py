"""The letter of a week: written in a transaction of the department's head, so that it counts what their page counts."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from desk import db, locks, settings
from desk.directory import queries as directory
from desk.directory.queries import Department, Person
from desk.i18n import say
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.outbox.actions import wording
from desk.outbox.actions.composing import signer
from desk.outbox.actions.writing import Draft, add
from desk.outbox.queries import facts as addresses
from desk.outbox.queries.facts import About
from desk.outbox.rules.delivery import State
from desk.outbox.rules.envelopes import BadAddress, Envelope, compose
from desk.reports.queries import figures, letters
from desk.reports.queries.letters import Owed
from desk.reports.rules import mondays, rates, weeks
from desk.reports.rules.letters import Fact, Weekly, share, text
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import pieces
from desk.reports.rules.rates import Cell
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants
from desk.web.page import render
from desk.web.times import Times, zone

_CLAIM = """
insert into weekly_letters (department, week, person) values ($1, $2, $3)
on conflict (department, week) do nothing returning id
"""


class Due(Struct, frozen=True):
    department: Department
    week: date  # its Monday
    head: int


class Counted(Struct, frozen=True, kw_only=True):
    period: Period
    cells: list[Cell]
    backlog: int
    owed: Owed


async def due(at: datetime) -> list[Due]:
    """Whose hour has come in the week that runs there, and who has not been told."""
    told = await letters.told((at - 2 * weeks.WEEK).date())
    heads = await directory.heads(at)
    open_ones = {one.id: one for one in await directory.departments()}
    found = []
    for clock in await clocks.all_clocks():
        week = weeks.monday(clock.today(at))
        if clock.department not in open_ones or clock.department not in heads or (clock.department, week) in told:
            continue
        hour = mondays.due(clock.compiled, week)
        if hour is not None and hour <= instants.seconds(at):
            found.append(Due(open_ones[clock.department], week, heads[clock.department]))
    return found


async def tell(one: Due, *, at: datetime) -> bool:
    """Once, whoever else is at it: the second waits for the first, and finds it told. All of it commits, or nothing."""
    if await db.call(_CLAIM, one.department.id, one.week, one.head) is None:
        return False
    to = await directory.person(one.head)
    may = await figures.oversees(one.department.id) and await letters.wanted()
    if not may or await addresses.is_suspended(to.email):
        return False
    clock = await clocks.clock(one.department.id)
    counted = await _count(one, clock, at)
    return await _write(one, to, counted, at)


async def _count(one: Due, clock: Clock, at: datetime) -> Counted:
    def start(day: date) -> datetime:
        return instants.start_of(day, clock.compiled.zone)

    period = mondays.told(clock.compiled, one.week)
    rolls = await figures.rolls({one.department.id: clock.compiled.zone.key})
    return Counted(
        period=period,
        cells=await figures.cells(pieces(one.department.id, period, rolls.get(one.department.id), start), at),
        backlog=sum(await figures.backlog(one.department.id, [at])),
        owed=await letters.owed(one.department.id, at, start(clock.today(at) + timedelta(days=1))),
    )


async def _write(one: Due, to: Person, counted: Counted, at: datetime) -> bool:
    subject, audience = f"department:{one.department.id}", [locks.person(to.id)]
    entry = await journal.write(Tag.REPORT_TOLD, subject, at=at, audience=audience, week=one.week.isoformat())
    try:
        content = _letter(entry, one.department, to, counted, at)
    except BadAddress:
        return False
    draft = Draft(
        entry=entry, tag=Tag.REPORT_TOLD.value, about=About(ticket=None, subject=subject, audience=audience),
        address=to.email, state=State.QUEUED, next_at=at, content=content,
    )  # fmt: skip
    return await add(draft, at=at) is not None


def _letter(entry: int, of: Department, to: Person, counted: Counted, at: datetime) -> bytes:
    """Raises BadAddress. An answer to it is about no request in particular: it begins one."""
    said = _said(of, to, counted, at)
    subject = _subject(of, to, counted, said.language, at)
    by, own = signer(), settings.current().mail_address
    envelope = Envelope(
        message_id=by.message_id(entry, to.id), sender=(say(said.language, "outbox.the_desk"), own),
        to=(to.name, to.email), reply_to=None, subject=subject, at=at, instance=by.instance, machine=True,
    )  # fmt: skip
    html = render(
        "reports/letter.html", {"lang": said.language, "t": _words(said.language), "said": said, "subject": subject}
    )
    return compose(envelope, text(said), html)


def _subject(of: Department, to: Person, counted: Counted, language: str, at: datetime) -> str:
    """Last week; after a holiday more than that, and then its days."""
    days, whole, times = counted.period, rates.kept(counted.cells), _times(to, language, at)
    facts = {"department": of.name(language), "n": whole.n - whole.hits, "of": f"{whole.n:,}"}
    if len(days.weeks()) == 1:
        return say(language, "reports.letter_subject", **facts)
    since, until = times.date(days.first), times.date(days.last)
    return say(language, "reports.letter_subject_days", since=since, until=until, **facts)


def _times(to: Person, language: str, at: datetime) -> Times:
    return Times(language, zone(to.zone or settings.current().zone).key, at)


def _words(language: str) -> Any:
    return lambda key, **values: say(language, key, **values)


def _said(of: Department, to: Person, counted: Counted, at: datetime) -> Weekly:
    language = to.language or settings.current().language
    times = _times(to, language, at)
    days, whole = counted.period, rates.kept(counted.cells)
    query = urlencode(days.query())
    link = f"{settings.current().base_url}/reports/{of.code}?{query}"
    return Weekly(
        language=language,
        greeting=say(language, "outbox.greeting", name=to.name),
        days=say(
            language, "reports.letter_days", department=of.name(language), since=times.date(days.first),
            until=times.date(days.last),
        ),
        failures=say(language, "reports.failures_of", n=whole.n - whole.hits, of=f"{whole.n:,}"),
        failures_link=f"{link}#failed",
        facts=_facts(counted, language),
        link=link,
        often=wording.often(),
    )  # fmt: skip


def _facts(counted: Counted, language: str) -> tuple[Fact, ...]:
    cells = counted.cells
    shares = [
        ("kept", rates.kept(cells)),
        ("same_day", rates.same_day(cells)),
        ("expectation", rates.expectations(cells)),
    ]
    counts = [
        ("card_backlog", counted.backlog),
        ("letter_today", counted.owed.today),
        ("letter_overdue", counted.owed.overdue),
    ]
    told = [Fact(say(language, f"reports.card_{name}"), share(rate, language)) for name, rate in shares]
    return (*told, *(Fact(say(language, f"reports.{name}"), f"{n:,}") for name, n in counts))
