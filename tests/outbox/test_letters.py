"""A letter for each who is told, in their words, and nothing in it that they may not read."""

import asyncpg
import pytest

from desk import db
from desk.db import Reader
from desk.journal.queries import fact
from desk.outbox import jobs as outbox
from desk.outbox.actions.writing import write
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.outbox.post import Server, every_word, text, worker_runs

LIN, WU, ZHAO = "lin@example.cn", "wu@example.cn", "zhao@example.cn"


async def speaks(root: asyncpg.Connection, who: Reader, language: str) -> None:
    await root.execute("update people set language = $2 where id = $1", who.person, language)


@pytest.fixture
async def number(firm: Firm, superuser: asyncpg.Connection, server: Server) -> int:
    """林 wrote by mail, in English."""
    await speaks(superuser, firm.lin, "en")
    number = await firm.lin_asks_for("a laptop", channel="mail")
    await worker_runs(superuser)
    return number


async def test_who_writes_by_mail_is_told_the_number_and_the_promise_with_its_reason(
    number: int, server: Server
) -> None:
    (letter,) = server.box(LIN)

    assert letter["Subject"] == f"[#{number}] a laptop"
    assert (
        "You will have an answer by Fri 20 Nov 18:00, because it was received Fri 20 Nov 15:00, before the cut-off"
        in text(letter)
    )
    assert "Finance answers the same day" in text(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "because it was received" in text(letter, "html")


async def test_who_files_on_a_page_gets_no_letter_about_it(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    await firm.lin_asks_for("a desk")
    await worker_runs(superuser)

    assert server.box(LIN) == []
    assert len(server.box(WU)) == 1  # due today, so at once


async def test_a_reply_is_a_persons_and_stands_under_what_it_answers(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    await firm.wu_replies(number, "It is <ordered> & comes on Monday.")
    await worker_runs(superuser)
    first, reply = server.box(LIN)  # that 吴 took it is said by the reply

    assert "It is <ordered> & comes on Monday." in text(reply)
    assert "It is &lt;ordered&gt; &amp; comes on Monday." in text(reply, "html")
    assert [reply[name] for name in ("Auto-Submitted", "X-Auto-Response-Suppress")] == [None, None]
    assert first["Message-ID"] in reply["References"]


async def test_a_reply_tells_the_word_that_it_gives_and_no_letter_that_of_shut_words(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    shut = {"tier": 3, "reason": "legal", "sentence": "x"}
    await firm.replies(firm.wu, number, "zebra", by="2026-11-20 16:10", **shut)
    await firm.replies(firm.wu, number, by="2026-11-20 17:30")
    await worker_runs(superuser)
    _, closed, told = server.box(LIN)

    assert "What was promised: whether it is paid, by Fri 20 Nov 17:30" in text(told)
    assert "16:10" not in every_word(closed) + every_word(told)
    assert closed["Subject"] == f"[#{number}] News"


async def test_a_restricted_note_is_in_no_letter_of_the_requester(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    await firm.does(firm.zhao, tickets.watch, number)
    await firm.wu_notes(number, "zebra salary", tier=3, reason="legal", sentence="zebra")
    await worker_runs(superuser)

    assert len(server.box(LIN)) == 1
    assert [word for _, _, content in server.taken for word in ("zebra",) if word in content.decode()] == []
    assert not [one for one in server.box(ZHAO) if "zebra" in every_word(one)]


async def test_a_letter_that_cannot_be_written_stops_no_other(
    firm: Firm, superuser: asyncpg.Connection, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails_for_wu(*given: object, **more: object) -> None:
        if db.reader() == firm.wu:
            raise LookupError("of a kind that nobody thought of")
        await write(*given, **more)  # type: ignore[arg-type]

    await worker_runs(superuser)
    await firm.lin_asks_for("a laptop", channel="mail")
    entry = await superuser.fetchval("select max(entry) from errands")
    async with db.acting_as(db.NOBODY):
        filed = await fact(entry)
    monkeypatch.setattr(outbox, "write", fails_for_wu)
    with pytest.raises(LookupError):
        await outbox.tell(filed)
    await outbox.deliver()

    assert [len(server.box(address)) for address in (LIN, "zhou@example.cn", WU)] == [1, 1, 0]
    assert await superuser.fetchval(
        "select count(*) from notices where entry = $1 and person = $2", entry, firm.wu.person
    )


async def test_a_zone_that_nobody_knows_and_an_address_that_is_none_stop_nothing(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    await superuser.execute("update people set zone = 'Nowhere/At_All' where id = $1", firm.wu.person)
    await superuser.execute("update people set email = 'no address' where id = $1", firm.lin.person)
    await firm.lin_asks_for("a laptop", channel="mail")
    await worker_runs(superuser)

    assert len(server.box(WU)) == 1
    assert await superuser.fetchval("select fault from sendings where person = $1", firm.lin.person) == "address"
