"""Words are taken away by two people: a marker and a keyed hash stay, and nothing else does."""

from typing import Any

import asyncpg
import pytest

from desk import db, store
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, NotFound, Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion, attach
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.rules import removal as rules
from tests.firm import Firm
from tests.notices.test_notices import worker_runs
from tests.site import Site
from tests.tickets.test_linking import together

SECRET = "her number is 330102-zebra"


async def asks(firm: Firm, who: Any, number: int, token: str, reason: str | None = "personal_data") -> str:
    """The removal's token."""
    await firm.does(who, tickets.ask_removal, number, token, reason)
    rows = await firm.rows(who, "select token from removals order by id desc limit 1")
    return str(rows[0]["token"])


async def agrees(firm: Firm, who: Any, number: int, removal: str) -> None:
    await firm.does(who, tickets.agree_to_removal, number, removal)


@pytest.fixture
async def number(firm: Firm) -> int:
    return await firm.lin_asks_for("a taxi receipt")


@pytest.fixture
async def words(firm: Firm, number: int) -> Written:
    return await firm.wu_replies(number, SECRET)


async def everything(root: asyncpg.Connection) -> str:
    """All that the database holds, as one text."""
    names = await root.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    rows = [await root.fetch(f'select x::text from "{name[0]}" x') for name in names]  # noqa: S608 - names of the catalogue
    return "\n".join(row[0] for found in rows for row in found)


async def test_until_a_second_person_agrees_nothing_goes(firm: Firm, number: int, words: Written):
    await asks(firm, firm.wu, number, words.token)

    assert await firm.words(firm.lin, number) == [SECRET]


async def test_the_words_are_gone_from_everywhere_and_a_marker_stays(
    site: Site, firm: Firm, superuser: asyncpg.Connection, number: int, words: Written
):
    await firm.does(firm.wu, tickets.correct, number, words.token, SECRET + " again", SECRET)
    await firm.wu_notes(number, "beside", tier=1)
    await agrees(firm, firm.qian, number, await asks(firm, firm.wu, number, words.token))
    await worker_runs(superuser)

    assert "zebra" not in await everything(superuser)
    page = (await (await site.browser("zhao", **{"accept-language": "en"})).get(f"/requests/{number}")).text
    assert "These words were removed on 20 Nov by decision of two people. Reason: personal data." in page
    assert "zebra" not in page


async def test_what_was_promised_in_the_words_stays_owed_without_them(
    firm: Firm, superuser: asyncpg.Connection, number: int
):
    await firm.wu_expects(number, by="2026-11-20 17:30")
    (row,) = await firm.rows(firm.lin, "select token from updates")
    await agrees(firm, firm.qian, number, await asks(firm, firm.wu, number, row["token"]))

    (promise,) = await firm.promises(number, "expectation")
    assert (promise["what"], promise["state"]) == ("…", "open")


async def test_files_go_from_the_store(
    site: Site, firm: Firm, superuser: asyncpg.Connection, number: int, words: Written
):
    portion = Portion(label=words.label, audience=words.audience, update=words.id)
    ticket = (await firm.case(number, firm.wu)).id
    async with db.acting_as(firm.wu):
        (token,) = await attach(ticket, [File("zebra.pdf", b"%PDF-1.4 x")], portion, at=firm.time.at)
    key = await superuser.fetchval("select object from attachments")
    await agrees(firm, firm.qian, number, await asks(firm, firm.wu, number, words.token))
    await worker_runs(superuser)

    with pytest.raises(FileNotFoundError):
        await store.get(key)
    assert (await (await site.browser("lin")).get(f"/files/{token}")).status_code == 404
    assert "zebra" not in await everything(superuser)


async def test_the_requests_own_words_can_go_too(firm: Firm, superuser: asyncpg.Connection):
    number = await firm.lin_asks_for("zebra title", body=SECRET)
    await agrees(firm, firm.qian, number, await asks(firm, firm.lin, number, "request"))
    await worker_runs(superuser)

    (row,) = await firm.rows(firm.lin, "select title, body, removed_for from tickets")
    assert tuple(row) == ("…", "", "personal_data")
    assert "zebra" not in await everything(superuser)


