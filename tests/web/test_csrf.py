import pytest
from litestar import Request

from desk import settings
from desk.i18n import Forbidden
from desk.web.security import check_origin, safe_next

FORM = {"title": "换电脑", "amount": "12"}


def test_a_form_without_its_token_is_refused_with_a_sentence(browser):
    browser.get("/token")
    answer = browser.post("/ask", data=FORM)

    assert answer.status_code == 403
    assert "没有提交，因为这个页面打开太久" in answer.text


def test_the_token_of_another_visitor_is_worth_nothing(browser):
    stolen = browser.get("/token").text
    browser.cookies.set("desk-visitor", "another")

    assert browser.post("/ask", data=FORM | {"_csrf": stolen}).status_code == 403


def test_a_new_session_makes_old_tokens_worthless(browser):
    old = browser.get("/token").text
    browser.cookies.set("desk-session", "new-session-id")

    assert browser.post("/ask", data=FORM | {"_csrf": old}).status_code == 403
    assert browser.post("/ask", data=FORM | {"_csrf": browser.get("/token").text}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
    ],
)
def test_another_site_cannot_post_even_with_the_token(browser, headers):
    answer = browser.post("/ask", data=FORM | {"_csrf": browser.get("/token").text}, headers=headers)

    assert answer.status_code == 403
    assert "来自另一个网站" in answer.text


@pytest.mark.parametrize(
    ("base", "scheme", "host", "origin"),
    [
        ("http://127.0.0.1:8000", "http", "127.0.0.1:8000", "https://127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "https", "desk.example", "http://desk.example"),
        ("https://desk.example", "http", "desk.example", "http://desk.example"),
        ("https://desk.example", "https", "desk.example", "http://desk.example"),
        ("https://desk.example", "https", "desk.example", "https://desk.example:8443"),
        ("https://desk.example", "https", "desk.example", "https://evil@desk.example"),
        ("https://desk.example", "https", "", "https://"),
        ("https://desk.example", "https", "null", "null"),
        ("https://desk.example", "https", "desk.example", ""),
    ],
)
def test_an_origin_of_another_scheme_host_or_port_is_another_site(monkeypatch, base, scheme, host, origin):
    with pytest.raises(Forbidden):
        came(monkeypatch, base, scheme, host, origin)


@pytest.mark.parametrize(
    ("base", "scheme", "host", "origin"),
    [
        ("http://127.0.0.1:8000", "http", "localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "https", "desk.example", "https://desk.example"),
        ("https://Desk.example", "http", "10.0.0.5:8000", "https://desk.example"),
        ("https://desk.example", "http", "desk.example", "https://desk.example"),
        ("https://desk.example", "https", "other.example", "https://other.example"),
    ],
)
def test_our_own_origin_is_the_base_or_what_the_request_came_by(monkeypatch, base, scheme, host, origin):
    came(monkeypatch, base, scheme, host, origin)


def came(monkeypatch, base, scheme, host, origin):
    """The check of a write that came by a scheme to a host; behind a proxy of ours the server puts its scheme there."""
    monkeypatch.setattr(settings, "current", lambda: settings.read({"DESK_BASE_URL": base}))
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    check_origin(Request({"type": "http", "method": "POST", "path": "/ask", "scheme": scheme, "headers": headers}))


def test_our_own_pages_may(browser):
    headers = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    answer = browser.post("/ask", data=FORM | {"_csrf": browser.get("/token").text}, headers=headers)

    assert answer.status_code == 303


def test_the_api_needs_no_form_token_unless_a_cookie_could_speak(browser):
    assert browser.post("/api/ask", json={"title": "x", "amount": 1}).status_code == 201
    browser.cookies.set("desk-session", "somebody")
    assert browser.post("/api/ask", json={"title": "x", "amount": 1}).status_code == 403
    bearer = {"authorization": "Bearer dsk_x"}
    assert browser.post("/api/ask", json={"title": "x", "amount": 1}, headers=bearer).status_code == 201


@pytest.mark.parametrize("path", ["/", "/requests/2081", "/new?q=报销", "/a//b"])
def test_next_may_be_a_path_of_ours(path):
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "//evil.example",
        "/\\evil.example",
        "\\/evil",
        "https://evil.example",
        "/\t/evil",
        "new",
        "/a\nb",
        "javascript:1",
    ],
)
def test_next_is_nothing_else(path):
    assert safe_next(path) == "/"
