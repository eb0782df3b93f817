"""The road through the API, as issue 2 describes it."""

from tests.site import Site

NEW = {"service": "expenses", "title": "BX-1107 came back", "body": "What is missing?", "fields": {}}


async def test_filing_answers_with_a_same_day_promise_and_its_reason(site: Site) -> None:
    lin = await site.program("lin", **{"accept-language": "en"})

    filed = await lin.post("/api/requests", json=NEW)

    assert filed.status_code == 201, filed.text
    first = next(promise for promise in filed.json()["promises"] if promise["kind"] == "first_reply")
    assert first["due_at"] == "2026-11-20T10:00:00Z"
    assert first["why"].startswith("by today 18:00, because")


async def test_a_department_note_is_a_marker_for_those_elsewhere(site: Site) -> None:
    lin, wu, zhao = [await site.program(login) for login in ("lin", "wu", "zhao")]
    number = (await lin.post("/api/requests", json=NEW)).json()["number"]
    note = {"body": "budget is used up", "tier": 2, "kind": "note", "reason": "negotiation"}

    written = await wu.post(f"/api/requests/{number}/updates", json=note)
    seen = (await zhao.get(f"/api/requests/{number}")).text

    assert written.status_code == 201, written.text
    assert "budget is used up" in written.text
    assert "budget" not in seen
    assert '"markers":[{"tier":2' in seen


async def test_the_whole_road(site: Site) -> None:
    lin, wu = await site.program("lin"), await site.program("wu")
    number = (await lin.post("/api/requests", json=NEW)).json()["number"]
    at = f"/api/requests/{number}"
    expected = {"by": "2026-11-20T17:30:00+08:00", "text": "whether it is paid"}

    assert (await wu.post(f"{at}/take")).status_code == 201
    assert (
        await wu.post(f"{at}/updates", json={"body": "soon", "tier": 1, "expectation": expected})
    ).status_code == 201
    assert (await wu.post(f"{at}/question", json={"body": "which one?"})).json()["state"] == "waiting"
    assert (await lin.post(f"{at}/updates", json={"body": "the second"})).json()["state"] == "open"
    assert (await wu.post(f"{at}/resolution", json={"outcome": "paid"})).json()["state"] == "resolved"
    assert (await wu.post(f"{at}/acceptance")).status_code == 403
    done = await lin.post(f"{at}/acceptance")
    assert done.json()["state"] == "accepted"
    assert {promise["state"] for promise in done.json()["promises"]} == {"kept"}


async def test_a_hidden_request_and_none_at_all_answer_alike(site: Site) -> None:
    lin, zhao, guest = [await site.program(login) for login in ("lin", "zhao", "guest")]
    number = (await lin.post("/api/requests", json=NEW)).json()["number"]

    hidden, never = await guest.get(f"/api/requests/{number}"), await guest.get("/api/requests/999999")

    assert (hidden.status_code, hidden.content) == (never.status_code, never.content) == (404, hidden.content)
    assert (await zhao.get(f"/api/requests/{number}")).status_code == 200


async def test_a_retried_key_files_once(site: Site) -> None:
    lin = await site.program("lin")
    keyed = {"idempotency-key": "abc-1"}

    first, second = [await lin.post("/api/requests", json=NEW, headers=keyed) for _ in range(2)]

    assert first.json()["number"] == second.json()["number"]
    assert len((await lin.get("/api/requests?mine=true")).json()["items"]) == 1


async def test_bad_input_is_refused_with_problem_details(site: Site) -> None:
    wu, lin = await site.program("wu"), await site.program("lin", **{"accept-language": "en"})
    number = (await lin.post("/api/requests", json=NEW)).json()["number"]

    unknown = await lin.post("/api/requests", json=NEW | {"colour": "red"})
    empty = await lin.post("/api/requests", json=NEW | {"title": " ", "body": ""})
    wordless = await wu.post(f"/api/requests/{number}/updates", json={"body": "soon", "tier": 1})

    assert [answer.status_code for answer in (unknown, empty, wordless)] == [422, 422, 422]
    assert {fault["field"] for fault in empty.json()["errors"]} == {"title"}
    assert empty.headers["content-type"] == "application/problem+json"
    assert wordless.json()["errors"][0]["field"] == "expectation"


async def test_a_key_that_was_used_elsewhere_does_what_it_is_sent_for(site: Site) -> None:
    lin, wu = await site.program("lin"), await site.program("wu")
    keyed = {"idempotency-key": "abc-1"}
    first, second = [(await lin.post("/api/requests", json=NEW)).json()["number"] for _ in range(2)]

    for number in (first, second):
        await wu.post(f"/api/requests/{number}/take", headers=keyed)

    assert (await wu.get(f"/api/requests/{second}")).json()["handler"] == "吴桐"
