""" "I can't tell you", "I was wrong", and for how long words stay shut."""

import asyncpg
import httpx
import pytest

from desk.i18n import Forbidden, Invalid
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm
from tests.notices.test_notices import worker_runs
from tests.site import Site

PAY = {"reason": "pay_and_appraisal", "sentence": "It names a sum."}


async def cannot_tell(firm: Firm, number: int, reason: str | None = "third_party_secret", body: str = "") -> None:
    await firm.does(firm.wu, tickets.cannot_tell, number, body, reason, Shut())


async def corrects(firm: Firm, number: int, token: str, body: str = "The 30th.") -> None:
    await firm.does(firm.wu, tickets.correct, number, token, body, "I misread the calendar.")


async def test_i_cannot_tell_you_is_an_answer_and_keeps_the_promise(firm: Firm):
    number = await firm.lin_asks_for("what the supplier is paid")
    await cannot_tell(firm, number)

    assert (await firm.standing(number, "first_reply"))[0] == "kept"
    (row,) = await firm.rows(firm.lin, "select kind, withheld, body from updates")
    assert tuple(row) == ("cannot_tell", "third_party_secret", "")


async def test_i_cannot_tell_you_keeps_the_next_reply_and_the_word_given_before(firm: Firm):
    number = await firm.lin_asks_for("what the supplier is paid")
    await firm.wu_expects(number, by="2026-11-20 17:30")
    await firm.lin_writes(number)
    await cannot_tell(firm, number, body="The contract forbids it.")

    assert (await firm.standing(number, "next_reply"))[0] == "kept"
    assert (await firm.standing(number, "expectation"))[0] == "kept"


@pytest.mark.parametrize("reason", [None, "", "embarrassing"])
async def test_i_cannot_tell_you_needs_a_reason_of_the_list(firm: Firm, reason: str | None):
    number = await firm.lin_asks_for("what the supplier is paid")

    with pytest.raises(Invalid):
        await cannot_tell(firm, number, reason)
    assert (await firm.standing(number, "first_reply"))[0] == "open"


async def test_only_the_desk_says_that_it_cannot_tell(firm: Firm):
    number = await firm.lin_asks_for("what the supplier is paid")

    with pytest.raises(Forbidden):
        await firm.does(firm.meng, tickets.cannot_tell, number, "", "legal", Shut())


async def test_a_correction_of_ones_own_accord_is_told_apart_from_one_after_an_objection(firm: Firm):
    number = await firm.lin_asks_for("when will it be paid")
    words = await firm.wu_replies(number, "The 20th.")
    await corrects(firm, number, words.token)
    await firm.wu_resolves(number, "It is paid on the 20th.")
    await firm.lin_reopens(number)
    await corrects(firm, number, words.token, "The 31st.")

    rows = await firm.rows(firm.lin, "select disputed from updates where kind = 'correction' order by id")
    assert [row["disputed"] for row in rows] == [False, True]


async def test_words_that_were_written_after_the_objection_are_not_disputed(firm: Firm):
    number = await firm.lin_asks_for("when will it be paid")
    await firm.wu_resolves(number, "It is paid.")
    await firm.lin_reopens(number)
    firm.time.move(minutes=1)
    words = await firm.wu_replies(number, "The 20th.")
    await corrects(firm, number, words.token)

    assert [
        row["disputed"] for row in await firm.rows(firm.lin, "select disputed from updates where kind = 'correction'")
    ] == [False]


async def heard_of_it(root: asyncpg.Connection) -> list[str]:
    await worker_runs(root)
    rows = await root.fetch(
        "select p.login from notices n join people p on p.id = n.person where n.tag = 'correction_written' order by 1"
    )
    return [row["login"] for row in rows]


