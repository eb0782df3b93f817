"""The table of the specification, answered by the running product: each reader, each kind of note, READ, MARK or NONE.

The request is internal, from Operations; the note is by a handler of Finance, which serves.
"""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import asyncpg
import pytest

from desk import db
from desk.disclosure import queries, rules
from desk.disclosure.rules import Label, Reason, Tier
from desk.tickets.queries.cases import case
from tests.firm import Firm

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
ITEMS = (
    "open",
    "internal",
    "department",
    "restricted",
    "core",
    "restricted sealed",
    "core sealed",
    "core, declassified",
)


class Sight(StrEnum):
    READ = "READ"
    MARK = "MARK"
    NONE = "NONE"


R, M, N = Sight.READ, Sight.MARK, Sight.NONE
TABLE = {
    "author of the item": (R, R, R, R, R, R, R, R),
    "requester": (R, R, R, M, M, N, N, R),
    "requester's colleague": (R, R, R, M, M, N, N, R),
    "requester's head": (R, R, R, M, M, N, N, R),
    "member, serving department": (R, R, R, M, M, N, N, R),
    "handler, serving department": (R, R, R, R, M, R, N, R),
    "own head, serving department": (R, R, R, R, M, R, N, R),
    "employee elsewhere": (R, R, M, M, M, N, N, R),
    "system administrator": (R, R, M, M, M, N, N, R),
    "guest": (N, N, N, N, N, N, N, N),
    "holder of a live grant": (R, R, R, R, R, R, R, R),
    "holder of an expired grant": (R, R, M, M, M, N, N, R),
    "left the company": (N, N, N, N, N, N, N, N),
}
_PERSON = """
insert into people (login, name, email, department, guest, left_at)
values ($1::text, $1::text, $1::text, $2, false, $3) returning id
"""
_NOTE = """
insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason, opens_on, opens_to,
                     sealed, day, audience)
values ($1::text, $2, $3, $4, 'note', false, $1::text, $5, $6, $7, $8, 1, $9, $10, $11) returning id
"""


async def _write_notes(firm: Firm, root: asyncpg.Connection) -> dict[str, int]:
    """One note for each column, each on a day of its own, so that its marker can be told from the others."""
    found = await firm.case(await firm.lin_asks_for("a question"), firm.wu)
    notes = {}
    for n, item in enumerate(ITEMS):
        tier = {"open": 0, "internal": 1, "department": 2, "restricted": 3}.get(item.split(" ")[0], 4)
        own = rules.under(Label(tier=Tier(tier), owner=firm.finance, day=date(2026, 11, 1 + n)), found.label)
        audience = rules.locks(own, author=firm.wu.person, parties=found.parties, for_requester=False)
        due = NOW.date() if item == "core, declassified" else None
        notes[item] = await root.fetchval(
            _NOTE, item, found.id, firm.wu.person, NOW, own.tier.value, own.owner,
            Reason.LEGAL if tier >= 2 else None, due, "sealed" in item, own.day, audience,
        )  # fmt: skip
    async with db.acting_as(db.NOBODY):
        assert len(await db.fetch("select item from open_due($1, $2, $3)", [firm.finance], NOW.date(), NOW)) == 1
    return notes


async def _hire(root: asyncpg.Connection, login: str, department: int, *, left: datetime | None = None) -> db.Reader:
    who = await root.fetchval(
        _PERSON, login, department, left
    )  # fmt: skip
    await root.execute("insert into memberships (person, department, level) values ($1, $2, 2)", who, department)
    return db.Reader(who)


async def _grant(root: asyncpg.Connection, who: db.Reader, notes: dict[str, int], until: datetime) -> None:
    for note in notes.values():
        await root.execute(
            "insert into grants (person, item, since, until, by, why) values ($1, $2, $3, $4, $1, 'asked')",
            who.person, f"update:{note}", NOW - timedelta(days=9), until,
        )  # fmt: skip


