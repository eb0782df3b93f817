"""Every due says why, also of a promise that is settled; of what one may not read there is nothing to explain."""

from tests.firm import Firm
from tests.site import Site


async def page(site: Site, login: str, token: str) -> tuple[int, str]:
    answer = await (await site.browser(login, **{"accept-language": "en"})).get(f"/promises/{token}")
    return answer.status_code, answer.text


async def token(firm: Firm, number: int, kind: str) -> str:
    return str((await firm.promises(number, kind))[-1]["token"])


async def test_the_page_of_a_promise_tells_every_step(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")
    status, text = await page(site, "lin", await token(site.firm, number, "resolution"))

    assert status == 200
    assert "version 1" in text
    assert f"/requests/{number}" in text
    assert "16:00" in text


async def test_a_settled_one_still_tells_of_its_pause(site: Site) -> None:
    firm = site.firm
    firm.clock_says("2026-11-23 10:00")
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_asks(number)
    firm.clock_says("2026-11-23 11:00")
    await firm.lin_writes(number)
    await firm.wu_resolves(number)
    _, text = await page(site, "lin", await token(firm, number, "resolution"))

    assert "10:00" in text
    assert "11:00" in text


async def test_who_may_not_read_it_learns_nothing(site: Site) -> None:
    number = await site.firm.lin_asks_for("a salary", service="payroll")
    hidden = await page(site, "zhao", await token(site.firm, number, "resolution"))
    never = await page(site, "zhao", "A" * 22)

    assert hidden[0] == never[0] == 404


async def test_the_ledger_and_the_request_lead_there(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")
    of = await token(site.firm, number, "resolution")
    lin = await site.browser("lin")

    assert f"/promises/{of}" in (await lin.get("/promises?of=to_me")).text
    assert f"/promises/{of}" in (await lin.get(f"/requests/{number}")).text
