"""Asking for a later time and agreeing, in the browser and for programs."""

import re

import pytest

from tests.firm import Firm, local
from tests.site import Site, Visit
from tests.tickets.test_renewals import FRIDAY, MONDAY, agrees, asks, token

EN = {"accept-language": "en"}
LATER = "2026-11-23T12:00:00+08:00"


@pytest.fixture
async def number(firm: Firm) -> int:
    """吴 gave 林 the word that the next one comes on Friday, 17:30; it is 15:00."""
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, FRIDAY)
    return number


async def opened(site: Site, who: str, number: int) -> Visit:
    visit = await site.browser(who, **EN)
    await visit.get(f"/requests/{number}")
    return visit


def hidden(visit: Visit, name: str) -> str:
    form = visit.page.split("/consent")[1]
    return str(re.findall(rf'name="{name}" value="([^"]*)"', form)[0])


async def test_the_giver_is_offered_it_and_nobody_else(site: Site, number: int) -> None:
    offered = {
        who: f'action="/requests/{number}/renewal"' in (await opened(site, who, number)).page
        for who in ("wu", "zhou", "qian", "lin", "zhao")
    }
    assert offered == {"wu": True, "zhou": False, "qian": False, "lin": False, "zhao": False}


async def test_the_whole_road_in_a_browser(site: Site, number: int) -> None:
    wu = await opened(site, "wu", number)
    promise = await token(site.firm, number)
    asked = await wu.post(
        f"/requests/{number}/renewal", promise=promise, until="2026-11-23T12:00", reason="The bank is closed.", _key=wu.key
    )  # fmt: skip
    assert asked.status_code == 303, asked.text

    lin = await opened(site, "lin", number)
    assert "吴桐 asks you to let “whether it is paid” come by Mon 23 Nov 12:00 instead of today 17:30." in lin.page
    assert "Reason: The bank is closed." in lin.page
    fields = {name: hidden(lin, name) for name in ("promise", "until", "agree")}
    assert (await lin.post(f"/requests/{number}/consent", **fields)).status_code == 303
    assert await site.firm.standing(number, "expectation") == ("open", MONDAY)


async def test_the_question_stands_at_home_and_is_answered_there(site: Site, number: int) -> None:
    await asks(site.firm, number)
    lin = await site.browser("lin", **EN)
    await lin.get("/")

    assert "asks you to let “whether it is paid” come by Mon 23 Nov 12:00" in lin.page
    fields = {name: hidden(lin, name) for name in ("promise", "until", "agree")}
    assert (await lin.post(f"/requests/{number}/consent", **fields)).status_code == 303
    assert "asks you to let" not in (await lin.get("/")).text


async def test_whoever_objects_may_say_why(site: Site, number: int) -> None:
    await asks(site.firm, number)
    lin = await opened(site, "lin", number)
    fields = {"promise": hidden(lin, "promise"), "until": LATER, "agree": "0", "said": "I travel then."}
    assert (await lin.post(f"/requests/{number}/consent", **fields)).status_code == 303

    page = (await opened(site, "wu", number)).page
    assert "林晓雯 does not agree that “whether it is paid” comes by Mon 23 Nov 12:00. Reason: I travel then." in page
    assert f'action="/requests/{number}/renewal"' in page


async def test_what_was_typed_stays_when_it_is_refused(site: Site, number: int) -> None:
    wu = await opened(site, "wu", number)
    refused = await wu.post(
        f"/requests/{number}/renewal", promise=await token(site.firm, number), until="2026-11-20T16:00", reason="Later."
    )

    assert refused.status_code == 422
    assert "must be later than the one that stands" in refused.text
    assert 'value="2026-11-20T16:00"' in refused.text
    assert re.search(r"<textarea[^>]*>\s*Later\.</textarea>", refused.text)


async def test_a_late_answer_is_refused_with_a_sentence_on_the_page(site: Site, number: int) -> None:
    await asks(site.firm, number)
    lin = await opened(site, "lin", number)
    site.firm.clock_says(FRIDAY)
    late = await lin.post(f"/requests/{number}/consent", promise=hidden(lin, "promise"), until=LATER, agree="1")

    assert late.status_code == 409
    assert "too late to agree" in late.text
    assert f'action="/requests/{number}/consent"' not in late.text


