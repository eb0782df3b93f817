"""Letters that wait: seen by facts, decided by people."""

import asyncpg
import pytest

from desk import clock, db
from desk.intake import jobs
from desk.mail.actions import work
from tests.firm import Firm
from tests.intake.post import Post, letter
from tests.intake.test_dead_letters import DEEP, ENDLESS
from tests.site import Site

SECRET = "the merger is on Monday"


async def test_a_handler_sees_who_wrote_and_why_it_waits_but_no_words(post: Post, site: Site) -> None:
    await post.says(SECRET, sender="eve@elsewhere.example", subject=SECRET)
    shown = (await (await site.browser("wu", **{"accept-language": "en"})).get("/letters")).text

    assert "eve@elsewhere.example" in shown
    assert "Nobody in the company has this address." in shown
    assert "merger" not in shown


@pytest.mark.parametrize(("login", "status"), [("admin", 200), ("qian", 200), ("lin", 403), ("guest", 403)])
async def test_it_is_for_handlers_and_administrators(login: str, status: int, post: Post, site: Site) -> None:
    await post.says(sender="eve@elsewhere.example")
    answer = await (await site.browser(login)).get("/letters")

    assert answer.status_code == status
    assert ("eve@elsewhere.example" in answer.text) == (status == 200)


async def test_a_handler_takes_one_on_and_only_then_it_has_words(firm: Firm, post: Post, site: Site) -> None:
    row = await post.says(SECRET, sender="eve@elsewhere.example", subject="A visit")
    wu = await site.browser("wu")
    await wu.get("/letters")
    assert (await wu.post(f"/letters/{row['token']}", what="take")).status_code == 303
    await jobs.letters()

    row = await post.row(row["id"])
    request = await post.request(row["number"])
    assert (row["state"], request["login"], request["logged_by"]) == ("done", "mail", firm.wu.person)
    assert (request["body"], request["unverified"]) == (SECRET, True)


async def test_an_administrator_who_handles_nothing_takes_nothing_on(post: Post, site: Site) -> None:
    row = await post.says(sender="eve@elsewhere.example")
    admin = await site.browser("admin")
    await admin.get("/letters")

    assert (await admin.post(f"/letters/{row['token']}", what="take")).status_code == 403
    assert (await post.row(row["id"]))["state"] == "held"


async def test_two_who_decide_at_once_are_told(post: Post, site: Site) -> None:
    row = await post.says(sender="eve@elsewhere.example")
    wu = await site.browser("wu")
    await wu.get("/letters")
    answers = [(await wu.post(f"/letters/{row['token']}", what="aside")).status_code for _ in range(2)]

    assert answers == [303, 409]
    assert (await post.row(row["id"]))["state"] == "done"


async def test_what_was_not_known_is_understood_when_it_is_replayed(firm: Firm, post: Post, site: Site) -> None:
    row = await post.says(sender="lin@new.example.cn")
    await post.superuser.execute("update people set email = 'lin@new.example.cn' where login = 'lin'")
    wu = await site.browser("wu")
    await wu.get("/letters")
    await wu.post(f"/letters/{row['token']}", what="replay")
    await jobs.letters()

    assert (await post.row(row["id"]))["outcome"] == "request"


async def test_all_that_are_dead_are_replayed_and_open_no_second_request(post: Post, site: Site) -> None:
    rows = [await post.brings(raw) for raw in (DEEP, ENDLESS)]
    admin = await site.browser("admin")
    await admin.get("/letters")
    await admin.post("/letters")
    await jobs.letters()

    again = [await post.row(row["id"]) for row in rows]
    assert [row["state"] for row in again] == ["dead"] * 2
    assert [row["number"] for row in again] == [row["number"] for row in rows]
    assert await post.superuser.fetchval("select count(*) from tickets") == 2


async def test_the_database_itself_refuses_who_is_neither(firm: Firm, post: Post) -> None:
    await post.says(sender="eve@elsewhere.example")
    async with db.acting_as(firm.lin):
        assert await db.fetch("select * from letters_waiting(9)") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.lin):
            await db.call("select decide_letters(null, 'replay', null)")


async def test_an_unverified_sender_is_marked_on_the_page(firm: Firm, post: Post, site: Site) -> None:
    number = (await post.says("Hello"))["number"]
    await post.brings(letter("And more", to=post.address(number, firm.zhao)), to=post.address(number, firm.zhao))
    program = await site.program("wu")
    shown = (await (await site.browser("wu", **{"accept-language": "en"})).get(f"/requests/{number}")).text
    timeline = (await program.get(f"/api/requests/{number}")).json()["timeline"]

    assert shown.count("Unverified sender") == 2
    assert [entry["unverified"] for entry in timeline if entry["type"] == "words"] == [True, True]


async def test_the_operator_replays_one_or_all_that_are_dead(post: Post) -> None:
    dead, held = await post.brings(DEEP), await post.says(sender="eve@elsewhere.example")
    async with db.acting_as(db.NOBODY):
        assert await work.replay(None, at=clock.now()) == 1
        assert await work.replay(held["id"], at=clock.now()) == 1
        assert await work.replay(dead["id"] + 1000, at=clock.now()) == 0

    assert {(await post.row(row["id"]))["state"] for row in (dead, held)} == {"kept"}
