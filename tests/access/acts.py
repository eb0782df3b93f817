"""What people of the firm do about access, each in a transaction of its own."""

from datetime import date
from typing import Any

from desk import clock, db
from desk.access.actions import answering, asking, granting
from desk.access.actions.answering import Extract, Granting
from desk.access.actions.asking import Wanted
from desk.access.actions.granting import Direct
from desk.access.queries import portions
from desk.db import Reader
from desk.disclosure import queries as disclosure
from desk.disclosure.queries import grants
from desk.disclosure.rules import Facts, facts
from desk.tickets.queries import cases
from tests.firm import Firm

MONDAY = date(2026, 11, 23)
SHUT = {"tier": 3, "reason": "pay_and_appraisal", "sentence": "It names what somebody earns."}
SALARY = "Zhao earns 31,500 a month."


async def markers(firm: Firm, who: Reader, number: int) -> list[Facts]:
    """Of a request that somebody reads."""
    ticket = await firm.rows(who, "select id from tickets where number = $1", number)
    rows = await firm.rows(who, disclosure.OF_UPDATES, ticket[0]["id"])
    return [facts(disclosure.marker(row), number) for row in rows]


async def a_marked_note(firm: Firm, **shut: Any) -> tuple[int, Facts]:
    """林 asks 财务部 about a salary, 吴 answers in a note that only handlers read: (number, what 孟's marker says)."""
    number = await firm.lin_asks_for("the salary band of a new post")
    await firm.wu_notes(number, SALARY, **(SHUT | shut))
    return number, (await markers(firm, firm.meng, number))[0]


async def asks(firm: Firm, who: Reader, asked: Facts, until: date = MONDAY, why: str = "I plan the budget.") -> int:
    async with db.acting_as(who):
        wanted = Wanted(asked=asked, title="Access", why=why, until=until)
        return await asking.ask(wanted, at=clock.now())


async def offered(firm: Firm, who: Reader, number: int) -> list[str]:
    async with db.acting_as(who, writing=False):
        return [one.ref for one in await portions.named(await grants.asked_portions(number))]


async def grants_it(firm: Firm, who: Reader, number: int, until: date = MONDAY, roles: tuple[str, ...] = ()) -> None:
    new = Granting(refs=await offered(firm, who, number), until=until, why="The budget needs it.")
    await firm.does(who, answering.grant, number, new, "Granted.", roles=roles)


async def gives_extract(firm: Firm, who: Reader, number: int, tier: int, body: str = "The band is 25 to 35.") -> None:
    await firm.does(who, answering.extract, number, Extract(tier=tier, body=body, why="No person is named."), "Given.")


async def lets_in(
    firm: Firm, who: Reader, number: int, to: Reader, until: date = MONDAY, roles: tuple[str, ...] = ()
) -> None:
    async with db.acting_as(who):
        at = clock.now()
        refs = [one.ref for one in await portions.shut(number)] or ["x"]
        new = Direct(to=to.person or 0, refs=refs, until=until, why="A review.")
        await granting.give(await cases.held(number, at=at), new, roles=roles, at=at)
