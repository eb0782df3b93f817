"""Before something is sent: who will be able to read it."""

import re

import asyncpg
import pytest

from desk.tickets.actions import note
from desk.tickets.actions.updates import Shut
from tests.firm import Firm
from tests.site import Site

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


async def says(site: Site, login: str, path: str, language: str = "en") -> str:
    visit = await site.browser(login, **{"accept-language": language})
    return " ".join((await visit.get(path, headers=FRAGMENT)).text.split())


@pytest.mark.parametrize(
    ("tier", "kind", "words"),
    [
        ("1", "reply", "7 people will be able to read it."),
        ("2", "reply", "4 people will be able to read it: 林晓雯, 钱立群, 周敏, 孟凡."),
        ("3", "reply", "3 people will be able to read it: 林晓雯, 钱立群, 周敏."),
        ("3", "note", "2 people will be able to read it: 钱立群, 周敏."),
        ("", "note", "people will be able to read it: 林晓雯"),
    ],
)
async def test_it_names_who_will_read_before_it_is_sent(site: Site, firm: Firm, tier: str, kind: str, words: str):
    number = await firm.lin_asks_for("a taxi receipt")

    assert words in await says(site, "wu", f"/requests/{number}/readers?tier={tier}&kind={kind}")


async def test_it_says_so_in_chinese(site: Site, firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert (
        await says(site, "wu", f"/requests/{number}/readers?tier=3&kind=note", "zh-CN")
        == "能看到的有2人：钱立群、周敏。"
    )


@pytest.mark.parametrize(("tier", "kind"), [(2, "note"), (3, "note")])
async def test_whoever_is_named_reads_it_and_nobody_else(site: Site, firm: Firm, tier: int, kind: str):
    number = await firm.lin_asks_for("a taxi receipt")
    told = await says(site, "wu", f"/requests/{number}/readers?tier={tier}&kind={kind}")
    await firm.does(firm.wu, note, number, "the words", Shut(tier, "legal", "It is so."))

    others = [login for login in firm.people if login != "wu"]
    reads = [login for login in others if await firm.words(firm.people[login], number)]
    assert re.search(r"\d+", told)[0] == str(len(reads))


async def test_words_under_a_shut_request_are_no_wider_than_it(site: Site, firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")

    assert (
        await says(site, "han", f"/requests/{number}/readers?tier=1&kind=reply")
        == "1 person will be able to read it: 林晓雯."
    )


async def test_who_is_recused_is_not_counted(site: Site, firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("a complaint")
    await superuser.execute(
        "insert into recusals (person, ticket, since, by, why) select $1, id, filed_at, $1, 'x' from tickets",
        firm.zhou.person,
    )

    assert (
        await says(site, "wu", f"/requests/{number}/readers?tier=3&kind=note")
        == "1 person will be able to read it: 钱立群."
    )


async def test_whose_recusal_has_ended_is_counted_again(site: Site, firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("a complaint")
    await superuser.execute(
        "insert into recusals (person, ticket, since, until, by, why)"
        " select $1, id, filed_at - interval '2 h', filed_at - interval '1 h', $1, 'x' from tickets",
        firm.zhou.person,
    )

    assert "2 people will be able to read it" in await says(site, "wu", f"/requests/{number}/readers?tier=3&kind=note")


async def test_a_new_request_says_it_for_the_services_usual_tier(site: Site, firm: Firm):
    lin = await site.browser("lin", **{"accept-language": "en"})

    assert "1 person will be able to read it: 韩梅." in (await lin.get("/new?service=payroll")).text
    assert "This service’s usual tier is “Restricted”" in lin.page
    assert (
        await says(site, "lin", "/new/readers?service=expenses&tier=3")
        == "3 people will be able to read it: 钱立群, 吴桐, 周敏."
    )


async def test_without_script_a_page_tells_of_every_choice(site: Site, firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    wu = await site.browser("wu", **{"accept-language": "en"})
    await wu.get(f"/requests/{number}")
    assert f'href="/requests/{number}/readers"' in wu.page

    page = (await wu.get(f"/requests/{number}/readers")).text
    assert all(words in page for words in ("7 people", "林晓雯, 钱立群, 周敏.", "钱立群, 周敏."))


async def test_a_guest_learns_how_many_and_not_who(site: Site, firm: Firm, superuser: asyncpg.Connection):
    await superuser.execute("update services set tier = 0 where code = 'expenses'")
    number = await firm.files(firm.guest, "a visit")

    told = await says(site, "guest", f"/requests/{number}/readers?tier=2&kind=message")
    assert re.fullmatch(r"\d+ people will be able to read it\.", told)


async def test_whoever_may_not_read_the_request_gets_the_one_refusal(site: Site, firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    zhao = await site.browser("zhao")

    answers = [await zhao.get(f"/requests/{n}/readers?tier=3&kind=note") for n in (number, 987654)]
    assert {answer.status_code for answer in answers} == {404}
