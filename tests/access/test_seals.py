"""Core words and seals: nothing before a second person of another line agrees; then nothing of it is to be seen."""

from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.directory import actions as directory
from desk.disclosure import actions as disclosure
from desk.disclosure.queries import countersigns
from desk.i18n import Forbidden, Refused
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.outbox import jobs as outbox
from desk.sla import jobs as promises
from desk.tickets import actions as tickets
from desk.tickets import jobs
from desk.tickets.actions.files import File, Portion, attach
from tests.access.acts import lets_in
from tests.access.test_labels import WHY, lowers, markers, moves, raises
from tests.firm import Firm, local
from tests.site import Site


async def asks(firm: Firm, who: db.Reader, number: int, token: str, kind: str, second: str = "han", **more: Any) -> str:
    wish = shapes.Seconded(**WHY | {"second": second} | more)
    await moves(firm, who, number, token, moving.asking(kind, wish), kind)
    return str((await firm.rows(who, "select token from countersigns order by id desc"))[0]["token"])


async def agrees(firm: Firm, who: db.Reader, token: str, *, yes: bool = True) -> None:
    async with db.acting_as(who):
        asked, at = await countersigns.asked(token), clock.now()
        await disclosure.answer(asked, yes, at=at, today=await moving.today(asked.owner, at))


async def seals(firm: Firm, number: int, token: str = "request") -> None:
    await agrees(firm, firm.han, await asks(firm, firm.wu, number, token, "seal"))


async def test_until_the_second_person_agrees_words_stay_restricted(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    asked = await asks(firm, firm.wu, number, note.token, "core")
    assert await firm.words(firm.zhou, number) == ["the case against her"]

    await agrees(firm, firm.han, asked)

    assert [await firm.words(who, number) for who in (firm.zhou, firm.qian, firm.han)] == [[], [], []]
    assert await firm.words(firm.wu, number) == ["the case against her"]
    (marker,) = await markers(firm, firm.zhou, number)
    assert (marker.tier, str(marker.day), str(marker.raised_on)) == (4, "2026-11-01", "2026-11-01")


async def test_a_no_changes_nothing(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)

    await agrees(firm, firm.han, await asks(firm, firm.wu, number, note.token, "core"), yes=False)

    assert await firm.words(firm.zhou, number) == ["the case against her"]
    assert "countersign_refused" in await firm.entries(number, firm.wu)


@pytest.mark.parametrize(
    ("second", "why"),
    [("", "second person"), ("wu", "second person"), ("zhou", "own line"), ("qian", "own line"), ("zhao", "handle")],
)
async def test_the_second_person_is_of_another_line(firm: Firm, second: str, why: str) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)

    with pytest.raises(Refused, match=why):
        await asks(firm, firm.wu, number, "request", "seal", second)

    refused = "select data ->> 'act' as act from entries where tag = 'label_refused'"
    assert [row["act"] for row in await firm.rows(firm.wu, refused)] == ["seal"]


async def test_nobody_above_agrees_and_nobody_agrees_for_somebody_else(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)
    asked = await asks(firm, firm.wu, number, "request", "seal")
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.han.person)

    with pytest.raises(Refused, match="own line"):
        await agrees(firm, firm.han, asked)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.qian):
            await db.call("select answer_countersign($1, true, $2, '2026-11-20')", asked, clock.now())


async def test_a_sealed_request_keeps_its_number_of_chance_and_leaves_no_hole(firm: Firm) -> None:
    before = await firm.lin_asks_for("a laptop")
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    await seals(firm, number)

    assert number >= 10**9
    assert [await firm.reads(who, number) for who in (firm.zhou, firm.lin, firm.zhao)] == [True, True, False]
    assert await firm.rows(firm.zhao, "select * from ticket_marker($1)", number) == []
    assert await firm.lin_asks_for("the next") == before + 1


