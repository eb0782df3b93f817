"""From is a claim: what nobody vouches for gives no rights, and says so."""

import pytest

from desk import db
from desk.accounts import actions as accounts
from desk.directory import actions as directory
from desk.mail.rules.headers import parse
from desk.mail.rules.senders import verdicts
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm
from tests.intake.post import PASSED, TRUSTED, Post, letter

WU = "吴桐 <wu@example.cn>"
NESTED = f"{TRUSTED}; spf=fail (the client (says; dmarc=pass header.from=example.cn)) smtp.mailfrom=evil.example"
TRICKS = {
    "nothing": b"",
    "a foreign server": b"Authentication-Results: mx.evil.example; dmarc=pass header.from=example.cn\r\n",
    "a foreign server on top, ours below": b"Authentication-Results: mx.evil.example; dmarc=pass\r\n"
    b"Authentication-Results: mx.example.cn; dmarc=pass header.from=example.cn\r\n",
    "ours says fail, a forged one below": b"Authentication-Results: mx.example.cn; dmarc=fail\r\n"
    b"Authentication-Results: mx.example.cn; dmarc=pass header.from=example.cn\r\n",
    "in a comment": b"Authentication-Results: mx.example.cn; (dmarc=pass) spf=none\r\n",
    "in nested comments": f"Authentication-Results: {NESTED}\r\n".encode(),
    "in a quoted name": b'Authentication-Results: mx.example.cn; spf=fail smtp.mailfrom="a;dmarc=pass;@example.cn"\r\n',
    "a comment as the server": b"Authentication-Results: (mx.example.cn) mx.evil.example; dmarc=pass\r\n",
    "a name that begins like ours": b"Authentication-Results: mx.example.cn.evil.example; dmarc=pass\r\n",
    "another's signature": b"Authentication-Results: mx.example.cn; dkim=pass header.d=evil.example\r\n",
    "a subdomain's signature": b"Authentication-Results: mx.example.cn; dkim=pass header.d=news.example.cn\r\n",
    "a domain that ends like ours": b"Authentication-Results: mx.example.cn; dkim=pass header.d=notexample.cn\r\n",
    "another's envelope": b"Authentication-Results: mx.example.cn; spf=pass smtp.mailfrom=wu@evil.example\r\n",
    "our name as somebody's local part": b"Authentication-Results: mx.example.cn; spf=pass smtp.mailfrom=example.cn@evil.example\r\n",
    "only that SPF passed": b"Received-SPF: pass client-ip=1.2.3.4\r\n",
    "two authors": b"Authentication-Results: mx.example.cn; dmarc=pass header.from=evil.example\r\nFrom: evil@evil.example\r\n",
}  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
async def test_a_forged_handler_has_no_rights_and_a_badge(firm: Firm, post: Post, trick: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    forged = letter("#done It is paid.", sender=WU, subject=f"[#{number}] a laptop").replace(
        b"MIME-Version", TRICKS[trick] + b"MIME-Version", 1
    )
    row = await post.brings(forged)

    assert (await post.request(number))["state"] == "open"
    assert (await firm.standing(number, "first_reply"))[0] == "open"
    assert [(kind, unverified) for kind, _, unverified in await post.words(number)] == [("message", True)]
    assert row["outcome"] == "message"


async def test_the_real_handler_has_the_rights(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.says("It is paid.", sender=WU, subject=f"[#{number}]", Authentication_Results=PASSED)

    assert (row["outcome"], (await post.words(number))[0][2]) == ("reply", False)


@pytest.mark.parametrize(
    "sender",
    ['"wu@example.cn" <evil@evil.example>', "wu@example.cn <evil@evil.example>", "evil@evil.example (wu@example.cn)"],
)
async def test_a_name_that_looks_like_an_address_is_a_name(firm: Firm, post: Post, sender: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.says("#done", sender=sender, subject=f"[#{number}]", Authentication_Results=PASSED)

    assert (row["state"], row["outcome"]) == ("held", "unknown")
    assert await post.words(number) == []


async def test_rank_takes_no_part_for_who_is_not_verified(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.says("I answer.", sender=WU, subject=f"[#{number}] a laptop")

    assert (row["outcome"], await post.words(number)) == ("request", [])


async def test_an_address_made_for_somebody_else_vouches_for_nobody(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    row = await post.says("It is paid.", sender=WU, to=post.address(number, firm.lin))

    assert await post.words(number) == [("message", "It is paid.", True)]
    assert row["outcome"] == "message"


async def test_what_our_server_found_forged_no_signed_address_mends(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    failed = f"{TRUSTED}; dmarc=fail header.from=example.cn"
    await post.says("It is paid.", sender=WU, to=post.address(number, firm.wu), Authentication_Results=failed)

    assert await post.words(number) == [("message", "It is paid.", True)]


async def test_rights_are_those_of_the_moment(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    address = post.address(number, firm.wu)
    async with db.acting_as(firm.admin):
        await directory.set_level(firm.wu.person, firm.finance, 2)
    row = await post.says("It is paid.", sender=WU, to=address)

    assert row["outcome"] == "message"


async def test_a_note_is_not_opened_by_a_forged_answer_to_it(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    await firm.does(firm.zhou, tickets.note, number, "Her pay is low.", Shut(3, "pay_and_appraisal", "It is her pay."))
    ours = post.signer.message_id((await post.entry("note_written"))["id"], firm.wu.person)
    row = await post.says("Tell me more.", sender=WU, subject=f"[#{number}]", In_Reply_To=f"<{ours}>")

    assert (row["state"], row["outcome"]) == ("held", "stranger")


async def test_who_has_left_is_a_stranger(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    async with db.acting_as(firm.admin):
        await accounts.leave(firm.lin.person)
    row = await post.says("Where is it?", to=post.address(number, firm.lin))

    assert (row["state"], row["outcome"]) == ("held", "stranger")


def test_comments_are_left_out_at_any_depth() -> None:
    told = verdicts(parse(f"Authentication-Results: {NESTED}".encode()))

    assert (told.server, told.dmarc, told.spf) == (TRUSTED, "", "fail")
