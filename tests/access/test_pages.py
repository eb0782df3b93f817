"""The page of a portion's confidentiality, its forms, and the same as JSON."""

import re

import httpx
import pytest

from tests.access.test_labels import WHY
from tests.access.test_seals import seals
from tests.firm import Firm
from tests.site import Site

FORM = {"reason": "pay_and_appraisal", "sentence": "It names a sum."}


async def test_the_page_says_who_reads_it_by_rule_and_by_name(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=3, **WHY)
    zhou = await site.browser("zhou")

    shown = (await zhou.get(f"/requests/{number}/labels/{note.token}")).text

    names = re.findall(r'class="who">.*?</span>([^<]+)</span>', shown)
    assert [name in " ".join(names) for name in ("吴桐", "周敏", "钱立群", "林晓雯", "孟凡")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert "It names a sum." in shown
    assert f'action="/requests/{number}/labels/{note.token}/prolongation"' in shown


async def test_the_request_links_to_it_where_something_can_be_done(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "among us", tier=1)

    pages = [(await (await site.browser(who)).get(f"/requests/{number}")).text for who in ("wu", "zhao")]

    assert [f"/requests/{number}/labels/{note.token}" in text for text in pages] == [True, False]


async def test_files_have_a_label_of_their_own_behind_the_label_of_their_words(site: Site, firm: Firm) -> None:
    number, lin = await firm.lin_asks_for("a question"), await site.program("lin")
    await lin.post(f"/api/requests/{number}/attachments", files={"files": ("sum.txt", b"x", "text/plain")})
    wu, zhao = await site.browser("wu"), await site.browser("zhao")

    link = re.search(
        rf"/requests/{number}/labels/([\w-]{{16}})", (await wu.get(f"/requests/{number}/labels/request")).text
    )
    assert link is not None
    done = await wu.post(f"{link[0]}/raising", tier="3", **FORM)

    assert done.status_code == 303
    assert (await zhao.get(link[0])).status_code == 404
    assert "sum.txt" not in (await zhao.get(f"/requests/{number}")).text


async def test_a_raise_from_the_page_keeps_what_was_typed(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=1)
    wu, here = await site.browser("wu"), f"/requests/{number}/labels/{note.token}"
    await wu.get(here)

    silent = await wu.post(f"{here}/raising", tier="3", sentence="It names a sum.")
    done = await wu.post(f"{here}/raising", tier="3", **FORM)

    assert (silent.status_code, done.status_code) == (422, 303)
    assert 'value="It names a sum."' in silent.text
    assert 'aria-invalid="true"' in silent.text
    assert await firm.words(firm.zhao, number) == []


async def test_a_double_click_prolongs_once(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "a price", tier=2, reason="negotiation")
    wu, here = await site.browser("wu"), f"/requests/{number}/labels/{note.token}"
    await wu.get(here)
    sent = {"_key": wu.key, "days": "10", **FORM}

    for _ in range(2):
        assert (await wu.post(f"{here}/prolongation", **sent)).status_code == 303

    assert [row["prolonged"] for row in await firm.rows(firm.wu, "select prolonged from updates")] == [1]


@pytest.mark.parametrize("login", ["zhao", "guest"])
async def test_a_hidden_portion_and_none_at_all_are_the_same(site: Site, firm: Firm, login: str) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=3, **WHY)
    browser, program = await site.browser(login), await site.program(login)

    for client, at in ((browser.http, ""), (program, "/api")):
        answers = [await client.get(f"{at}/requests/{number}/labels/{of}") for of in (note.token, "x" * 16)]
        told = [_plain(answer, note.token) for answer in answers]
        assert told[0] == told[1]
        assert told[0][0] == 404


def _plain(answer: httpx.Response, token: str) -> tuple[int, str]:
    text = answer.text.replace(token, "T").replace("x" * 16, "T")
    return answer.status_code, re.sub(r'(name="_(?:csrf|key)" value=")\w+|(csrf[^"]*" *: *")\w+', "", text)


async def test_a_program_moves_labels(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=1)
    wu, han, here = await site.program("wu"), await site.program("han"), f"/api/requests/{number}/labels/{note.token}"

    none = await wu.post(f"{here}/raising", json={"tier": 3})
    raised = (await wu.post(f"{here}/raising", json={"tier": 3, **FORM})).json()
    longer = (await wu.post(f"{here}/prolongation", json={"days": 10, **FORM})).json()
    await wu.post(f"{here}/core", json={"second": "han", **FORM})
    token = (await firm.rows(firm.han, "select token from countersigns"))[0]["token"]
    agreed = (await han.post(f"/api/countersigns/{token}", json={"agree": True})).json()
    core = (await wu.get(here)).json()
    opened = (await wu.post(f"{here}/opening", json={"to": 1})).json()

    assert none.status_code == 422
    assert {fault["field"] for fault in none.json()["errors"]} == {"reason", "sentence"}
    assert (raised["tier"], raised["raised_on"], longer["prolonged"]) == (3, "2026-11-20", 1)
    assert (agreed["agreed"], core["tier"], [one["login"] for one in core["readers"]]) == (True, 4, ["wu"])
    assert (opened["tier"], opened["readers"]) == (1, None)


async def test_a_program_recuses_and_somebody_else_ends_it(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    zhou, qian, here = await site.program("zhou"), await site.program("qian"), f"/api/requests/{number}/recusals"

    assert (await zhou.post(here, json={"why": "her sister"})).status_code == 204
    assert [(one["login"], one["why"]) for one in (await qian.get(here)).json()] == [("zhou", "her sister")]
    assert (await zhou.post(f"{here}/zhou/end")).status_code == 403
    assert (await qian.post(f"{here}/zhou/end")).status_code == 204
    assert (await qian.get(here)).json() == []


async def test_an_administrator_gives_themselves_no_clearance(site: Site, firm: Firm) -> None:
    admin = await site.browser("admin")
    await admin.get("/people/admin")

    level = await admin.post("/people/admin/levels", department="finance", level="3")
    await admin.get("/departments/legal")
    head = await admin.post("/departments/legal/head", head="admin")
    await admin.get("/people/admin")
    auditor = await admin.post("/people/admin/roles", roles=["administrator", "auditor"])

    assert [answer.status_code for answer in (level, head)] == [409, 409]
    assert auditor.status_code == 409
    refused = await firm.rows(firm.zhao, "select by, subject from entries where tag = 'clearance_refused'")
    assert {(row["by"], row["subject"]) for row in refused} == {(firm.admin.person, f"person:{firm.admin.person}")}
    assert len(refused) == 3


async def test_what_is_sealed_is_in_no_list_badge_or_figure_of_a_non_reader(site: Site, firm: Firm) -> None:
    await firm.lin_asks_for("a laptop")
    number = await firm.lin_asks_for("zebra", tier=3, **WHY)
    zhao = await site.program("zhao")
    member = await site.browser("zhao")
    paths = ("/api/requests", "/api/requests?department=finance", "/api/forecast")

    await seals(firm, number)
    after = [(await zhao.get(path)).text for path in paths]
    queue = (await member.get("/queue?department=finance&state=all")).text

    assert "zebra" not in "".join(after) + queue
    assert 'class="marker"' not in queue
    lin = await site.program("lin")
    assert "zebra" in (await lin.get("/api/requests?mine=true")).text
