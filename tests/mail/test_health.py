"""Whether letters arrive: `desk doctor` for the operator, a page for administrators, nothing for others."""

import re
from datetime import timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.db import Reader
from desk.mail.actions import channels, letters
from desk.mail.actions.letters import Arrived
from desk.mail.queries import channels as seen
from desk.mail.rules.fetching import Fault
from tests.firm import Firm
from tests.mail.letters import letter
from tests.site import Site
from tests.test_doctor import examined, sentence

BOX = "imap:mail.example/desk/INBOX"
URL = "imaps://desk:secret%20word@mail.example/INBOX"


async def well(name: str, *, minutes_ago: int = 0) -> None:
    async with db.acting_as(db.NOBODY):
        await channels.went_well(name, at=clock.now() - timedelta(minutes=minutes_ago), uidvalidity=7, last_uid=3)


async def failed(name: str, fault: Fault) -> None:
    async with db.acting_as(db.NOBODY):
        await channels.failed(name, fault)


async def came(channel: str, *, minutes_ago: int = 0, dead: bool = False) -> None:
    async with db.acting_as(db.NOBODY):
        kept = await letters.keep(Arrived(channel, letter()), at=clock.now() - timedelta(minutes=minutes_ago))
        if dead:
            await db.call("update letters set state = 'dead' where id = $1 returning id", kept)


def of_letters(said: list[str]) -> list[str]:
    return [line for line in said if ("letter" in line or "Letters" in line) and "DESK_CLOCK" not in line]


async def test_a_mailbox_that_stands_still_is_told_with_the_reason(firm: Firm) -> None:
    await well(BOX, minutes_ago=12)
    await failed(BOX, Fault.LOGIN)

    why = "the mail server refuses user or password"
    assert of_letters(await examined(DESK_IMAP_URL=URL)) == [sentence("silent_channel", channel=BOX, n=12, why=why)]


async def test_one_that_was_well_or_is_not_ours_any_more_is_no_news(firm: Firm) -> None:
    await well(BOX, minutes_ago=9)
    await well("imap:old.example/desk/INBOX", minutes_ago=90)

    assert of_letters(await examined(DESK_IMAP_URL=URL)) == []


async def test_one_that_never_fetched_and_one_that_cannot_be_used_are_told(firm: Firm) -> None:
    said = await examined(DESK_IMAP_URL=f"{URL} imaps://nobody:secret@:9x/")

    assert sentence("never_fetched", channel=BOX, why="no reason is known") in said
    assert any(line.startswith("Mailbox 2 of DESK_IMAP_URL cannot be used") for line in said)
    assert "secret" not in "".join(said)


async def test_letters_that_wait_and_dead_ones_are_counted(firm: Firm) -> None:
    await came("smtp", minutes_ago=7)
    await came("smtp", minutes_ago=1)
    await came("drop", minutes_ago=90, dead=True)

    said = of_letters(await examined())
    assert said == [sentence("waiting_letters", n=2, minutes=7), sentence("dead_letters", n=1)]


async def test_administrators_see_each_channel(site: Site) -> None:
    await well("drop")
    await came("smtp")
    await came("smtp", dead=True)
    page = (await (await site.browser("admin")).get("/admin/mail")).text

    drop, smtp = re.findall(
        r'<tr><th scope="row">(\w+)<.*?is-num">(\d+)<.*?is-num">(?:<a href="/letters">)?(\d+)<', page
    )
    assert (drop, smtp) == (("drop", "0", "0"), ("smtp", "1", "1"))
    assert "It is broken" not in page


async def test_nobody_else_sees_it(site: Site, firm: Firm) -> None:
    assert (await (await site.browser("wu")).get("/admin/mail")).status_code == 403
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.qian):
            await seen.channels()


async def test_how_a_channel_is_is_written_by_the_desk_alone(firm: Firm) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(Reader(firm.admin.person)):
            await channels.failed(BOX, Fault.LOGIN)
