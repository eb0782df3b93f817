"""What a page is examined for: axe-core's rules of WCAG 2.2 AA, and nothing beyond the edge of the window or of its own place."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.async_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LEAST = {"width": 320, "height": 640}  # WCAG 1.4.10: what a window at 400 % has left
ALL_LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in (WIDE, NARROW)]
_RUN = "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
_OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true }"
_BEYOND = """() => {
  const edge = document.documentElement.clientWidth + 1, page = ["HTML", "BODY", "MAIN"];
  const kept = (one) => one && (!page.includes(one.tagName) && getComputedStyle(one).overflowX !== "visible" || kept(one.parentElement));
  const wide = [...document.querySelectorAll("html, main")].filter((one) => one.scrollWidth > one.clientWidth + 1);
  const out = [...document.querySelectorAll("body *")].filter((one) =>
    one.checkVisibility() && one.getBoundingClientRect().right > edge && !one.closest(".unseen, .skip") && !kept(one.parentElement));
  const says = (one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
  const out_of = (one, box) => one.scrollWidth > one.clientWidth + 1
    || getComputedStyle(one).position === "static" && getComputedStyle(box).display !== "inline" && one.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
  const spilt = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && one.clientWidth && says(one)
    && !one.closest("svg, .unseen, .skip") && getComputedStyle(one).overflowX === "visible" && out_of(one, one.parentElement) && !kept(one.parentElement));
  return [...wide, ...out, ...spilt].slice(0, 4).map((one) => one.outerHTML.slice(0, 160));
}"""


async def faults(page: Page, looks: list[Any], *, opened: bool) -> list[str]:
    """Sentences; none is what is wanted. `opened`: also what stands folded in <details>."""
    found: list[str] = []
    await page.evaluate(AXE)
    await page.set_viewport_size(LEAST)
    found += [f"{page.url} {LEAST['width']}: beyond the edge: {words}" for words in await page.evaluate(_BEYOND)]
    for scheme, size in looks:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size(size)
        here = f"{page.url} {scheme} {size['width']}"
        found += [f"{here}: beyond the edge: {words}" for words in await page.evaluate(_BEYOND)]
        if opened:
            await page.evaluate(_OPEN)
            found += [f"{here}, opened: beyond the edge: {words}" for words in await page.evaluate(_BEYOND)]
        told = await page.evaluate(_RUN, RULES)
        found += [f"{here}: {_say(one)}" for one in told["violations"]]
    return found


def _say(violation: dict[str, Any]) -> str:
    nodes = [f"{node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})" for node in violation["nodes"]]
    return f"{violation['id']}: " + " | ".join(nodes[:3])
