"""GET /search and GET /api/search: what is found is what the reader reads, and nothing hints at the rest."""

import re
from typing import Any

import asyncpg
import httpx
import pytest

from desk.finder import jobs
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.site import Site

SECRET = "斑马工资 zebra"


async def asked(site: Site, login: str, q: str, *, cap: int = 4, **more: str) -> dict[str, Any]:
    program = await site.program(login, cap=cap)
    answer = await program.get("/api/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def seen(site: Site, login: str, path: str) -> httpx.Response:
    return await (await site.browser(login, **{"accept-language": "en"})).get(path)


def snippet(item: dict[str, Any]) -> str:
    return "".join(f"[{piece['text']}]" if piece["found"] else piece["text"] for piece in item["snippet"])


async def test_requests_and_words_under_them_are_found(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("报销被退回", body="BX-1107 came back")
    await firm.wu_replies(number, "请补一张发票，金额要一致")

    found = await asked(site, "zhao", "发票")

    assert [(one["kind"], one["number"], snippet(one)) for one in found["items"]] == [
        ("updates", number, "请补一张[发票]，金额要一致")
    ]
    assert found["count"] == "1"
    assert found["facets"]["department"] == [{"value": "finance", "count": "1"}]
    assert found["facets"]["month"] == [{"value": "2026-11", "count": "1"}]


async def test_an_answer_is_shown_where_it_is_what_was_found(
    site: Site, firm: Firm, superuser: asyncpg.Connection
) -> None:
    await firm.lin_asks_for("a receipt", body="Please pay it.")
    await superuser.execute("""update tickets set fields = '{"shop": "Nordlicht", "paid": true}'""")
    await superuser.execute("delete from search_entries")
    await jobs.index_words()

    assert snippet((await asked(site, "zhao", "nordlicht"))["items"][0]) == "[Nordlicht]"
    assert snippet((await asked(site, "zhao", "receipt"))["items"][0]) == "Please pay it."


async def test_services_and_people_are_found(site: Site, firm: Firm) -> None:
    found = await asked(site, "zhao", "费用报销")
    assert [one["code"] for one in found["services"]] == ["expenses"]

    assert [one["code"] for one in (await asked(site, "zhao", "吴桐"))["people"]] == ["wu"]


async def test_a_guest_finds_neither_people_nor_what_is_internal(site: Site, firm: Firm) -> None:
    await firm.lin_asks_for("吴桐 answers")

    found = await asked(site, "guest", "吴桐")

    assert (found["items"], found["people"], found["count"]) == ([], [], "0")
    assert "吴桐" not in re.sub(r'(value="|title>|“).*?("|<|”)', "", (await seen(site, "guest", "/search?q=吴桐")).text)


async def test_the_page_marks_what_was_found_and_leads_to_it(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("An invoice <b>came</b> back")
    reply = await firm.wu_replies(number, "The invoice is right.")

    page = (await seen(site, "zhao", "/search?q=invoice")).text

    assert "An <mark>invoice</mark> &lt;b&gt;came" in page
    assert f'href="/requests/{number}#line-{reply.token}"' in page


@pytest.mark.parametrize("typed", ["2081", "%232081", "＃２０８１"])
async def test_a_number_leads_straight_to_its_request(site: Site, typed: str) -> None:
    answer = await seen(site, "zhao", f"/search?q={typed}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/requests/2081")


async def test_the_old_address_of_the_box_leads_here(site: Site) -> None:
    assert (await seen(site, "zhao", "/find?number=2081")).headers["location"] == "/search?q=2081"


async def test_too_little_is_refused_with_what_was_typed_kept(site: Site) -> None:
    answer = await seen(site, "zhao", "/search?q=款")

    assert answer.status_code == 422
    assert "at least two Chinese characters or three letters" in answer.text
    assert 'value="款"' in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_a_program_is_told_the_same(site: Site) -> None:
    answer = await (await site.program("zhao")).get("/api/search?q=x")

    assert answer.status_code == 422
    assert "三个字母" in answer.text


async def test_nothing_found_says_what_is_searched(site: Site) -> None:
    assert "words that you may not read are not searched" in (await seen(site, "zhao", "/search?q=nothing")).text


async def test_filters_narrow_what_is_listed(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("first invoice")
    await firm.lin_asks_for("second invoice")
    await firm.wu_declines(number)

    assert [one["number"] for one in (await asked(site, "zhao", "invoice", state="declined"))["items"]] == [number]
    assert (await asked(site, "zhao", "invoice", department="hr"))["items"] == []
    assert len((await asked(site, "zhao", "invoice", month="2026-11"))["items"]) == 2


async def test_the_list_goes_on_where_a_page_ends(site: Site, firm: Firm) -> None:
    numbers = [await firm.lin_asks_for(f"invoice {n}") for n in range(23)]

    first = await asked(site, "zhao", "invoice", kind="requests")
    second = await asked(site, "zhao", "invoice", kind="requests", after=first["next"])

    assert [one["number"] for one in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None


async def test_counts_say_no_more_than_fifty(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    for n in range(51):
        await firm.lin_writes(number, f"invoice {n}")

    found = await asked(site, "zhao", "invoice")

    assert found["count"] == "50+"
    assert found["facets"]["kind"] == [{"value": "updates", "count": "50+"}]


async def test_corrected_words_are_found_and_say_so(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    written = await firm.wu_replies(number, "It costs nine zebras.")
    await firm.does(firm.wu, tickets.correct, number, written.token, "It costs ten zebras.", "counted again")

    found = (await asked(site, "zhao", "zebra"))["items"]

    assert [(one["snippet"][0]["text"], one.get("corrected", False)) for one in found] == [
        ("It costs ten ", False),
        ("It costs nine ", True),
    ]


# ---- what may not be read


async def _bytes(site: Site, login: str, q: str) -> tuple[Any, str]:
    page = (await seen(site, login, f"/search?q={q}")).text
    return await asked(site, login, q), re.sub(r'(name="_csrf" value=")\w+|(csrf[^"]*" *: *")\w+', "", page).replace(
        q, "Q"
    )


@pytest.mark.parametrize("login", ["zhao", "admin", "guest", "meng"])
async def test_a_word_that_only_hidden_words_have_answers_as_an_absent_one(
    site: Site, firm: Firm, superuser: asyncpg.Connection, login: str
) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, "zebra", tier=3, reason="legal", sentence="x")
    sealed = await firm.files(firm.lin, "zebra", service="payroll")
    await superuser.execute("update tickets set sealed = true where number = $1", sealed)
    await superuser.execute("select relock_ticket(id) from tickets")

    assert await _bytes(site, login, "zebra") == await _bytes(site, login, "absnt")


@pytest.mark.parametrize("login", ["zhao", "admin"])
async def test_hidden_hits_change_no_count_facet_or_page(site: Site, firm: Firm, login: str) -> None:
    numbers = [await firm.lin_asks_for(f"invoice {n}") for n in range(21)]
    before = await _bytes(site, login, "invoice")
    for _ in range(31):
        await firm.wu_notes(numbers[-1], "invoice", tier=3, reason="legal", sentence="invoice")
    await firm.files(firm.lin, "invoice", service="payroll")

    assert await _bytes(site, login, "invoice") == before


async def test_a_snippet_never_shows_more_than_row_security_does(
    site: Site, firm: Firm, superuser: asyncpg.Connection
) -> None:
    """Even if the index were wrong."""
    await firm.files(firm.lin, SECRET, service="payroll")
    await superuser.execute("update search_entries set terms = terms || array_to_tsvector('{=staff}')")

    found = await asked(site, "zhao", "zebra")

    assert (found["items"], found["count"], found["facets"]["kind"]) == ([], "0", [])


async def test_a_program_finds_no_more_than_its_cap(site: Site, firm: Firm) -> None:
    number = await firm.files(firm.lin, "zebra", service="budget")

    assert [one["number"] for one in (await asked(site, "lin", "zebra", cap=2))["items"]] == [number]
    assert (await asked(site, "lin", "zebra", cap=1))["items"] == []
    assert (await asked(site, "lin", "吴桐", cap=0))["people"] == []


async def test_whoever_lost_a_level_finds_nothing_more_with_the_next_question(
    site: Site, firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    assert (await asked(site, "zhou", "zebra"))["count"] == "1"

    await superuser.execute("delete from memberships where person = $1", firm.zhou.person)

    assert (await asked(site, "zhou", "zebra"))["count"] == "0"


async def test_a_place_in_another_list_opens_none_here(site: Site) -> None:
    assert (await (await site.program("zhao")).get("/api/search?q=invoice&after=abc")).status_code == 422