async def _cast(firm: Firm, root: asyncpg.Connection, notes: dict[str, int]) -> dict[str, db.Reader]:
    head = await _hire(root, "head", firm.operations)
    await root.execute(
        "insert into headships (department, person, since) values ($1, $2, $3)", firm.operations, head.person, NOW
    )
    granted, expired = await _hire(root, "granted", firm.legal), await _hire(root, "expired", firm.legal)
    await _grant(root, granted, notes, NOW + timedelta(days=1))
    await _grant(root, expired, notes, NOW)
    return {
        "author of the item": firm.wu,
        "requester": firm.lin,
        "requester's colleague": firm.meng,
        "requester's head": head,
        "member, serving department": await _hire(root, "member", firm.finance),
        "handler, serving department": firm.zhou,
        "own head, serving department": firm.qian,
        "employee elsewhere": firm.zhao,
        "system administrator": firm.admin,
        "guest": firm.guest,
        "holder of a live grant": granted,
        "holder of an expired grant": expired,
        "left the company": await _hire(root, "left", firm.finance, left=NOW),
    }


async def _markers(ticket: int) -> list[rules.Marker]:
    return [queries.marker(row) for row in await db.fetch(queries.OF_UPDATES, ticket)]


async def _sights(who: db.Reader, ticket: int, notes: dict[str, int]) -> tuple[Sight, ...]:
    async with db.acting_as(who, writing=False):
        read = {row["id"] for row in await db.fetch("select id from updates where ticket = $1", ticket)}
        marked = {(marker.tier, marker.day) for marker in await _markers(ticket)}
    sights = []
    for n, (item, note) in enumerate(notes.items()):
        tier = {"department": 2, "restricted": 3}.get(item.split(" ")[0], 4)
        day = date(2026, 11, 1) if tier == 4 else date(2026, 11, 1 + n)
        hidden = Sight.MARK if (tier, day) in marked and "sealed" not in item else Sight.NONE
        sights.append(Sight.READ if note in read else hidden)
    return tuple(sights)


@pytest.mark.usefixtures("still")
async def test_the_running_product_answers_like_the_table(firm: Firm, superuser: asyncpg.Connection) -> None:
    notes = await _write_notes(firm, superuser)
    ticket = await superuser.fetchval("select ticket from updates limit 1")

    answers = {name: await _sights(who, ticket, notes) for name, who in (await _cast(firm, superuser, notes)).items()}

    assert answers == TABLE


async def test_a_marker_says_five_things_and_what_was_done_since_and_is_one_for_equal_facts(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    for words in ("one", "two"):
        await firm.wu_notes(number, words, tier=2, reason="negotiation")

    async with db.acting_as(firm.zhao, writing=False):
        found = await case(number, at=NOW)
        rows = await db.fetch("select * from update_markers($1)", found.id)

    assert len(rows) == 1
    said, since = ["tier", "owner_department", "day", "reason", "opens_on"], ["raised_on", "prolonged", "sealed_until"]
    assert list(rows[0].keys()) == said + since


async def test_core_words_are_marked_by_month(firm: Firm, superuser: asyncpg.Connection) -> None:
    """Written on the 5th and the 7th for half a year: one marker, from which neither day can be reckoned."""
    notes = await _write_notes(firm, superuser)
    ticket = await superuser.fetchval("select ticket from updates where id = $1", notes["core"])
    await superuser.execute("update updates set opens_on = day + 180, sealed = false where tier = 4")

    async with db.acting_as(firm.lin, writing=False):
        core = [marker for marker in await _markers(ticket) if marker.tier == Tier.CORE]

    assert [(marker.day, marker.opens_on) for marker in core] == [(date(2026, 11, 1), date(2027, 5, 29))]


async def test_a_core_request_is_marked_by_month(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")
    await superuser.execute("update tickets set tier = 4, opens_on = day + 180, audience = array['person:0']")

    async with db.acting_as(firm.zhao, writing=False):
        alone, (beside,) = await queries.of_request(number), await queries.beside(firm.hr, since=date(2026, 11, 1))

    assert alone == beside
    assert alone
    assert (alone.day, alone.opens_on) == (date(2026, 11, 1), date(2027, 5, 29))