async def test_the_sentence_of_the_label_goes_with_the_words(firm: Firm, superuser: asyncpg.Connection):
    shut = {"tier": 3, "reason": "personal_data", "sentence": SECRET}
    number = await firm.lin_asks_for("a question", **shut)
    note = await firm.wu_notes(number, SECRET, **shut)
    ticket = (await firm.case(number, firm.wu)).id
    async with db.acting_as(firm.wu):
        hangs_on = Portion(label=note.label, audience=note.audience, update=note.id)
        await attach(ticket, [File("a.txt", b"x")], hangs_on, at=firm.time.at)

    for who, token in ((firm.wu, note.token), (firm.lin, "request")):
        await agrees(firm, firm.qian, number, await asks(firm, who, number, token))
    await worker_runs(superuser)

    kept = (
        "select sentence from tickets union all select sentence from updates union all select sentence from attachments"
    )
    assert [row["sentence"] for row in await superuser.fetch(kept)] == [None, None, None]
    assert "zebra" not in await everything(superuser)


async def test_it_is_journaled_and_told(firm: Firm, superuser: asyncpg.Connection, number: int, words: Written):
    removal = await asks(firm, firm.wu, number, words.token)
    await worker_runs(superuser)
    assert len(await firm.rows(firm.qian, "select from notices where tag = 'removal_asked'")) == 1
    await agrees(firm, firm.qian, number, removal)
    await worker_runs(superuser)

    assert (await firm.entries(number))[-2:] == ["removal_asked", "words_removed"]
    for who in (firm.lin, firm.wu):
        assert len(await firm.rows(who, "select from notices where tag = 'words_removed'")) == 1


@pytest.mark.parametrize("who", ["lin", "zhao", "han", "admin"])
async def test_only_the_author_and_handlers_of_the_owner_department_ask(
    firm: Firm, number: int, words: Written, who: str
):
    with pytest.raises(Forbidden):
        await asks(firm, firm.people[who], number, words.token)


@pytest.mark.parametrize("reason", [None, "", "embarrassing"])
async def test_a_reason_of_the_list_is_needed(firm: Firm, number: int, words: Written, reason: str | None):
    with pytest.raises(Invalid):
        await asks(firm, firm.wu, number, words.token, reason)


async def test_nobody_agrees_to_what_they_asked_for(firm: Firm, number: int, words: Written):
    removal = await asks(firm, firm.qian, number, words.token)

    with pytest.raises(Forbidden, match="somebody else must decide"):
        await agrees(firm, firm.qian, number, removal)


async def test_a_handler_above_or_below_who_asked_does_not_agree_and_one_of_another_line_does(
    firm: Firm, number: int, words: Written
):
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.wu.person, firm.zhou.person)
    removal = await asks(firm, firm.wu, number, words.token)
    for who in (firm.zhou, firm.lin, firm.zhao):
        with pytest.raises(Forbidden, match="neither above nor below"):
            await agrees(firm, who, number, removal)

    await agrees(firm, firm.han, number, removal)
    assert await firm.words(firm.lin, number) == [""]


async def test_whoever_may_not_read_the_words_does_not_decide(firm: Firm, number: int):
    note = await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    removal = await asks(firm, firm.wu, number, note.token)

    with pytest.raises(NotFound):
        await agrees(firm, firm.han, number, removal)


async def test_the_database_itself_wants_a_second_person(
    firm: Firm, superuser: asyncpg.Connection, number: int, words: Written
):
    await asks(firm, firm.wu, number, words.token)
    row = await superuser.fetchval("select id from removals")
    for who in (firm.wu, firm.lin):
        async with db.acting_as(who):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.call("select remove_words($1, '[]', 'x')", row)


async def test_a_no_keeps_the_words_and_who_asked_may_think_again(firm: Firm, number: int, words: Written):
    for who in (firm.qian, firm.wu):
        await firm.does(who, tickets.refuse_removal, number, await asks(firm, firm.wu, number, words.token))

    assert await firm.words(firm.lin, number) == [SECRET]
    assert [row["state"] for row in await firm.rows(firm.lin, "select state from removals")] == ["refused", "refused"]


