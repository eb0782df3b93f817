"""One person at one browser window, which remembers whatever goes wrong in it."""

from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from desk.demo import PASSWORD
from desk.i18n import say
from tests.browser.running import RunningDesk

PATIENCE = 30_000  # milliseconds; nothing here says how fast the desk is
expect.set_options(timeout=PATIENCE)
_TELL_OF_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
"""


class Seat:
    def __init__(self, desk: RunningDesk, context: BrowserContext, page: Page, language: str) -> None:
        self.desk, self.context, self.page, self.language = desk, context, page, language
        self.trouble: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.trouble.append(f"{page.url}: {error}"))
        page.on("response", self._see)

    @classmethod
    async def take(cls, browser: Any, desk: RunningDesk, *, language: str = "zh-CN", **more: Any) -> "Seat":
        more = {"viewport": {"width": 1280, "height": 900}, "locale": language, "reduced_motion": "reduce"} | more
        context = await browser.new_context(base_url=desk.address, **more)
        context.set_default_timeout(PATIENCE)
        await context.add_init_script(_TELL_OF_VIOLATIONS)
        return cls(desk, context, await context.new_page(), language)

    async def sign_in(self, login: str) -> None:
        """As everybody does: with login and password."""
        await self.page.goto("/login")
        await self.page.get_by_label(self.t("accounts.login")).fill(login)
        await self.page.get_by_label(self.t("accounts.password")).fill(PASSWORD)
        await self.press("accounts.sign_in")
        await expect(self.page).to_have_url(f"{self.desk.address}/")

    def t(self, key: str, /, **values: object) -> str:
        return say(self.language, key, **values)

    async def go(self, path: str) -> int:
        """The answer's status."""
        answer = await self.page.goto(path)
        assert answer is not None
        return answer.status

    async def press(self, key: str, within: Page | Locator | None = None) -> None:
        await (within or self.page).get_by_role("button", name=self.t(key), exact=True).click()

    async def post(self, path: str, **fields: str) -> tuple[int, str]:
        """A form that the page does not offer, sent with the page's own token: (status, answer)."""
        fields["_csrf"] = await self.page.locator("[name=_csrf]").first.input_value()
        headers = {"origin": self.desk.address, "accept": "text/html", "accept-language": self.language}
        answer = await self.context.request.post(path, form=fields, headers=headers, max_redirects=0)
        return answer.status, await answer.text()

    def _hear(self, message: ConsoleMessage) -> None:
        """The browser itself repeats every refused page there; `_see` judges those."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.trouble.append(f"{self.page.url}: {message.text}")

    def _see(self, answer: Response) -> None:
        """A page may be refused on purpose, nothing else may."""
        most = 500 if answer.request.resource_type == "document" else 400
        if answer.status >= most:
            self.trouble.append(f"{self.page.url}: {answer.status} {answer.url}")
