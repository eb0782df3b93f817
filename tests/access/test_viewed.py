"""Who has viewed: words of tier 2 and above leave a line before they leave the desk."""

from typing import Any

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from desk.disclosure import actions as disclosure
from desk.disclosure.queries.readers import read_by
from desk.disclosure.rules.reading import Channel, Shown
from desk.tickets.actions.files import File, attach_to
from tests.firm import Firm
from tests.site import Site

SHUT = {"tier": 2, "reason": "negotiation"}
REFUSAL = "There is no such request, or its existence is withheld"
_LOG = (
    "select p.login, r.channel, r.ground, r.version, r.item from reads r join people p on p.id = r.person order by r.id"
)


async def log(root: asyncpg.Connection) -> list[tuple[str, str, str]]:
    return [(row["login"], row["channel"], row["ground"]) for row in await root.fetch(_LOG)]


async def audits(firm: Firm, who: db.Reader) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_role(who.person, "auditor", held=True)


async def test_a_page_of_open_words_writes_nothing_down(site: Site, firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "everybody may know", tier=1)

    await (await site.browser("zhao")).get(f"/requests/{number}")

    assert await log(superuser) == []


async def test_a_shut_note_leaves_one_line_for_each_reader_and_day(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "we hope for 90", **SHUT)
    for _ in range(2):
        for login in ("wu", "qian", "lin", "meng", "zhao"):
            await (await site.browser(login)).get(f"/requests/{number}")
    read = [("wu", "author"), ("qian", "member"), ("lin", "requester"), ("meng", "member")]

    assert await log(superuser) == [(login, "page", ground) for login, ground in read]
    firm.clock_says("2026-11-21 09:00")
    await (await site.browser("qian")).get(f"/requests/{number}")
    assert len(await log(superuser)) == 5


