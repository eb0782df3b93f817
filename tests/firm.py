"""The small firm of the tests: 林 asks, 吴 serves in finance, 钱 leads it, 赵 looks on.

周 serves beside 吴, 韩 serves in human resources, 孟 works beside 林, 安 keeps the desk, Grace is a guest.

    number = await firm.lin_asks_for("a laptop")
    await firm.wu_replies(number, by="2026-11-20 17:30")
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from desk.db import Reader
from desk.directory import actions as directory
from desk.directory.actions import NewPerson
from desk.sla import jobs as sla_jobs
from desk.sla.actions import calendars
from desk.sla.queries import promises as ledger
from desk.sla.rules import format as formats
from desk.sla.rules import why
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from desk.sla.rules.targets import SameDay
from desk.tickets import actions as tickets
from desk.tickets import jobs as ticket_jobs
from desk.tickets.actions.filing import Filing
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries.cases import Case, case, held
from desk.tickets.rules.words import Expectation
from tests.cluster import tables

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = [["09:00", "12:00"], ["13:30", "18:00"]]
WEEK = {"tz": "Asia/Shanghai", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
DEPARTMENTS = {
    "finance": ("财务部", "Finance"),
    "hr": ("人力资源部", "Human Resources"),
    "operations": ("运营部", "Operations"),
    "legal": ("法务部", "Legal"),
}
PEOPLE = {  # login -> (name, department, level)
    "qian": ("钱立群", "finance", 2),
    "wu": ("吴桐", "finance", 3),
    "zhou": ("周敏", "finance", 3),
    "han": ("韩梅", "hr", 3),
    "lin": ("林晓雯", "operations", 2),
    "meng": ("孟凡", "operations", 2),
    "zhao": ("赵一鸣", "legal", 2),
    "admin": ("安然", "legal", 2),
    "guest": ("Grace Liu", "legal", None),
}


def local(words: str) -> datetime:
    """An instant of "2026-11-20 17:30" in Shanghai."""
    return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)


def told(at: datetime | None) -> str | None:
    """An instant as tests say it: 2026-11-20 18:00 in Shanghai."""
    return at and at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Firm:
    time: Any  # tests.conftest.Clock
    departments: dict[str, int]
    people: dict[str, Reader]

    def __getattr__(self, name: str) -> Any:
        """firm.wu is a reader, firm.finance a department's id."""
        for known in (self.__dict__["people"], self.__dict__["departments"]):
            if name in known:
                return known[name]
        raise AttributeError(name)

    def clock_says(self, words: str) -> None:
        self.time.set(local(words))

    # ---- what people do

    async def files(self, who: Reader, title: str, *, service: str | None = "expenses", **more: Any) -> int:
        filing = Filing(title=title, body=more.pop("body", f"Please: {title}."), service=service, **more)
        async with db.acting_as(who):
            return await tickets.file(filing, at=clock.now())

    async def lin_asks_for(self, title: str, **more: Any) -> int:
        return await self.files(self.lin, title, **more)

    async def does(
        self, who: Reader, verb: Callable[..., Awaitable[Any]], number: int, *words: Any, **more: Any
    ) -> Any:
        """One action on a request, in a transaction of its own, now."""
        async with db.acting_as(who):
            at = clock.now()
            return await verb(await held(number, at=at), *words, at=at, **more)

    async def replies(
        self, who: Reader, number: int, body: str = "It is being looked at.", *, by: str | None = None, **shut: Any
    ) -> Written:
        """With the word that the next one comes by then; without, this is the answer."""
        expectation = Expectation(local(by), "whether it is paid") if by else None
        return await self.does(
            who, tickets.reply, number, body, Shut(**shut), expectation=expectation, answer=by is None
        )  # fmt: skip

    async def wu_takes(self, number: int) -> None:
        await self.does(self.wu, tickets.take, number)

    async def wu_replies(self, number: int, body: str = "It is being looked at.", **more: Any) -> Written:
        return await self.replies(self.wu, number, body, **more)

    async def wu_expects(self, number: int, by: str) -> Written:
        return await self.replies(self.wu, number, by=by)

    async def wu_notes(self, number: int, body: str, **shut: Any) -> Written:
        return await self.does(self.wu, tickets.note, number, body, Shut(**shut))

    async def wu_asks(self, number: int, body: str = "Which invoice do you mean?") -> Written:
        return await self.does(self.wu, tickets.ask, number, body, Shut())

    async def wu_resolves(self, number: int, outcome: str = "It is paid.") -> None:
        await self.does(self.wu, tickets.resolve, number, outcome)

    async def wu_declines(self, number: int, reason: str = "Loans are not given here.") -> None:
        await self.does(self.wu, tickets.decline, number, reason)

    async def wu_hands_over(self, number: int, to: int, reason: str = "This is a matter of staff.") -> None:
        await self.does(self.wu, tickets.hand_over, number, to, reason)

    async def lin_writes(self, number: int, body: str = "And what about the train?", **shut: Any) -> Written:
        return await self.does(self.lin, tickets.message, number, body, Shut(**shut))

    async def lin_accepts(self, number: int) -> None:
        await self.does(self.lin, tickets.accept, number)

    async def lin_reopens(self, number: int, reason: str = "The money has not come.") -> None:
        """ "Not yet" while it waits for acceptance."""
        await self.does(self.lin, tickets.reopen, number, reason)

    async def lin_withdraws(self, number: int) -> None:
        await self.does(self.lin, tickets.withdraw, number)

    async def closes_on(self, department: int, day: str) -> None:
        """The administrator adds a holiday to the calendar."""
        async with db.acting_as(self.admin):
            await calendars.save(department, Version(calendar=formats.parse(WEEK | {"holidays": [day]}), cutoff=USUAL))

    async def time_passes_until(self, words: str) -> None:
        """The clock moves, and the worker looks once."""
        self.clock_says(words)
        await sla_jobs.sweep()
        await ticket_jobs.sweep()

    # ---- what somebody sees

    async def case(self, number: int, who: Reader) -> Case:
        async with db.acting_as(who, writing=False):
            return await case(number, at=clock.now())

    async def rows(self, who: Reader, sql: str, *values: Any) -> list[asyncpg.Record]:
        async with db.acting_as(who, writing=False):
            return await db.fetch(sql, *values)

    async def reads(self, who: Reader, number: int) -> bool:
        return bool(await self.rows(who, "select from tickets where number = $1", number))

    async def words(self, who: Reader, number: int) -> list[str]:
        """What somebody reads under a request, oldest first."""
        rows = await self.rows(who, _OF.format("body", "updates"), number)
        return [row["body"] for row in rows]

    async def promises(self, number: int, kind: str, who: Reader | None = None) -> list[asyncpg.Record]:
        rows = await self.rows(who or self.lin, _OF.format("*", "promises"), number)
        return [row for row in rows if row["kind"] == kind]

    async def standing(self, number: int, kind: str, who: Reader | None = None) -> tuple[str, str | None]:
        """Of the newest promise of a kind: (kept, 2026-11-20 18:00)."""
        newest = (await self.promises(number, kind, who))[-1]
        return newest["state"], told(newest["due_at"])

    async def why(self, number: int, kind: str) -> str:
        """The sentence that lin reads beside a promise."""
        async with db.acting_as(self.lin, writing=False):
            found = await ledger.of_ticket(await db.call("select id from tickets where number = $1", number))
            promise = next(one for one in found if one.kind == kind)
            facts = await ledger.facts(promise, clock.now())
        manner = {"language": "en", "zone": "Asia/Shanghai", "promisor": promise.department_en, "kind": kind}
        return why.line(facts, promise.due_at, now=clock.now(), **manner)

    async def entries(self, number: int, who: Reader | None = None) -> list[str]:
        """Tags of the journal about a request."""
        return [row["tag"] for row in await self.rows(who or self.lin, _OF.format("tag", "entries"), number)]


