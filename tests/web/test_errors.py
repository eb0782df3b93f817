import logging

import pytest


def test_hidden_and_never_issued_are_the_same_answer(browser):
    browser.get("/token")
    first, second = browser.get("/hidden/2081"), browser.get("/hidden/99999999")

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.status_code == 404
    assert dict(first.headers) == dict(second.headers)
    assert "2081" not in first.text


def test_the_api_gets_problem_details(browser):
    answer = browser.post("/api/ask", json={"title": 5, "more": 1}, headers={"accept-language": "en"})

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["title"] == "Something needs mending"
    assert [fault["field"] for fault in answer.json()["errors"]] == ["title", "amount", "more"]
    assert answer.json()["errors"][1]["message"] == "Please fill this in"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"NaN", b"[" * 5000, b'{"title": "\\u0000", "amount": 1}', b'{"title": "\\ud800"}']
)
def test_a_body_that_is_no_json_object_is_400(browser, body):
    answer = browser.post("/api/ask", content=body, headers={"content-type": "application/json"})

    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_the_api_takes_json_only(browser):
    assert browser.post("/api/ask", data={"title": "x"}).status_code == 415


def test_a_program_gets_json_and_a_browser_a_page(browser):
    assert browser.get("/nowhere", headers={"accept": "application/json"}).json()["status"] == 404
    assert "<h1>没有这个页面</h1>" in browser.get("/nowhere").text


def test_an_accident_is_told_by_a_reference_and_logged_without_words(browser, caplog):
    with caplog.at_level(logging.ERROR, "desk.web"):
        answer = browser.get("/broken")

    reference = caplog.messages[0].split()[0]
    assert answer.status_code == 500
    assert reference in answer.text
    assert "KeyError" in caplog.text
    assert "somebody typed" not in caplog.text + answer.text


def test_a_busy_desk_says_when_to_come_back(browser):
    answer = browser.get("/busy")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


def test_htmx_gets_a_banner_for_the_live_region(browser):
    answer = browser.get("/hidden/1", headers={"hx-request": "true", "hx-request-type": "partial"})

    assert answer.headers["hx-retarget"] == "#said"
    assert "<html" not in answer.text


def test_the_wrong_method_is_told_which_is_right(browser):
    answer = browser.delete("/page")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_english_readers_get_english(browser):
    answer = browser.get("/nowhere", headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.1"})

    assert '<html lang="en"' in answer.text
    assert "There is no such page" in answer.text