async def test_what_was_open_before_goes_under_another_number(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a complaint")
    await raises(firm, firm.wu, number, "request", 3)
    await seals(firm, number)
    under = await superuser.fetchval("select number from tickets where sealed")

    assert under >= 10**9
    shown = [await firm.rows(firm.zhao, "select * from ticket_marker($1)", of) for of in (number, under)]
    assert shown == [[], []]


async def test_a_seal_ends_on_its_day_and_the_marker_says_so(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    await agrees(firm, firm.han, await asks(firm, firm.wu, number, note.token, "seal", days=10))
    assert await markers(firm, firm.zhao, number) == []

    await jobs.open_words(local("2026-11-29 23:59"))
    assert await markers(firm, firm.zhao, number) == []
    for _ in range(2):
        await jobs.open_words(local("2026-11-30 00:00"))

    (marker,) = await markers(firm, firm.zhao, number)
    assert str(marker.sealed_until) == "2026-11-30"
    assert (await firm.entries(number, firm.wu)).count("seal_ended") == 1


async def test_a_seal_is_ended_by_hand(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    await seals(firm, number, note.token)
    firm.clock_says("2026-11-24 10:00")

    await moves(firm, firm.zhou, number, note.token, moving.unsealing, "unseal")

    (marker,) = await markers(firm, firm.zhao, number)
    assert str(marker.sealed_until) == "2026-11-24"


@pytest.mark.parametrize("who", ["zhou", "qian"])
async def test_core_words_are_opened_by_their_author_and_not_by_a_handler_who_was_let_in(firm: Firm, who: str) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    await agrees(firm, firm.han, await asks(firm, firm.wu, number, note.token, "core"))
    await lets_in(firm, firm.wu, number, firm.people[who])
    assert await firm.words(firm.people[who], number) == ["the case against her"]

    with pytest.raises(Forbidden, match="only whoever wrote them"):
        await lowers(firm, firm.people[who], number, note.token)
    async with db.acting_as(firm.people[who]):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.call("select lower_label($1, 1, '2026-11-20')", f"update:{note.id}")

    assert await firm.words(firm.zhao, number) == []
    await lowers(firm, firm.wu, number, note.token)
    assert await firm.words(firm.zhao, number) == ["the case against her"]


async def test_corrected_words_and_their_file_are_sealed_like_the_first(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    await seals(firm, number, note.token)

    written = await firm.does(firm.wu, tickets.correct, number, note.token, "the case against him", "I was wrong.")
    ticket = (await firm.case(number, firm.wu)).id
    async with db.acting_as(firm.wu):
        hangs_on = Portion(label=written.label, audience=written.audience, update=written.id)
        await attach(ticket, [File("a.txt", b"x")], hangs_on, at=clock.now())

    assert [await markers(firm, who, number) for who in (firm.lin, firm.meng, firm.zhao)] == [[], [], []]
    held = "select sealed, sealed_until from {} order by id desc limit 1"
    rows = [tuple(await superuser.fetchrow(held.format(of))) for of in ("updates", "attachments")]
    assert rows == [(True, await superuser.fetchval("select sealed_until from updates where id = $1", note.id))] * 2
    await moves(firm, firm.zhou, number, note.token, moving.unsealing, "unseal")
    assert len(await markers(firm, firm.zhao, number)) == 1


async def test_nobody_writes_what_is_sealed_from_the_start(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a question")
    await firm.wu_notes(number, "among us", tier=3, **WHY)
    copied = (
        "insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, reason,"
        " sentence, opens_on, opens_to, sealed, day, audience) select 'forged', ticket, author, at, kind, for_requester,"
        " body, tier, owner_department, reason, sentence, opens_on, opens_to, true, day, audience from updates limit 1"
    )
    async with db.acting_as(firm.wu):
        await db.call(copied)

    assert await superuser.fetchval("select count(*) from updates where sealed") == 0


async def test_a_seal_lasts_ninety_days_at_most(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)

    with pytest.raises(Refused, match="between 1 and 90"):
        await asks(firm, firm.wu, number, "request", "seal", days=91)


async def test_what_is_sealed_counts_in_no_load(firm: Firm) -> None:
    """Four requests in Wu's hands: whoever is routed by least load goes by those that are known of."""
    numbers = [await firm.lin_asks_for("a complaint", tier=3, **WHY) for _ in range(4)]
    for number in numbers:
        await firm.wu_takes(number)
    least = "select least_load($1, $2, $3)"
    before = (await firm.rows(firm.lin, least, firm.finance, firm.lin.person, clock.now()))[0][0]

    for number in numbers:
        await seals(firm, number)

    after = (await firm.rows(firm.lin, least, firm.finance, firm.lin.person, clock.now()))[0][0]
    at_work = (await firm.rows(firm.lin, "select at_work from critical_load($1, null)", firm.finance))[0][0]
    assert (before, after, at_work) == (firm.zhou.person, firm.wu.person, 0)


async def test_nothing_sealed_climbs_to_whoever_may_not_know_of_it(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.qian.person, firm.zhao.person)
        await directory.set_superior(firm.wu.person, firm.qian.person)
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    await firm.wu_takes(number)
    await seals(firm, number)

    firm.clock_says("2026-12-20 10:00")
    await promises.sweep()

    climbed = "select level, via, recipient from escalations order by promise, level"
    assert await firm.rows(firm.zhao, climbed) == []
    told = {(row["level"], row["via"]) for row in await firm.rows(firm.zhou, climbed)}
    assert told == {(1, "direct"), (2, "direct"), (3, "unfilled"), (4, "top")}


async def test_the_second_person_is_told_and_reads_neither_words_nor_title(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("zebra", tier=3, **WHY)
    token = await asks(firm, firm.wu, number, "request", "seal")
    entry = (await firm.rows(firm.wu, "select id, subject, data from entries where tag = 'countersign_asked'"))[0]
    await outbox.tell(
        Fact(entry=entry["id"], tag=Tag.COUNTERSIGN_ASKED, at=clock.now(), by=firm.wu.person, ticket=None,
             subject=entry["subject"], data={"recipient": firm.han.person})
    )  # fmt: skip

    han = await site.browser("han")
    listed, shown = await han.get("/notices"), await han.get(f"/countersigns/{token}")
    done = await han.post(f"/countersigns/{token}", agree="true")

    assert f"/countersigns/{token}" in listed.text
    assert shown.status_code == 200
    assert "zebra" not in listed.text + shown.text
    assert "It names a sum." in shown.text
    assert done.status_code == 303
    assert not await firm.reads(firm.han, number)


async def test_whoever_reads_sealed_words_sees_that_they_are(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "the case against her", tier=3, **WHY)
    wu, before = await site.browser("wu"), (await (await site.browser("wu")).get(f"/requests/{number}")).text
    await seals(firm, number, note.token)

    assert "已封存" not in before
    assert "已封存" in (await wu.get(f"/requests/{number}")).text
    assert "已封存" not in (await (await site.browser("lin")).get(f"/requests/{number}")).text


@pytest.mark.parametrize("login", ["zhao", "lin", "qian"])
async def test_who_takes_no_part_learns_nothing_of_a_countersign(site: Site, firm: Firm, login: str) -> None:
    number = await firm.lin_asks_for("zebra", tier=3, **WHY)
    token = await asks(firm, firm.wu, number, "request", "seal")

    answers = [await (await site.browser(login)).get(f"/countersigns/{of}") for of in (token, "x" * 16)]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_raising_to_core_without_a_second_person_is_no_raise(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "among us", tier=3, **WHY)

    with pytest.raises(Refused, match="ask a second person"):
        await raises(firm, firm.wu, number, note.token, 4)
