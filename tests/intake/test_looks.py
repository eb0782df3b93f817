"""A letter as it looked: for its writer, and for who reads the request that it became, if it brings nothing else."""

import pytest

from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.intake.post import PASSED, Post, letter
from tests.site import Site

HTML = (
    '<p>Look at <b>this</b> table<script>alert(1)</script><img src="https://track.example/x.png"><img src="cid:a"></p>'
)


def in_html(html: str = HTML, **more: str) -> bytes:
    return letter(html, Content_Type="text/html; charset=utf-8", Authentication_Results=PASSED, **more)


async def looked_at(site: Site, login: str, number: int, token: str) -> tuple[int, str]:
    visit = await site.browser(login, **{"accept-language": "en"})
    answer = await visit.get(f"/requests/{number}/letters/{token}")
    return answer.status_code, answer.text


@pytest.mark.parametrize("login", ["lin", "wu", "zhao"])
async def test_who_reads_the_request_sees_it_in_a_frame_that_may_do_nothing(login: str, post: Post, site: Site) -> None:
    row = await post.brings(in_html(), to="finance@desk.localhost")
    visit = await site.browser(login)
    listed = (await visit.get(f"/requests/{row['number']}/letters")).text
    status, page = await looked_at(site, login, row["number"], row["token"])

    assert f"/requests/{row['number']}/letters/{row['token']}" in listed
    assert status == 200
    assert 'sandbox="" ' in page
    assert "&lt;b&gt;this&lt;/b&gt;" in page
    assert "2 pictures are left out." in page
    assert not [word for word in ("alert(1)", "track.example", "cid:a") if word in page]


async def test_what_quotes_others_is_shown_to_its_writer_alone(firm: Firm, post: Post, site: Site) -> None:
    first = await post.brings(in_html(), to="finance@desk.localhost")
    quoting = in_html("<p>New</p><blockquote>zebra</blockquote>", In_Reply_To="<other@example.cn>", subject="Another")
    row = await post.brings(quoting, to="finance@desk.localhost")
    assert first["number"] != row["number"]
    pages = {who: await looked_at(site, who, row["number"], row["token"]) for who in ("lin", "wu")}

    assert "zebra" in pages["lin"][1]
    assert "zebra" not in pages["wu"][1]
    assert "quotes or passes on" in pages["wu"][1]


async def test_a_letter_that_went_on_with_a_request_is_its_writers(firm: Firm, post: Post, site: Site) -> None:
    number = (await post.brings(in_html(), to="finance@desk.localhost"))["number"]
    to = post.address(number, firm.lin)
    row = await post.brings(in_html("<p>And more</p>", to=to), to=to)

    assert (await looked_at(site, "lin", number, row["token"]))[0] == 200
    assert (await looked_at(site, "wu", number, row["token"]))[0] == 404


async def test_who_may_not_read_the_request_finds_nothing(firm: Firm, post: Post, site: Site) -> None:
    row = await post.brings(in_html())  # unmatched: of tier 2
    hidden = await looked_at(site, "han", row["number"], row["token"])
    never = await looked_at(site, "han", row["number"], "A" * 32)

    for status, page in (hidden, never):
        assert status == 404
        assert "There is no such request, or its existence is withheld" in page
    assert (await looked_at(site, "admin", row["number"], row["token"]))[0] == 404


async def test_at_tier_2_it_is_written_down_who_looked(firm: Firm, post: Post, site: Site) -> None:
    row = await post.brings(in_html())
    assert (await looked_at(site, "wu", row["number"], row["token"]))[0] == 200

    seen = await post.superuser.fetch("select person, channel from reads where item = $1", f"ticket:{row['ticket']}")
    assert [tuple(one) for one in seen] == [(firm.wu.person, "page")]


async def test_what_two_people_took_away_is_gone_as_it_looked_too(firm: Firm, post: Post, site: Site) -> None:
    number = (await post.brings(in_html(), to="finance@desk.localhost"))["number"]
    to = post.address(number, firm.lin)
    row = await post.brings(in_html("<p>zebra</p>", to=to), to=to)
    words = await post.superuser.fetchval("select token from updates where id = $1", row["of_update"])
    await firm.does(firm.wu, tickets.ask_removal, number, words, "personal_data")
    token = await post.superuser.fetchval("select token from removals")
    await firm.does(firm.zhou, tickets.agree_to_removal, number, token)

    assert (await looked_at(site, "lin", number, row["token"]))[0] == 404
