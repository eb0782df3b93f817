import pytest

AT = "/asked/%E6%8D%A2%E7%94%B5%E8%84%91/0123456789abcdef"


@pytest.fixture
def form(browser):
    return {"_csrf": browser.get("/token").text, "_key": "0123456789abcdef", "title": "换电脑", "amount": "12"}


def test_a_form_becomes_values_and_the_answer_is_303(browser, form):
    answer = browser.post("/ask", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, AT + "/0")


def test_htmx_is_told_to_go_there_itself(browser, form):
    answer = browser.post("/ask", data=form, headers={"hx-request": "true", "hx-request-type": "partial"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, AT + "/0")


def test_files_come_with_a_multipart_form_and_an_empty_file_field_is_none(browser, form):
    files = [("files", ("a.txt", b"a")), ("files", ("b.txt", b"b"))]

    assert browser.post("/ask", data=form, files=files).headers["location"].endswith("/2")
    assert browser.post("/ask", data=form, files=[("files", ("", b""))]).headers["location"].endswith("/0")


def test_every_fault_is_told_at_once_and_the_typed_words_stay(browser, form):
    answer = browser.post("/again", data=form | {"title": "", "amount": "两千多"})

    assert answer.status_code == 422
    assert answer.json()["faults"] == {"title": "请填写这一项", "amount": "请填整数，例如12"}
    assert answer.json()["typed"] == {"title": [""], "amount": ["两千多"]}


def test_too_many_words_are_counted(browser, form):
    faults = browser.post("/again", data=form | {"title": "十一个字十一个字十一个"}).json()["faults"]

    assert faults == {"title": "最多10个字，现在有11个；请精简一些"}


def test_unknown_fields_are_refused(browser, form):
    faults = browser.post("/again", data=form | {"admin": "1"}).json()["faults"]

    assert list(faults) == ["admin"]
    assert "没有“admin”这一项" in faults["admin"]


def test_a_field_sent_twice_does_not_fit(browser, form):
    assert list(browser.post("/again", data=form | {"amount": ["1", "2"]}).json()["faults"]) == ["amount"]


def test_a_number_that_no_column_holds_is_refused(browser, form):
    assert list(browser.post("/again", data=form | {"amount": "9" * 30}).json()["faults"]) == ["amount"]


@pytest.mark.parametrize(
    "body", [b"title=%00&amount=1", b"title=%ff&amount=1", b"title=\xff&amount=1", b"&".join([b"a=1"] * 600)]
)
def test_bytes_that_no_form_sends_are_400(browser, body):
    token = browser.get("/token").text
    headers = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": token}

    assert browser.post("/ask", content=body, headers=headers).status_code == 400


def test_a_broken_multipart_body_is_400(browser):
    token = browser.get("/token").text
    headers = {"content-type": "multipart/form-data; boundary=x", "x-csrf-token": token}

    assert browser.post("/ask", content=b"--x\r\nbroken", headers=headers).status_code == 400
