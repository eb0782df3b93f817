"""Letters that wait: seen by facts, decided by people."""

import asyncpg
import pytest

from desk import clock, db
from desk.intake import jobs
from desk.mail.actions import work
from desk.outbox import jobs as outbox
from tests.firm import Firm
from tests.intake.post import Post, letter
from tests.intake.test_dead_letters import DEEP, ENDLESS
from tests.outbox.post import Server, every_word, text, worker_runs
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


async def test_who_may_decide_sees_at_the_tab_how_many_wait(post: Post, site: Site) -> None:
    for n in range(2):
        await post.says(f"Letter {n}", sender="eve@elsewhere.example")
    admin, wu = await site.browser("admin"), await site.browser("wu")

    for path in ("/letters", "/admin/mail", "/outbox"):
        assert '待处理<span class="num">2</span>' in (await admin.get(path)).text
    assert '待处理来信<span class="num">2</span>' in (await wu.get("/desk")).text
    assert "/admin/mail" not in (await wu.get("/letters")).text


async def test_the_first_that_waits_is_told_to_who_may_decide(
    firm: Firm, post: Post, site: Site, server: Server
) -> None:
    for n in range(2):
        await post.says(f"{SECRET} {n}", sender="eve@elsewhere.example", subject=SECRET)
    await worker_runs(post.superuser)

    assert await told(post) == {"admin", "qian", "wu", "zhou"}
    listed = (await (await site.browser("wu")).get("/notices")).text
    assert listed.count('href="/letters"') == 1
    assert "merger" not in listed


async def test_whoever_decided_is_told_when_the_next_one_waits(post: Post, site: Site) -> None:
    wu = await site.browser("wu")
    for n in (1, 2):
        row = await post.says(f"{SECRET} {n}", sender="eve@elsewhere.example")
        await wu.get("/letters")
        assert (await wu.post(f"/letters/{row['token']}", what="aside")).status_code == 303

    assert await post.superuser.fetchval("select count(*) from entries where tag = 'letters_waiting'") == 2


async def test_the_letter_that_tells_of_one_comes_in_the_digest_and_quotes_nothing(
    firm: Firm, post: Post, server: Server
) -> None:
    await post.says(SECRET, sender="eve@elsewhere.example", subject=SECRET)
    await worker_runs(post.superuser)
    assert server.box("wu@example.cn") == []
    firm.clock_says("2026-11-20 17:01")
    await outbox.tell_in_digests()
    await outbox.deliver()
    [digest] = server.box("wu@example.cn")

    assert "有来信不知道该归到哪里" in text(digest)
    assert "/letters\r\n" in text(digest)
    assert "merger" not in every_word(digest)


async def told(post: Post) -> set[str]:
    rows = await post.superuser.fetch(
        "select p.login from notices n join people p on p.id = n.person where n.tag = 'letters_waiting'"
    )
    return {row["login"] for row in rows}
