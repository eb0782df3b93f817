"""The page of links and its door for programs: what it shows to whom, and that a typed number is no oracle."""

import re

from tests.site import Site
from tests.tickets.test_linking import of_two_tiers, wu_links

ENGLISH = {"accept-language": "en"}


async def test_links_are_listed_for_who_reads_both_ends_and_for_others_there_are_none(site: Site) -> None:
    one, other = await of_two_tiers(site.firm)
    await wu_links(site.firm, one, other)
    lin, zhao = await site.browser("lin", **ENGLISH), await site.browser("zhao", **ENGLISH)

    assert f"#{other}" in (await lin.get(f"/requests/{one}/links")).text
    assert f"linked it: blocks #{other}" in (await lin.get(f"/requests/{one}")).text
    assert f"{other}" not in (await zhao.get(f"/requests/{one}/links")).text
    assert f"#{other}" not in (await zhao.get(f"/requests/{one}")).text


async def test_a_handler_links_by_number_and_ends_the_link(site: Site) -> None:
    one, other = await of_two_tiers(site.firm)
    wu = await site.browser("wu", **ENGLISH)
    await wu.get(f"/requests/{one}/links")
    assert (await wu.post(f"/requests/{one}/links", other=str(other), kind="turned_blocks")).status_code == 303
    assert "must be done before" in (await wu.get(f"/requests/{one}/links")).text
    await wu.post(f"/requests/{one}/links/removal", other=str(other), kind="turned_blocks")

    assert "no link that you may read" in (await wu.get(f"/requests/{one}/links")).text


async def test_whoever_asked_is_not_offered_to_end_what_blocks(site: Site) -> None:
    one, other = await of_two_tiers(site.firm)
    await wu_links(site.firm, one, other)
    lin, wu = await site.browser("lin"), await site.browser("wu")

    assert "links/removal" in (await wu.get(f"/requests/{one}/links")).text
    assert "links/removal" not in (await lin.get(f"/requests/{one}/links")).text


async def test_what_is_over_takes_nothing_in_and_the_page_says_which_it_is(site: Site) -> None:
    goes, over = await site.firm.lin_asks_for("the flight again"), await site.firm.lin_asks_for("the flight")
    await site.firm.wu_resolves(over)
    wu = await site.browser("wu", **ENGLISH)

    assert f"Request #{over} is" in (await wu.get(f"/requests/{goes}/links?other={over}")).text


async def test_a_hidden_number_and_one_never_issued_come_back_alike(site: Site) -> None:
    mine = await site.firm.lin_asks_for("a laptop")
    hidden = await site.firm.files(site.firm.han, "my pay", service="payroll")
    wu, said = await site.browser("wu"), []
    for number in (hidden, 987654):
        await wu.get(f"/requests/{mine}/links")
        answer = await wu.post(f"/requests/{mine}/links", other=str(number), kind="relates")
        said.append(
            (answer.status_code, re.sub(r'(name="_\w+" value=")\w+|\b' + str(number) + r"\b", r"\1", answer.text))
        )

    assert said[0] == said[1]
    assert said[0][0] == 422


async def test_a_merge_is_looked_at_first_and_then_done(site: Site) -> None:
    goes, stays = await site.firm.lin_asks_for("the flight again"), await site.firm.lin_asks_for("the flight")
    wu = await site.browser("wu", **ENGLISH)
    seen = (await wu.get(f"/requests/{goes}/links?other={stays}")).text
    assert "Nobody reads more than today" in seen
    assert "a merge cannot be undone" in seen.lower()
    answer = await wu.post(f"/requests/{goes}/merge", other=str(stays))

    assert answer.headers["location"] == f"/requests/{stays}"
    assert "is not counted on its own" in (await wu.get(f"/requests/{stays}/links")).text


async def test_who_would_read_more_is_said_beforehand(site: Site) -> None:
    one, other = await of_two_tiers(site.firm)
    wu = await site.browser("wu", **ENGLISH)

    assert "all employees. So it cannot be merged" in (await wu.get(f"/requests/{other}/links?other={one}")).text
    assert (await wu.post(f"/requests/{other}/merge", other=str(one))).status_code == 409


async def test_programs_link_split_and_ask_for_a_part(site: Site) -> None:
    one, other = await of_two_tiers(site.firm)
    wu = await site.program("wu")
    links = (await wu.post(f"/api/requests/{one}/links", json={"other": other, "kind": "blocks"})).json()["links"]
    part = await wu.post(f"/api/requests/{one}/children", json={"service": "payroll", "title": "Is it due?"})
    split = (await wu.post(f"/api/requests/{one}/split", json={"title": "a mouse"})).json()

    assert [(link["kind"], link["number"]) for link in links] == [("blocks", other)]
    assert part.json()["requester"] == "吴桐"
    assert split["requester"] == "林晓雯"


async def test_the_forms_file_a_part_and_split_with_the_same_key_once(site: Site) -> None:
    number = await site.firm.lin_asks_for("a laptop")
    wu = await site.browser("wu", **ENGLISH)
    await wu.get(f"/requests/{number}/links")
    answers = [
        (await wu.post(f"/requests/{number}/{path}", title="a part", service="anything", _key=f"{wu.key}{path}")).headers["location"]
        for path in ("children", "children", "split")
    ]  # fmt: skip

    assert answers[0] == answers[1] != answers[2]