async def test_what_was_asked_is_not_asked_twice_and_what_is_decided_not_decided_again(
    firm: Firm, number: int, words: Written
):
    removal = await asks(firm, firm.wu, number, words.token)
    with pytest.raises(Refused, match="already"):
        await asks(firm, firm.zhou, number, words.token)
    await agrees(firm, firm.qian, number, removal)

    with pytest.raises(db.Lost):
        await agrees(firm, firm.han, number, removal)
    with pytest.raises(Invalid):
        await firm.does(firm.wu, tickets.correct, number, words.token, "x", "y")


async def test_a_copy_can_be_proved_by_the_two_who_decided(
    firm: Firm, superuser: asyncpg.Connection, number: int, words: Written
):
    removal = await asks(firm, firm.wu, number, words.token)
    await agrees(firm, firm.qian, number, removal)

    same = [await firm.does(firm.qian, _proves, number, removal, copy) for copy in (SECRET + "\r\n", SECRET + "!")]
    assert same == [True, False]
    with pytest.raises(Forbidden):
        await firm.does(firm.zhao, _proves, number, removal, SECRET)
    assert rules.mark(b"another key", rules.plain(SECRET)) not in str(
        await superuser.fetchval("select digests from removals")
    )


async def _proves(case: Any, removal: str, copy: str, *, at: Any) -> bool:
    return await tickets.is_copy(case, removal, copy)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "钱立群同意，已于11月20日撤除"), ("en", "Taken away on 20 Nov")]
)
async def test_on_the_page_one_asks_another_agrees(
    site: Site, firm: Firm, number: int, words: Written, language: str, said: str
):
    wu, qian = [await site.browser(login, **{"accept-language": language}) for login in ("wu", "qian")]
    await wu.get(f"/requests/{number}/removals")
    sent = await wu.post(f"/requests/{number}/removals", words=words.token, reason="personal_data", _key=wu.key)
    assert sent.status_code == 303
    assert f"/requests/{number}/removals" in (await qian.get(f"/requests/{number}")).text
    (row,) = await firm.rows(firm.wu, "select token from removals")
    await qian.get(f"/requests/{number}/removals")
    await qian.post(f"/requests/{number}/removals/{row['token']}", agree="1", _key=qian.key)

    assert said in (await qian.get(f"/requests/{number}/removals")).text
    assert "zebra" not in qian.page
    proved = await qian.post(f"/requests/{number}/removals/{row['token']}/proof", copy=SECRET)
    assert ("一致：" if language == "zh-CN" else "The same:") in proved.text


async def test_a_program_does_the_same(site: Site, firm: Firm, number: int, words: Written):
    wu, qian, at = await site.program("wu"), await site.program("qian"), f"/api/requests/{number}/removals"
    await wu.post(at, json={"words": words.token, "reason": "personal_data"})
    (listed,) = (await qian.get(at)).json()
    shown = (await qian.post(f"{at}/{listed['id']}", json={"agree": True})).json()

    (line,) = [one for one in shown["timeline"] if one["id"] == words.token]
    assert (line["body"], line["removed"]["reason"]) == ("", "personal_data")
    assert (await qian.get(at)).json()[0]["state"] == "removed"


async def test_the_page_of_shut_words_is_a_reading(site: Site, firm: Firm, superuser: asyncpg.Connection, number: int):
    await firm.wu_notes(number, "we hope for 90", tier=2, reason="negotiation")
    await (await site.browser("zhou")).get(f"/requests/{number}/removals")

    assert await superuser.fetchval("select count(*) from reads") == 1


async def test_i_cannot_tell_you_can_be_taken_away_as_well(firm: Firm, number: int):
    said = await firm.does(firm.wu, tickets.cannot_tell, number, SECRET, "legal", Shut())
    await agrees(firm, firm.qian, number, await asks(firm, firm.wu, number, said.token))

    assert await firm.words(firm.lin, number) == [""]


async def test_what_was_promised_in_them_goes_too_also_where_a_merge_has_carried_it(
    firm: Firm, superuser: asyncpg.Connection, number: int
):
    into = await firm.lin_asks_for("a taxi receipt again")
    written = await firm.wu_expects(number, "2026-11-24 12:00")
    await together(firm, firm.wu, tickets.merge, number, into)
    assert await superuser.fetchval("select what from promises where kind = 'expectation'") == "whether it is paid"
    await agrees(firm, firm.qian, number, await asks(firm, firm.wu, number, written.token))

    assert await superuser.fetchval("select what from promises where kind = 'expectation'") == "…"