_OF = "select x.{} from {} x join tickets t on t.id = x.ticket where t.number = $1 order by x.id"


async def _people(departments: dict[str, int]) -> dict[str, Reader]:
    found = {}
    for login, (name, department, level) in PEOPLE.items():
        new = NewPerson(
            login=login, name=name, email=f"{login}@example.cn", department=departments[department], guest=level is None
        )
        found[login] = Reader(await directory.add_person(new))
        if level == 3:
            await directory.set_level(found[login].person, departments[department], 3)
    return found


async def _services() -> None:
    targets = {"reply": SameDay(), "resolution": SameDay(extra_days=2)}
    pay = {"tier": 3, "tier_reason": "pay_and_appraisal"}
    drafts = {
        "expenses": Draft(department="finance", name_zh="费用报销", name_en="Expenses", **targets),
        "payroll": Draft(department="hr", name_zh="工资", name_en="Pay", **pay, **targets),
        "budget": Draft(department="finance", name_zh="预算", name_en="Budget", tier=2, tier_reason="negotiation"),
        "anything": Draft(department="finance", name_zh="其他", name_en="Anything else", catch_all=True),
    }
    for code, draft in drafts.items():
        await catalog.add_service(code, draft)


async def found(time: Any) -> Firm:
    """One transaction of the operator's."""
    async with db.acting_as(db.NOBODY):
        departments = {code: await directory.add_department(code, *names) for code, names in DEPARTMENTS.items()}
        people = await _people(departments)
        await directory.set_head(departments["finance"], people["qian"].person)
        await directory.set_role(people["admin"].person, "administrator", held=True)
        for department in departments.values():
            await calendars.save(department, Version(calendar=formats.parse(WEEK), cutoff=USUAL))
        await _services()
    return Firm(time, departments, people)


class _Kept:
    """The firm as it was founded first: what took many actions is put back by COPY. Its ids stay, new ones go on."""

    firm: Firm | None = None
    tables: ClassVar[dict[str, bytes]] = {}


@pytest.fixture
async def firm(desk: None, still: Any, superuser: asyncpg.Connection) -> Firm:
    """Friday, 20 November 2026, 15:00 in Shanghai; requests until 16:00 count as that day."""
    if _Kept.firm is None:
        _Kept.firm = await found(still)
        for name in await tables(superuser):
            rows = BytesIO()
            await superuser.copy_from_table(name, output=rows, format="binary")
            _Kept.tables[name] = rows.getvalue()
    else:
        await superuser.execute("set session_replication_role = replica")
        for name, content in _Kept.tables.items():
            await superuser.copy_to_table(name, source=BytesIO(content), format="binary")
        await superuser.execute("set session_replication_role = origin")
    return Firm(still, dict(_Kept.firm.departments), dict(_Kept.firm.people))
