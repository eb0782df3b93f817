"""What is asked within a request, on the pages and in the API: who may do what about it, and nobody else."""

from typing import Any

from desk import db
from desk.directory import actions as directory
from tests.firm import Firm, local
from tests.site import Site
from tests.tickets.test_asking import superiors

ASK = {"kind": "ask", "body": "May it be?", "tier": "1"}


async def taken(firm: Firm) -> int:
    await superiors(firm)
    number = await firm.lin_asks_for("a flight")
    await firm.wu_takes(number)
    return number


async def ask(site: Site, number: int, to: str = "sign:own_superior") -> tuple[Any, str]:
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")
    answer = await wu.post(f"/requests/{number}/updates", to=to, _key=wu.key, **ASK)
    return answer, answer.headers.get("location", "").rpartition("#line-")[2]


async def page(site: Site, login: str, path: str) -> str:
    return (await (await site.browser(login, **{"accept-language": "en"})).get(path)).text


async def test_who_is_asked_finds_it_first_at_home_and_signs_on_its_page(site: Site) -> None:
    number = await taken(site.firm)
    _, token = await ask(site, number)
    qian = await site.browser("qian", **{"accept-language": "en"})
    assert f"/requests/{number}#ask-{token}" in (await qian.get("/")).text
    assert "吴桐 asks you to sign" in (await qian.get(f"/requests/{number}")).text
    await qian.post(f"/requests/{number}/asks/{token}/sign", _key=qian.key)

    assert f"#ask-{token}" not in (await qian.get("/")).text
    assert "Signed" in await page(site, "lin", f"/requests/{number}")


async def test_nobody_else_is_offered_to_sign(site: Site) -> None:
    number = await taken(site.firm)
    _, token = await ask(site, number)

    for login in ("wu", "lin", "zhao"):
        assert f"asks/{token}/sign" not in await page(site, login, f"/requests/{number}")
    zhao = await site.browser("zhao")
    await zhao.get("/")
    assert (await zhao.post(f"/requests/{number}/asks/{token}/sign", _key=zhao.key)).status_code == 403


async def test_a_refusal_without_a_reason_opens_its_form_again(site: Site) -> None:
    number = await taken(site.firm)
    _, token = await ask(site, number)
    qian = await site.browser("qian")
    await qian.get(f"/requests/{number}")
    answer = await qian.post(f"/requests/{number}/asks/{token}/refuse", text=" ", _key=qian.key)

    assert answer.status_code == 422
    assert f'id="act-{token}-refuse" hx-morph-skip open' in answer.text


async def test_an_ask_to_nobody_keeps_what_was_typed(site: Site) -> None:
    number = await taken(site.firm)
    answer, _ = await ask(site, number, to="")

    assert answer.status_code == 422
    assert ASK["body"] in answer.text


async def test_the_department_that_is_asked_finds_it_in_its_queue_and_answers(site: Site) -> None:
    number = await taken(site.firm)
    _, token = await ask(site, number, to="department:hr")
    han = await site.browser("han", **{"accept-language": "en"})
    assert f"/requests/{number}" in (await han.get("/desk")).text
    assert f"asks/{token}/answer" in (await han.get(f"/requests/{number}")).text
    await han.post(f"/requests/{number}/asks/{token}/answer", text="Two people.", _key=han.key)

    assert "Two people." in await page(site, "wu", f"/requests/{number}")


async def test_a_program_asks_and_signs(site: Site) -> None:
    number = await taken(site.firm)
    wu, qian = await site.program("wu"), await site.program("qian")
    asked = await wu.post(f"/api/requests/{number}/asks", json={"to": "sign:own_superior", "body": "May it be?"})
    token = next(entry["id"] for entry in asked.json()["timeline"] if entry["kind"] == "ask")
    signed = await qian.post(f"/api/requests/{number}/asks/{token}/sign", json={"text": "Yes."})

    states = {one["kind"]: one["state"] for one in signed.json()["promises"]}
    assert states["sign_off"] == "kept"


async def test_an_administrator_keeps_what_departments_promise_each_other(site: Site) -> None:
    admin = await site.browser("admin", **{"accept-language": "en"})
    await admin.get("/admin/olas")
    half = await admin.post("/admin/olas", asking="finance", asked="legal", target="hours", _key=admin.key)
    done = await admin.post("/admin/olas", asking="finance", asked="legal", target="hours", hours="2", _key=admin.key)

    assert (half.status_code, done.status_code) == (422, 303)
    assert "2 h of working time" in (await admin.get("/admin/olas")).text
    assert (await (await site.browser("wu")).get("/admin/olas")).status_code == 403


async def test_the_deputy_finds_what_somebody_away_is_asked_for(site: Site) -> None:
    firm = site.firm
    number = await taken(firm)
    _, token = await ask(site, number)
    async with db.acting_as(firm.admin):
        since, until = local("2026-11-20 15:00"), local("2026-12-20 15:00")
        await directory.set_absence(firm.qian.person, firm.han.person, since=since, until=until)

    assert f"#ask-{token}" in await page(site, "han", "/desk")
    assert f"asks/{token}/sign" in await page(site, "han", f"/requests/{number}")
