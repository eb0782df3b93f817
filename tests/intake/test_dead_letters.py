"""What cannot be read is a dead letter and a request all the same: never an exception, never silence."""

from collections.abc import Callable

import pytest

from desk import clock, db
from desk.i18n import say
from desk.intake import jobs
from desk.intake.actions import understand as understanding
from desk.mail.actions import letters, work
from desk.mail.actions.letters import Arrived
from desk.mail.rules.limits import Reason
from desk.mail.rules.work import TRIES
from tests.firm import Firm
from tests.intake.post import Post, letter
from tests.mail import hostile

DEEP = hostile.deep().replace(b"corp.example", b"example.cn")
ENDLESS = b"From: lin@example.cn\r\nReferences: " + b"<a@b> " * 90_000
FILES = "select name, size from attachments where ticket = $1"
HOSTILE = {
    hostile.addresses: Reason.HEADER_TOO_LONG,
    hostile.few_bytes_many_addresses: Reason.TOO_MANY_RECIPIENTS,
    hostile.references: Reason.HEADER_TOO_LONG,
    hostile.parts: Reason.TOO_MANY_PARTS,
    hostile.nested: Reason.TOO_DEEP,
    hostile.letters_within_letters: Reason.TOO_DEEP,
    hostile.subject: Reason.HEADER_TOO_LONG,
    hostile.bomb: Reason.BOMB,
    hostile.big: Reason.TOO_BIG,
}


@pytest.mark.parametrize("kind", HOSTILE, ids=lambda kind: kind.__name__)
async def test_a_hostile_letter_is_dead_and_a_request_of_its_sender(kind: Callable[[], bytes], post: Post) -> None:
    """The set of the issue: each ends in the box with its reason, and with the original in the hands of somebody."""
    raw = kind().replace(b"corp.example", b"example.cn")
    row = await post.brings(raw)

    request = await post.request(row["number"])
    assert (row["state"], row["fault"].partition(" ")[0]) == ("dead", HOSTILE[kind].value)
    assert (request["login"], request["unverified"]) == ("lin", True)
    files = await post.superuser.fetch(FILES, row["ticket"])
    assert [file["size"] for file in files] == ([] if kind is hostile.big else [len(raw)])


@pytest.mark.parametrize(("channel", "reason"), [("drop", "too_big"), ("imap:mail/desk/INBOX", "not_taken")])
async def test_what_the_postroom_left_behind_is_a_request_with_its_headers(
    channel: str, reason: str, post: Post
) -> None:
    head = letter("torn words", subject="Big")
    async with db.acting_as(db.NOBODY):
        kept = await letters.keep(Arrived(channel, head), at=clock.now(), fault=f"{reason}: told")
    await jobs.letters()

    row = await post.row(kept)
    request = await post.request(row["number"])
    assert (row["state"], row["fault"], request["login"]) == ("dead", f"{reason}: told", "lin")
    assert say("zh-CN", f"intake.reason_{reason}") in request["body"]
    assert [tuple(file) for file in await post.superuser.fetch(FILES, row["ticket"])] == [
        ("headers.eml", head.index(b"\r\n\r\n"))
    ]


async def test_of_letters_of_which_nothing_came_each_is_a_request(post: Post) -> None:
    for uid in (1, 2):
        async with db.acting_as(db.NOBODY):
            await letters.keep(
                Arrived("imap:x", b"", uidvalidity=1, uid=uid), at=clock.now(), fault="not_taken: 5 tries"
            )
    await jobs.letters()

    rows = await post.superuser.fetch("select distinct state, ticket from letters")
    assert [row["state"] for row in rows] == ["dead", "dead"]
    assert all(row["ticket"] for row in rows)


async def test_what_was_left_behind_stays_so_however_often_it_is_replayed(post: Post) -> None:
    async with db.acting_as(db.NOBODY):
        kept = await letters.keep(Arrived("drop", letter("torn words")), at=clock.now(), fault="too_big: 9 bytes")
    await jobs.letters()
    async with db.acting_as(db.NOBODY):
        await work.replay(kept, at=clock.now())
    await jobs.letters()

    row = await post.row(kept)
    assert (row["state"], row["fault"]) == ("dead", "too_big: 9 bytes")
    assert await post.words(row["number"]) == []
    assert await post.superuser.fetchval("select count(*) from tickets") == 1


async def test_a_letter_of_nobody_that_cannot_be_read_is_the_desks_own(firm: Firm, post: Post) -> None:
    rows = [await post.brings(DEEP.replace(b"lin@", b"nobody@")) for _ in range(1)]
    rows.append(await post.brings(ENDLESS.replace(b"lin@example.cn", b"")))

    assert [(await post.request(row["number"]))["login"] for row in rows] == ["mail", "mail"]
    people = await post.superuser.fetch("select id from people where login = 'mail'")
    assert len(people) == 1
    assert not await post.superuser.fetch("select from credentials where person = $1", people[0]["id"])


async def test_a_fault_of_ours_is_tried_again_and_then_told(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(understanding, "file", broken)
    row = await post.brings(letter("a secret word"))
    assert (row["state"], row["fault"], row["ticket"]) == ("kept", "ZeroDivisionError", None)
    for _ in range(TRIES):
        post.firm.time.move(minutes=6)
        await jobs.letters()

    row = await post.row(row["id"])
    assert (row["state"], row["fault"]) == ("dead", "ZeroDivisionError")
    assert (await post.request(row["number"]))["login"] == "lin"


async def test_a_worker_that_dies_with_it_again_and_again_ends_it(post: Post) -> None:
    row = await post.brings(letter())
    await post.superuser.execute(
        "update letters set state = 'kept', tries = $1, next_at = $2, ticket = null", TRIES, clock.now()
    )
    await jobs.letters()

    row = await post.row(row["id"])
    assert row["state"] == "dead"
    assert row["number"]


async def test_one_bad_letter_does_not_stop_the_next(post: Post) -> None:
    await post.brings(DEEP)

    assert (await post.brings(letter()))["outcome"] == "request"


async def test_what_cannot_be_read_is_one_request_however_often_it_comes(post: Post) -> None:
    first, again = [await post.brings(DEEP) for _ in range(2)]

    assert (again["state"], again["outcome"], again["twin"]) == ("done", "double", first["id"])


async def test_words_that_are_read_at_last_come_after_the_request_that_said_they_could_not_be(post: Post) -> None:
    row = await post.brings(letter("words at last"))
    await post.superuser.execute("update letters set state = 'kept', tries = 0, next_at = $1", clock.now())
    await jobs.letters()

    again = await post.row(row["id"])
    assert (again["outcome"], again["number"]) == ("message", row["number"])
