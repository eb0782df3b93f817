"""Whoever hands a restricted request over may read no more of it: the handover stands, and the answer says so."""

from tests.site import Site

AWAY = {"department": "finance", "reason": "They pay."}


async def _restricted(site: Site) -> int:
    return await site.firm.files(site.firm.lin, "My pay is wrong", service="payroll")


async def test_a_program_is_told_that_it_is_done_and_what_may_still_be_known(site: Site) -> None:
    number = await _restricted(site)
    han = await site.program("han", **{"accept-language": "en"})

    answer = await han.post(f"/api/requests/{number}/handover", json=AWAY)

    assert answer.status_code == 201, answer.text
    assert answer.json().keys() == {"number", "url", "text", "markers"}
    assert answer.json()["text"].startswith("This is done")
    assert [marker["tier"] for marker in answer.json()["markers"]] == [3]
    assert "My pay" not in answer.text
    assert await site.firm.reads(site.firm.wu, number)


async def test_the_same_key_again_gets_the_same_answer(site: Site) -> None:
    number, key = await _restricted(site), {"idempotency-key": "over-1"}
    han = await site.program("han")

    first, second = [await han.post(f"/api/requests/{number}/handover", json=AWAY, headers=key) for _ in range(2)]

    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert len(await site.firm.rows(site.firm.wu, "select from hops")) == 2


async def test_a_browser_is_led_to_the_queue_with_a_sentence(site: Site) -> None:
    number = await _restricted(site)
    han = await site.browser("han", **{"accept-language": "en"})
    await han.get(f"/requests/{number}")

    answer = await han.post(f"/requests/{number}/handover", **AWAY, _key=han.key)

    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")
    assert "You may no longer read the request" in (await han.get("/queue")).text


async def test_a_browser_that_still_may_read_it_stays_with_it(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")

    answer = await wu.post(f"/requests/{number}/handover", department="hr", reason="They know.", _key=wu.key)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/requests/{number}")


async def test_a_department_or_a_person_that_is_none_is_a_fault_of_its_field(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")
    wu = await site.program("wu", **{"accept-language": "en"})

    nowhere = await wu.post(f"/api/requests/{number}/handover", json=AWAY | {"department": "nowhere"})
    nobody = await wu.post(f"/api/requests/{number}/assignment", json={"handler": "nobody"})

    assert [answer.status_code for answer in (nowhere, nobody)] == [422, 422]
    assert nowhere.json()["errors"][0]["field"] == "department"
    assert nobody.json()["errors"][0]["field"] == "handler"
