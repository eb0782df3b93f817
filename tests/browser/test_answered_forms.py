"""What a form is answered with in place: refusals with the typed words, secrets shown once, a preview."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Page, Response

from tests.browser.conftest import Sit
from tests.browser.looks import ALL_LOOKS, faults
from tests.browser.running import RunningDesk

LONG = "https://example.cn/" + "long-and-without-a-gap-" * 8


@dataclass(frozen=True)
class Sent:
    """A form of a page, and what it is sent with; `to` is its action as the page has it."""

    who: str
    path: str
    to: str
    status: int = 422
    typed: dict[str, str] = field(default_factory=dict)


SENT = [
    Sent("", "/login", "/session", typed={"login": "lin", "password": "not the password"}),
    Sent("", "{link}", "?lang=", typed={"password": "short", "password_again": "shorter"}),
    Sent("lin", "/new?service=payroll", "/new", typed={"body": LONG}),
    Sent("lin", "/new?service=payments", "/new", typed={"title": LONG, "fields.amount": "many"}),
    Sent("lin", "/requests/{judged}", "/requests/{judged}/reopening"),
    Sent("lin", "/requests/{asked}", "/requests/{asked}/updates"),
    Sent("lin", "/requests/{judged}?correct={own}", "/requests/{judged}/corrections", typed={"body": LONG}),
    Sent("wu", "/requests/{marked}", "/requests/{marked}/updates", typed={"tier": "3", "body": LONG}),
    Sent("wu", "/requests/{marked}", "/requests/{marked}/resolution"),
    Sent("wu", "/requests/{marked}", "/requests/{marked}/handover", typed={"reason": LONG}),
    Sent("wu", "/requests/{marked}", "/requests/{marked}/decline"),
    Sent("wu", "/requests/{marked}", "/requests/{marked}/assignment"),
    Sent("wu", "/new?service=expenses", "/new", typed={"title": "x", "requester": "nobody-of-that-name"}),
    Sent("lin", "/profile", "/profile/password", typed={"old_password": "x"}),
    Sent("lin", "/profile", "/profile/tokens", typed={"name": ""}),
    Sent("lin", "/profile", "/profile/tokens", 200, {"name": LONG[:60]}),
    Sent("admin", "/people/new", "/people"),
    Sent("admin", "/people/han", "/people/han/superior", typed={"superior": "nobody-of-that-name"}),
    Sent("admin", "/people/han", "/people/han/links", 200),
    Sent("admin", "/departments/new", "/departments", typed={"code": "Not A Code"}),
    Sent("admin", "/departments/finance", "/departments/finance/head", typed={"head": "nobody"}),
    Sent("admin", "/admin/services/new", "/admin/services", typed={"scope_zh": LONG}),
    Sent("admin", "/admin/services/expenses/fields/new", "/admin/services/expenses/fields"),
    Sent("admin", "/admin/rules/new", "/admin/rules", typed={"handler": "nobody"}),
    Sent("admin", "/admin/calendars/finance", "/admin/calendars/finance/versions", typed={"mon": "9-25"}),
]
_SEND = """(form, typed) => {
  for (const [name, words] of Object.entries(typed)) form.querySelector(`[name="${name}"]`).value = words;
  form.noValidate = true;
  form.requestSubmit();
}"""


@pytest.mark.slow
@pytest.mark.parametrize("who", sorted({sent.who for sent in SENT}))
async def test_an_answer_in_place_has_no_barrier(demo: RunningDesk, sit: Sit, places: dict[str, Any], who: str):
    seat = await sit(demo, who or None)
    found: list[str] = []
    for sent in [sent for sent in SENT if sent.who == who]:
        await seat.go(sent.path.format(**places))
        answer = await _send(seat.page, sent.to.format(**places), sent.typed)
        found += [] if answer.status == sent.status else [f"{sent}: {answer.status}"]
        found += await _not_told(seat.page, sent)
        found += await faults(seat.page, ALL_LOOKS, opened=True)
    assert not found, "\n".join(found)


async def _send(page: Page, to: str, typed: dict[str, str]) -> Response:
    posted = page.expect_response(lambda one: one.request.method == "POST" and one.request.is_navigation_request())
    async with page.expect_event("load"), posted as coming:
        await page.locator(f'form[action^="{to}"]').first.evaluate(_SEND, typed)
    return await coming.value


async def _not_told(page: Page, sent: Sent) -> list[str]:
    """A refusal is seen at once and has the focus; the words that were typed are still there."""
    if sent.status != 422:
        return []
    shown = page.locator(".faults, .field__error").locator("visible=true")
    focused = await page.evaluate("document.activeElement.matches('[aria-invalid=true], .faults')")
    kept = [
        words for name, words in sent.typed.items() if "password" not in name and words and not await _has(page, words)
    ]
    return [
        *([] if await shown.count() else [f"{sent}: nothing is said"]),
        *([] if focused else [f"{sent}: the focus is elsewhere"]),
        *[f"{sent}: lost {words}" for words in kept],
    ]


async def _has(page: Page, words: str) -> bool:
    values = "() => [...document.querySelectorAll('input, textarea, select')].map((one) => one.value)"
    return words in await page.evaluate(values)