async def test_the_first_time_stays_in_sight_on_both_sides(site: Site, number: int) -> None:
    await asks(site.firm, number)
    await agrees(site.firm, number)
    lin, wu = [(await opened(site, who, number)).page for who in ("lin", "wu")]

    assert "first promised for today 17:30, moved with your consent" in lin
    assert "first promised for today 17:30, moved with 林晓雯’s consent" in wu
    assert "Finance gave this time: today 17:30." in lin
    assert "Moved to Mon 23 Nov 12:00, agreed at 15:00." in lin


async def test_the_second_time_the_giver_is_warned_that_the_superior_hears_of_it(site: Site, number: int) -> None:
    assert "your superior is told" not in (await opened(site, "wu", number)).page
    await asks(site.firm, number)
    await agrees(site.firm, number)

    assert "your superior is told" in (await opened(site, "wu", number)).page


async def test_a_word_for_the_evening_is_taken_and_says_so(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")
    reply = {"kind": "reply", "body": "Soon.", "word": "until", "expectation_text": "whether it is paid"}
    wu = await opened(site, "wu", number)
    sent = await wu.post(f"/requests/{number}/updates", expectation="2026-11-20T21:00", **reply)
    assert sent.status_code == 303, sent.text

    assert "outside working hours; it counts all the same" in (await wu.get(sent.headers["location"])).text
    why = await site.firm.why(number, "expectation")
    assert why.startswith("by today 21:00")
    assert "is outside the working hours of Finance" in (await opened(site, "lin", number)).page
    within = await wu.post(f"/requests/{number}/updates", expectation="2026-11-20T18:00", **reply)
    assert "outside working hours" not in (await wu.get(within.headers["location"])).text.split('id="said"')[1]


async def test_programs_ask_and_agree(site: Site, number: int) -> None:
    wu, lin = await site.program("wu", **EN), await site.program("lin", **EN)
    at = f"/api/promises/{await token(site.firm, number)}"
    body = {"until": LATER, "reason": "The bank is closed."}
    asked = await wu.post(f"{at}/renewal", json=body, headers={"idempotency-key": "a"})
    again = await wu.post(f"{at}/renewal", json=body, headers={"idempotency-key": "a"})
    assert (asked.status_code, again.status_code) == (201, 201), asked.text
    shown = next(one for one in asked.json()["promises"] if one["kind"] == "expectation")
    assert shown["renewal"] == {"until": "2026-11-23T04:00:00Z", "by": "吴桐", "reason": "The bank is closed."}

    agreed = await lin.post(f"{at}/consent", json={"until": shown["renewal"]["until"], "agree": True})
    moved = next(one for one in agreed.json()["promises"] if one["kind"] == "expectation")
    assert (moved["due_at"], moved["first_due_at"], moved["renewal"]) == (
        "2026-11-23T04:00:00Z", "2026-11-20T09:30:00Z", None,
    )  # fmt: skip
    assert "Moved to Mon 23 Nov 12:00" in " ".join(moved["steps"])


async def test_programs_hear_of_no_question_that_came_too_late(site: Site, number: int) -> None:
    await asks(site.firm, number)
    site.firm.clock_says(FRIDAY)
    lin = await site.program("lin")
    promises = (await lin.get(f"/api/requests/{number}")).json()["promises"]

    assert [one["renewal"] for one in promises] == [None] * 3


async def test_a_hidden_promise_and_none_at_all_answer_alike(site: Site) -> None:
    number = await site.firm.lin_asks_for("a price", service="budget")
    await site.firm.wu_expects(number, FRIDAY)
    zhao = await site.program("zhao")
    bodies = {"renewal": {"until": LATER, "reason": "x"}, "consent": {"until": LATER, "agree": True}}
    for door, body in bodies.items():
        hidden, never = [
            await zhao.post(f"/api/promises/{of}/{door}", json=body)
            for of in (await token(site.firm, number), "A" * 22)
        ]
        assert (hidden.status_code, hidden.text) == (404, never.text)


async def test_a_program_names_the_time_with_an_offset(site: Site, number: int) -> None:
    wu = await site.program("wu")
    at = f"/api/promises/{await token(site.firm, number)}/renewal"

    for until in ("2026-11-23T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "soon"):
        assert (await wu.post(at, json={"until": until, "reason": "x"})).status_code == 422, until
        reply = {"body": "x", "expectation": {"by": until, "text": "x"}}
        assert (await wu.post(f"/api/requests/{number}/updates", json=reply)).status_code == 422, until
    assert (await site.firm.promises(number, "expectation"))[0]["due_at"] == local(FRIDAY)