async def test_every_channel_says_which_it_was(site: Site, firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.does(firm.lin, attach_to, number, [File("slip.pdf", b"%PDF-1.4")])
    (row,) = await firm.rows(firm.han, "select token from attachments")
    han = await site.program("han")

    await han.get(f"/api/requests/{number}")
    await han.get(f"/api/files/{row['token']}")
    await (await site.browser("han")).get(f"/files/{row['token']}")

    assert await log(superuser) == [("han", "api", "handler"), ("han", "file", "handler")]


async def test_an_action_of_a_program_that_answers_with_words_is_a_reading(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    answer = await (await site.program("han")).post(f"/api/requests/{number}/take")

    assert answer.status_code == 201
    assert await log(superuser) == [("han", "api", "handler")]


async def test_a_grant_is_a_ground(firm: Firm, site: Site, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await superuser.execute(
        "insert into grants (person, item, since, until, by, why) select $1, 'ticket:' || id, filed_at, filed_at + interval '1 day', $1, 'x' from tickets",
        firm.zhao.person,
    )
    await (await site.browser("zhao")).get(f"/requests/{number}")

    assert await log(superuser) == [("zhao", "page", "grant")]


async def test_no_log_no_words(site: Site, firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "we hope for 90", **SHUT)
    qian = await site.browser("qian")
    await superuser.execute("alter table reads add constraint broken check (false) not valid")
    try:
        answer = await qian.get(f"/requests/{number}")
    finally:
        await superuser.execute("alter table reads drop constraint broken")

    assert answer.status_code == 500
    assert "we hope for 90" not in answer.text


async def test_what_was_revoked_between_reading_and_logging_is_not_shown(firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    ticket = await superuser.fetchval("select id from tickets where number = $1", number)
    async with db.acting_as(firm.zhao):
        with pytest.raises(db.Lost):
            await disclosure.note(Shown(tickets=[ticket]), Channel.PAGE, at=firm.time.at)


async def test_nobody_writes_down_a_reading_of_somebody_else(firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    forged = """insert into reads (person, ticket, portion, item, file, version, channel, ground, at, day, audience)
                select $2, id, 'ticket:' || id, 'ticket:' || id, 0, 1, 'page', 'handler', filed_at, day, audience from tickets where number = $1"""
    async with db.acting_as(firm.lin):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.call(forged, number, firm.han.person)


@pytest.mark.parametrize(
    ("language", "handler"), [("zh-CN", "负责部门的经办人"), ("en", "handler of the owning department")]
)
async def test_the_list_says_who_when_how_and_on_what_ground(site: Site, firm: Firm, language: str, handler: str):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await (await site.browser("han")).get(f"/requests/{number}")
    lin = await site.browser("lin", **{"accept-language": language})

    text = (await lin.get(f"/requests/{number}/viewed/request")).text

    assert "韩梅" in text
    assert handler in text


async def test_the_tier_of_shut_words_leads_to_who_has_viewed_them(site: Site, firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    note = await firm.wu_notes(number, "we hope for 90", **SHUT)
    wu = await site.browser("wu")
    shown = (await wu.get(f"/requests/{number}")).text

    assert f"/requests/{number}/labels/{note.token}" in shown
    assert f"/requests/{number}/viewed/{note.token}" in (await wu.get(f"/requests/{number}/labels/{note.token}")).text
    assert "/viewed/" not in (await wu.get(f"/requests/{number}/labels/request")).text


async def test_whoever_may_not_read_gets_the_one_refusal(site: Site, firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    note = await firm.wu_notes(number, "we hope for 90", **SHUT)
    for login in ("zhao", "guest", "admin"):
        visit = await site.browser(login, **{"accept-language": "en"})
        answers = [
            await visit.get(f"/requests/{n}/viewed/{token}")
            for n, token in [(number, note.token), (number, "request"), (987654, "request")]
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert all(REFUSAL in answer.text for answer in answers)


async def test_an_auditor_sees_the_list_and_not_the_words(site: Site, firm: Firm):
    await audits(firm, firm.zhao)
    number = await firm.lin_asks_for("a sum of 30,000", service="payroll")
    await (await site.browser("han")).get(f"/requests/{number}")
    zhao = await site.browser("zhao")

    answer = await zhao.get(f"/requests/{number}/viewed/request")

    assert "韩梅" in answer.text
    assert "30,000" not in answer.text
    assert (await zhao.get(f"/requests/{number}")).status_code == 403


async def test_an_auditor_who_is_recused_or_looks_for_sealed_words_sees_nothing(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    await audits(firm, firm.zhao)
    number, sealed = [await firm.lin_asks_for("x", service="payroll") for _ in range(2)]
    await superuser.execute("update tickets set sealed = true where number = $1", sealed)
    await superuser.execute(
        "insert into recusals (person, ticket, since, by, why) select $1, id, filed_at, $1, 'x' from tickets where number = $2",
        firm.zhao.person,
        number,
    )
    zhao = await site.program("zhao")

    assert [(await zhao.get(f"/api/requests/{n}/viewed/request")).status_code for n in (number, sealed)] == [404, 404]


async def test_an_auditor_sees_nothing_of_words_under_a_sealed_request(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    await audits(firm, firm.zhao)
    number = await firm.lin_asks_for("x", service="payroll")
    reply = await firm.replies(firm.han, number, "It is 30,000.")
    await superuser.execute("update tickets set sealed = true where number = $1", number)
    async with db.acting_as(firm.zhao, writing=False):
        listed = await db.fetch("select portion from viewed_portions($1)", number)

    assert listed == []
    zhao = await site.program("zhao")
    assert (await zhao.get(f"/api/requests/{number}/viewed/{reply.token}")).status_code == 404


async def test_a_program_is_told_the_same(site: Site, firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await (await site.program("han")).get(f"/api/requests/{number}")

    told: dict[str, Any] = (await (await site.program("lin")).get(f"/api/requests/{number}/viewed/request")).json()

    assert (told["tier"], told["people"]) == (3, 1)
    assert [(view["name"], view["channel"], view["ground"], view["version"]) for view in told["views"]] == [
        ("韩梅", "api", "handler", 1)
    ]


async def test_how_many_have_read_counts_people_besides_the_author(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    number = await firm.lin_asks_for("a taxi receipt")
    note = await firm.wu_notes(number, "we hope for 90", **SHUT)
    for login in ("wu", "qian", "lin"):
        await (await site.browser(login)).get(f"/requests/{number}")
        await (await site.program(login)).get(f"/api/requests/{number}")

    counted = []
    for who in (firm.zhou, firm.zhao):
        async with db.acting_as(who, writing=False):
            counted.append(await read_by(f"update:{note.id}"))
    assert counted == [2, 0]


async def test_the_list_is_as_shut_as_the_words_after_a_handover(site: Site, firm: Firm):
    number = await firm.files(firm.lin, "the price", service="budget")
    await (await site.browser("qian")).get(f"/requests/{number}")
    assert await firm.rows(firm.han, "select from reads") == []

    await firm.wu_hands_over(number, firm.hr)

    assert len(await firm.rows(firm.han, "select from reads")) == 1
    assert await firm.rows(firm.qian, "select from reads") == []