async def test_whoever_had_read_or_answered_the_first_version_is_told(
    site: Site, firm: Firm, superuser: asyncpg.Connection
):
    number = await firm.lin_asks_for("when will it be paid")
    await firm.does(firm.zhao, tickets.message, number, "I wonder too.", Shut())
    words = await firm.wu_replies(number, "The 20th.", tier=2, reason="negotiation")
    await (await site.browser("qian")).get(f"/requests/{number}")
    await corrects(firm, number, words.token)
    firm.time.move(minutes=1)
    await (await site.browser("zhou")).get(f"/requests/{number}")

    assert await heard_of_it(superuser) == ["lin", "qian"]  # 赵 may not read it, 周 saw the right words at once


async def test_at_open_tiers_those_are_told_who_take_part(firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("when will it be paid")
    await firm.does(firm.zhao, tickets.message, number, "I wonder too.", Shut())
    await firm.does(firm.meng, tickets.watch, number)
    words = await firm.wu_replies(number, "The 20th.")
    await corrects(firm, number, words.token)

    assert await heard_of_it(superuser) == ["lin", "meng", "zhao"]


@pytest.mark.parametrize(("term", "opens"), [(None, "2027-02-18"), (10, "2026-11-30"), (180, "2027-05-19")])
async def test_who_writes_says_for_how_long(firm: Firm, term: int | None, opens: str):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "we hope for 90", tier=2, reason="negotiation", term=term)

    (row,) = await firm.rows(firm.wu, "select opens_on from updates")
    assert str(row["opens_on"]) == opens


@pytest.mark.parametrize(("tier", "term"), [(2, 181), (3, 366), (2, 0), (3, -1)])
async def test_a_term_beyond_the_tiers_longest_is_refused(firm: Firm, tier: int, term: int):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match="a term is 1 to"):
        await firm.wu_notes(number, "x", tier=tier, term=term, **PAY)


async def test_a_request_opens_when_its_requester_said(firm: Firm):
    number = await firm.files(firm.lin, "my pay", service="payroll", term=7)

    (row,) = await firm.rows(firm.lin, "select opens_on from tickets where number = $1", number)
    assert str(row["opens_on"]) == "2026-11-27"


async def test_a_program_says_them_too(site: Site, firm: Firm):
    number = await firm.lin_asks_for("what the supplier is paid")
    wu, at = await site.program("wu", **{"accept-language": "en"}), f"/api/requests/{number}/updates"

    refused = await wu.post(at, json={"kind": "cannot_tell"})
    first = (
        await wu.post(at, json={"kind": "cannot_tell", "withheld": "legal", "tier": 2, "reason": "legal", "term": 5})
    ).json()["timeline"][-1]
    last: httpx.Response = await wu.post(
        at, json={"kind": "wrong", "corrects": first["id"], "body": "It is 5.", "why": "I may."}
    )

    assert refused.status_code == 422
    assert (first["kind"], first["withheld"], first["tier"]) == ("cannot_tell", "legal", 2)
    (said,) = [one for one in last.json()["timeline"] if one["id"] == first["id"]]
    assert [(one["body"], one["disputed"]) for one in said["corrections"]] == [("It is 5.", False)]


@pytest.mark.parametrize(
    ("language", "words", "wrong"),
    [("zh-CN", "我不能说 · 法律事务", "我错了"), ("en", "I can’t tell you · legal", "I was wrong")],
)
async def test_the_page_marks_them_and_offers_them(site: Site, firm: Firm, language: str, words: str, wrong: str):
    number = await firm.lin_asks_for("what the supplier is paid")
    wu = await site.browser("wu", **{"accept-language": language})
    await wu.get(f"/requests/{number}")
    sent = await wu.post(f"/requests/{number}/updates", kind="cannot_tell", withheld="legal", _key=wu.key)

    page = (await wu.get(f"/requests/{number}")).text
    assert sent.status_code == 303
    assert words in page
    assert wrong in page


async def test_a_form_that_says_no_reason_comes_back_with_its_words(site: Site, firm: Firm):
    number = await firm.lin_asks_for("what the supplier is paid")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")
    sent = await wu.post(f"/requests/{number}/updates", kind="cannot_tell", body="I am bound.", _key=wu.key)

    assert sent.status_code == 422
    assert "I am bound." in sent.text
    assert 'id="withheld-error"' in sent.text
