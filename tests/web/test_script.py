"""What desk.js does, in Chromium, on the sample pages."""

import asyncio
import shutil
import socket
import threading
from collections.abc import AsyncIterator, Iterator

import msgspec
import pytest
import uvicorn
from litestar import Litestar, Request, Response, get, post
from playwright.async_api import Page, async_playwright

from desk.i18n import Invalid, Sentence
from desk.web import forms, live
from desk.web.page import page as show
from desk.web.page import see
from desk.web.plugin import WebPlugin
from tests.web import samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
POSTED: list[str] = []
TOLD: list[asyncio.Event] = []
READ: list[str] = []


def door(path, template, context):
    @get(path)
    async def shown(request: Request) -> Response[str]:
        enter(request)
        return show(request, template, fragment="live", **context())

    return shown


def enter(request: Request) -> None:
    viewer = msgspec.structs.replace(samples.LIN, live_url="/live")
    request.scope["state"] |= {"now": samples.NOW, "viewer": viewer}


@get("/live")
async def stream(request: Request) -> Response[bytes]:
    async def changes():
        TOLD.append(happened := asyncio.Event())
        loop = asyncio.get_running_loop()
        happened.tell = lambda: loop.call_soon_threadsafe(happened.set)
        await happened.wait()
        yield live.Event("changed", {"request": 2081})

    return live.stream(request.app, changes())


@post("/notices/reading")
async def read(request: Request) -> Response[str]:
    READ.append((await request.form())["request"])
    return Response("", status_code=204)


@post("/requests/2081/take")
async def take(request: Request) -> Response[str]:
    POSTED.append("take")
    await asyncio.sleep(0.2)
    return see(request, "/desk", said="web.to_start")


@post("/requests/2081/handover")
async def hand_over(request: Request) -> Response[str]:
    enter(request)
    refusal = Invalid({"department": Sentence("web.required"), "reason": Sentence("web.required")})
    context = samples.show() | {"act": "handover", "act_form": await forms.again(request, refusal)}
    return show(request, "tickets/show.html", status=422, **context)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    doors = [door(path, template, context) for path, (template, context) in samples.PAGES.items()]
    doors.append(door("/requests/2081", *samples.PAGES["/show"]))
    app = Litestar([*doors, stream, read, take, hand_over], plugins=[WebPlugin()], logging_config=None)
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        yield f"http://127.0.0.1:{place.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = await browser.new_page(base_url=address, locale="zh-CN")
        complaints: list[str] = []
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        await browser.close()
        assert [text for text in complaints if "status of 4" not in text] == []


async def current(page: Page) -> str:
    return await page.inner_text(".rows > [aria-current] .row__title a")


async def test_j_and_k_move_and_enter_opens(page):
    await page.goto("/desk")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    assert await current(page) == "供应商账户变更"

    await page.keyboard.press("Enter")
    await page.wait_for_url("**/requests/2090")


async def test_r_on_a_row_goes_to_its_reply(page):
    await page.goto("/desk")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("r")

    await page.wait_for_url("**/requests/2074#body")


async def test_g_then_a_letter_goes_there(page):
    await page.goto("/home")
    await page.keyboard.press("g")
    await page.keyboard.press("d")

    await page.wait_for_url("**/desk")


async def test_a_question_mark_shows_the_keys_and_a_slash_finds(page):
    await page.goto("/home")
    await page.keyboard.press("?")
    assert await page.is_visible("#help")

    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.id") == "find"


async def test_n_writes_a_note_and_letters_in_a_field_stay_letters(page):
    await page.goto("/requests/2081")
    await page.keyboard.press("n")
    await page.keyboard.type("jk")

    assert await page.input_value("#body") == "jk"
    assert await page.is_checked('[name="kind"][value="note"]')
    assert not await page.is_visible('[name="word"]')


async def test_h_opens_the_handover_and_a_refusal_puts_the_focus_on_what_to_mend(page):
    await page.goto("/requests/2081")
    await page.keyboard.press("h")
    await page.click("details.act[open] .button--primary")

    await page.wait_for_selector('[aria-invalid="true"]')
    assert await page.evaluate("document.activeElement.id") == "handover-department"


async def test_a_form_pressed_twice_is_sent_once(page):
    POSTED.clear()
    await page.goto("/requests/2081")
    await page.evaluate(
        "const form = document.querySelector('form[action$=take]'); form.requestSubmit(); form.requestSubmit();"
    )
    await page.wait_for_url("**/desk")

    assert POSTED == ["take"]
    assert await page.inner_text("#said") == "回到首页"


async def test_a_change_arrives_without_reload_and_leaves_typed_words_alone(page):
    TOLD.clear()
    await page.goto("/requests/2081")
    await page.fill("#body", "写了一半")
    await page.evaluate("document.querySelector('#timeline').replaceChildren()")
    while not TOLD:
        await page.wait_for_timeout(20)
    TOLD[-1].tell()

    await page.wait_for_selector("#timeline .line")
    assert await page.input_value("#body") == "写了一半"


async def test_a_request_in_sight_says_that_its_notices_are_read_and_a_list_says_nothing(page):
    READ.clear()
    await page.goto("/desk")
    async with page.expect_response("**/notices/reading") as answered:
        await page.goto("/requests/2081")

    assert (await answered.value).status == 204
    assert READ == ["2081"]


async def test_reasons_appear_with_the_tiers_that_need_them(page):
    await page.goto("/requests/2081")
    shown = []
    for tier in "123":
        await page.select_option('[name="tier"]', tier)
        shown.append([await page.is_visible("#reason"), await page.is_visible("#sentence")])

    assert shown == [[False, False], [True, False], [True, True]]


async def test_without_script_actions_open_and_the_menu_works(page, address):
    bare = await page.context.browser.new_context(java_script_enabled=False, base_url=address)
    without = await bare.new_page()
    await without.goto("/requests/2081")
    await without.click("summary[data-key=h]")
    await without.click(".avatar-button")

    assert await without.is_visible("#handover-reason")
    assert await without.is_visible("#me")
    assert not await without.is_visible(".needs-script")
