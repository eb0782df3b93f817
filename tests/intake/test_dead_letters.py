"""What cannot be read is a dead letter and a request all the same: never an exception, never silence."""

import pytest

from desk import clock
from desk.intake import jobs
from desk.intake.actions import understand as understanding
from desk.mail.rules.work import TRIES
from tests.firm import Firm
from tests.intake.post import Post, letter

DEEP = b"".join(b'--x%d\r\nContent-Type: multipart/mixed; boundary="x%d"\r\n\r\n' % (n, n + 1) for n in range(60))
HOSTILE = {
    "deep": b'From: lin@example.cn\r\nContent-Type: multipart/mixed; boundary="x0"\r\n\r\n' + DEEP,
    "headers": b"From: lin@example.cn\r\nReferences: " + b"<a@b> " * 90_000,
    "recipients": b"From: lin@example.cn\r\nTo: " + b"a@b.cn, " * 20_000 + b"\r\n\r\nhello",
    "big": b"From: lin@example.cn\r\n\r\n" + b"x" * (26 * 1024 * 1024),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_letter_is_dead_and_a_request_of_its_sender(kind: str, post: Post) -> None:
    row = await post.brings(HOSTILE[kind])

    request = await post.request(row["number"])
    assert row["state"] == "dead"
    assert (request["login"], request["unverified"]) == ("lin", True)
    files = await post.superuser.fetch("select name, size from attachments where ticket = $1", row["ticket"])
    assert [file["size"] for file in files] == ([] if kind == "big" else [len(HOSTILE[kind])])


async def test_a_letter_of_nobody_that_cannot_be_read_is_the_desks_own(firm: Firm, post: Post) -> None:
    rows = [await post.brings(HOSTILE["deep"].replace(b"lin@", b"nobody@")) for _ in range(1)]
    rows.append(await post.brings(HOSTILE["headers"].replace(b"lin@example.cn", b"")))

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
    await post.brings(HOSTILE["deep"])

    assert (await post.brings(letter()))["outcome"] == "request"


async def test_what_cannot_be_read_is_one_request_however_often_it_comes(post: Post) -> None:
    first, again = [await post.brings(HOSTILE["deep"]) for _ in range(2)]

    assert (again["state"], again["outcome"], again["twin"]) == ("done", "double", first["id"])


async def test_words_that_are_read_at_last_come_after_the_request_that_said_they_could_not_be(post: Post) -> None:
    row = await post.brings(letter("words at last"))
    await post.superuser.execute("update letters set state = 'kept', tries = 0, next_at = $1", clock.now())
    await jobs.letters()

    again = await post.row(row["id"])
    assert (again["outcome"], again["number"]) == ("message", row["number"])
