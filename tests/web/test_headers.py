import pytest

from desk.web import static

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERY_KIND = [
    ("GET", "/page", 200),
    ("GET", "/nowhere", 404),
    ("DELETE", "/page", 405),
    ("GET", "/broken", 500),
    ("GET", "/busy", 503),
    ("GET", static.address("desk.js"), 200),
    ("GET", static.address("desk.js") + "x", 404),
    ("POST", "/ask", 403),
]


@pytest.mark.parametrize(("method", "path", "status"), EVERY_KIND)
def test_every_answer_carries_the_security_headers(browser, method, path, status):
    answer = browser.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_pages_are_kept_by_nobody(browser):
    assert browser.get("/page").headers["cache-control"] == "private, no-store"


def test_a_too_big_body_gets_413_and_a_sentence(browser):
    answer = browser.post("/ask", headers={"cookie": "desk-visitor=x"}, data={"title": "x" * (27 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "25 MB" in answer.text
    assert answer.headers["content-security-policy"] == CSP


def test_pages_are_compressed_with_brotli(browser):
    assert browser.get("/viewed").headers["content-encoding"] == "br"


def test_behind_tls_the_browser_is_told_to_stay_there(browser, monkeypatch):
    from desk import settings

    tls = settings.read({"DESK_BASE_URL": "https://desk.example.cn"})
    monkeypatch.setattr(settings, "current", lambda: tls)

    assert browser.get("/page").headers["strict-transport-security"] == "max-age=63072000"
