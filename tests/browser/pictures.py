"""The three pictures of README.md, taken of a running demo: python -m tests.browser.pictures ADDRESS

Start that desk on a data folder of its own, with DESK_CLOCK naming a file that holds 2026-11-24T10:20:00+08:00, so that
the pictures show a morning; the story is then told as of that instant.
"""

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from desk.demo import PASSWORD

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1280, "height": 980}
STORY = "差旅住宿超标"  # a word was broken in it, and a note may not be read by everybody


async def take(address: str) -> None:
    async with async_playwright() as playwright:
        program = shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        lin = await signed_in(browser, address, "lin", "zh-CN")
        await picture(lin, "/", "home")
        await lin.get_by_role("link", name=STORY).first.click()
        await lin.wait_for_url("**/requests/*")
        await picture(await signed_in(browser, address, "zhao", "en"), lin.url, "request")
        await picture(await signed_in(browser, address, "wu", "zh-CN"), "/desk", "desk")
        await browser.close()


async def signed_in(browser: Browser, address: str, login: str, language: str) -> Page:
    context = await browser.new_context(base_url=address, viewport=SIZE, locale=language, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto("/login")
    await page.locator("[name=login]").fill(login)
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url(f"{address}/")
    return page


async def picture(page: Page, path: str, name: str) -> None:
    await page.goto(path)
    await page.wait_for_load_state("load")
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1].rstrip("/")))
