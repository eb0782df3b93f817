"""A letter becomes a request, once."""

from datetime import timedelta

from desk import clock, db
from desk.intake import jobs
from desk.mail.actions import letters
from desk.mail.actions.letters import Arrived
from tests.firm import Firm
from tests.intake.post import OURS, PASSED, Post, letter, received


async def test_a_letter_of_lin_is_a_request_of_lin(firm: Firm, post: Post) -> None:
    row = await post.says("发票丢了怎么办？", subject="=?utf-8?b?5Y+R56Wo?=", Authentication_Results=PASSED)

    request = await post.request(row["number"])
    assert (row["state"], row["outcome"]) == ("done", "request")
    assert (request["title"], request["body"], request["login"], request["channel"]) == (
        "发票", "发票丢了怎么办？", "lin", "mail",
    )  # fmt: skip
    assert not request["unverified"]
    assert [kind["kind"] for kind in await firm.promises(row["number"], "first_reply")] == ["first_reply"]


async def test_the_same_letter_is_one_request_however_often_it_comes(post: Post) -> None:
    content = letter(Message_ID="<one@example.cn>")
    first = await post.brings(content)
    again = await post.brings(b"Received: from elsewhere by mx; x\r\n" + content, to="finance@desk.localhost")

    assert (again["state"], again["outcome"], again["twin"]) == ("done", "double", first["id"])
    assert again["ticket"] is None


async def test_another_letter_under_the_same_id_is_another_letter(post: Post) -> None:
    await post.brings(letter("one", Message_ID="<one@example.cn>"))
    other = await post.brings(letter("two", Message_ID="<one@example.cn>"))

    assert other["outcome"] == "request"


async def test_a_letter_without_an_id_gets_one_that_its_bytes_make(post: Post) -> None:
    content = letter(Message_ID="")
    first, again = await post.brings(content), await post.brings(content)

    assert first["message_id"].endswith("@letter.invalid")
    assert again["outcome"] == "double"


async def test_the_clock_starts_when_the_nearest_server_took_it(post: Post) -> None:
    came = clock.now() - timedelta(hours=5)
    row = await post.brings(letter(Received=received(came)))

    assert (await post.request(row["number"]))["filed_at"] == came


async def test_a_server_that_lives_in_the_future_or_long_ago_is_not_believed(post: Post) -> None:
    for wrong in (clock.now() + timedelta(minutes=1), clock.now() - timedelta(days=4)):
        row = await post.brings(letter(Received=received(wrong)))

        assert (await post.request(row["number"]))["filed_at"] == clock.now()


async def test_two_workers_share_the_letters(post: Post) -> None:
    async with db.acting_as(db.NOBODY):
        kept = [await letters.keep(Arrived("smtp", letter(f"number {n}")), at=clock.now()) for n in range(6)]
    await jobs.letters()
    await jobs.letters()

    rows = [await post.row(one) for one in kept]
    assert {row["outcome"] for row in rows} == {"request"}
    assert len({row["number"] for row in rows}) == 6


async def test_the_address_of_a_department_or_a_service_says_who_gets_it(firm: Firm, post: Post) -> None:
    asked = {
        to: await post.request((await post.says(f"To {to}", to=to))["number"])
        for to in ("hr@desk.localhost", "desk+budget@desk.localhost", "legal@desk.localhost", OURS)
    }

    assert [request["code"] for request in asked.values()] == ["payroll", "budget", "anything", "anything"]
    assert [request["tier"] for request in asked.values()] == [3, 2, 1, 2]
    assert asked["legal@desk.localhost"]["department"] == firm.legal
