"""Machines, strangers and the desk itself: kept with a reason, and nothing follows."""

import pytest

from tests.firm import Firm
from tests.intake.post import OURS, Post, letter

AWAY = {"Auto_Submitted": "auto-replied"}
REPORT = """--B
Content-Type: text/plain

Your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.cn

Final-Recipient: rfc822; lin@example.cn
Action: {action}
Status: 5.1.1
--B
Content-Type: message/rfc822

Message-ID: <{ours}>
Subject: yours

hello
--B--
"""


def report(ours: str = "elsewhere@x", action: str = "failed") -> bytes:
    kind = "multipart/report; report-type=delivery-status; boundary=B"
    return letter(
        REPORT.format(ours=ours, action=action), sender="MAILER-DAEMON@mx.example.cn", subject="Undelivered Mail",
        Content_Type=kind,
    )  # fmt: skip


async def test_an_automatic_answer_stands_beside_its_request(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_asks(number)
    row = await post.says("I am away.", to=post.address(number, firm.lin), **AWAY)

    assert (row["outcome"], row["number"], row["fault"]) == ("automatic", number, "Auto-Submitted: auto-replied")
    assert (await post.request(number))["state"] == "waiting"
    assert [kind for kind, _, _ in await post.words(number)] == ["question"]
    assert (await post.entry("letter_automatic"))["data"] == '{"reason": "Auto-Submitted"}'
    assert await post.superuser.fetchval("select name from attachments where ticket = $1", row["ticket"])


async def test_an_automatic_answer_after_the_end_reopens_nothing(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    await post.says("还没 I am away.", to=post.address(number, firm.lin), **AWAY)

    assert (await post.request(number))["state"] == "resolved"
    assert await firm.promises(number, "next_reply") == []


async def test_a_handlers_absence_is_no_reply(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await post.says("I am away.", sender="wu@example.cn", to=post.address(number, firm.wu), **AWAY)

    assert (await firm.standing(number, "first_reply"))[0] == "open"


async def test_an_automatic_letter_of_no_request_waits_with_its_reason(post: Post) -> None:
    row = await post.says("News of the week", List_Id="<news.example.cn>")

    assert (row["state"], row["outcome"]) == ("held", "automatic")
    assert row["fault"].startswith("List-Id")


async def test_the_same_words_a_fourth_time_within_the_hour_are_a_machines(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    outcomes = [(await post.says("We got it.", to=post.address(number, firm.lin)))["outcome"] for _ in range(4)]
    firm.time.move(hours=1.1)
    later = await post.says("We got it.", to=post.address(number, firm.lin))

    assert outcomes == ["message"] * 3 + ["automatic"]
    assert later["outcome"] == "message"


async def test_two_desks_that_answer_each_other_stop(firm: Firm, post: Post) -> None:
    """What the other one acknowledges is a machine's; what a person says there is a person's here too."""
    of_it = {"X_Desk_Instance": "another", "Auto_Submitted": "auto-generated"}
    rows = [await post.says(f"We got number {n}.", **of_it) for n in range(2)]

    assert {(row["state"], row["outcome"]) for row in rows} == {("held", "automatic")}


async def test_more_than_forty_of_a_machine_on_a_day_are_only_kept(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    rows = [await post.says(f"away {n}", to=post.address(number, firm.lin), **AWAY) for n in range(42)]

    assert [row["number"] for row in rows] == [number] * 40 + [None] * 2


@pytest.mark.parametrize("own", [OURS, OURS.upper(), "desk+anything@desk.localhost"])
async def test_the_desk_asks_itself_nothing(post: Post, own: str) -> None:
    row = await post.says(sender=own)

    assert (row["state"], row["outcome"]) == ("held", "own")


async def test_strangers_and_guests_wait_for_a_handler(post: Post) -> None:
    unknown = await post.says(sender="eve@elsewhere.example")
    guest = await post.says("Please", sender="guest@example.cn")

    assert [(row["state"], row["outcome"]) for row in (unknown, guest)] == [("held", "unknown"), ("held", "guest")]


async def test_a_report_to_a_marked_address_names_what_did_not_arrive(firm: Firm, post: Post) -> None:
    row = await post.brings(report(), to=post.signer.bounce_address(77, firm.lin.person), sender="")

    entry = await post.entry("letter_bounced")
    assert (row["outcome"], entry["subject"]) == ("bounce", "sending:77")
    facts = f'{{"person": {firm.lin.person}, "delayed": false, "sending": 77, "permanent": true}}'
    assert entry["data"] == facts


async def test_a_report_without_a_mark_is_known_by_the_letter_in_it(firm: Firm, post: Post) -> None:
    await post.brings(report(post.signer.message_id(12, firm.lin.person)), sender="")

    entry = await post.entry("letter_bounced")
    assert entry["subject"] == "entry:12"


async def test_what_is_late_has_not_failed(firm: Firm, post: Post) -> None:
    await post.brings(report(action="delayed"), to=post.signer.bounce_address(77, firm.lin.person), sender="")

    assert '"permanent": false' in (await post.entry("letter_bounced"))["data"]


async def test_a_report_about_nothing_of_ours_says_nothing(post: Post) -> None:
    row = await post.brings(report(), sender="")

    assert (row["outcome"], await post.entry("letter_bounced")) == ("bounce", None)
