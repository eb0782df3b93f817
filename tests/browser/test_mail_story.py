"""The main job for who uses the desk by mail alone: 林 writes from QQ, 吴 answers on the page, a restricted note goes nowhere."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import asyncpg
import pytest
from playwright.async_api import expect

from desk.i18n import say
from tests.browser import qq
from tests.browser.conftest import Sit
from tests.browser.looks import ALL_LOOKS, faults
from tests.browser.running import PATIENCE, RunningDesk
from tests.browser.seat import Seat
from tests.outbox.post import Server, every_word, parsed, text

TITLE = "周三打车的发票没有抬头"
ASKS = "周三去客户那里打车，86元，发票上没有公司抬头，请问还能报销吗？"
ADDS = "补充一下：行程单我这里有，需要的话明天带过来。"
NOTES = "这位司机本月第三次开错，先查是不是同一家公司。"
WHY_NOT = "核查结束前不宜让对方知道"
REPLIES = "可以报销，行程单请一起交上来。"
FRIDAY = "2026-11-20 "
LIN = qq.ADDRESS
_WAITING = "select (select count(*) from errands where state <> 'done') + (select count(*) from sendings where state in ('queued', 'deferred'))"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_question_by_mail_is_promised_and_answered_and_a_restricted_note_is_in_no_letter(
    desk_with_mail: RunningDesk, mail_server: tuple[Server, str], sit: Sit, language: str
):
    desk, post = desk_with_mail, mail_server[0]
    wu = await sit(desk, "wu", language=language)

    qq.writes(desk, "finance@desk.localhost", TITLE, ASKS)
    [acknowledged] = await lin_has(post, 1)
    the_promise_and_its_reason_are_told(acknowledged, language)
    desk.clock_says(FRIDAY + "09:40")
    qq.answers(desk, acknowledged, ADDS)

    await wu_finds_both_letters(wu)
    await wu_sees_how_the_first_one_looked(wu)
    desk.clock_says(FRIDAY + "09:50")
    await wu_notes(wu)
    desk.clock_says(FRIDAY + "10:05")
    await wu_replies(wu)
    *_, answered = await lin_has(post, 2)
    assert REPLIES in text(answered)
    assert acknowledged["Message-ID"] in answered["References"]
    desk.clock_says(FRIDAY + "11:31")  # the digests have left too
    await nothing_waits(desk)
    the_note_is_in_no_letter(post)


async def lin_has(post: Server, letters: int) -> list[EmailMessage]:
    async def so_many() -> bool:
        return len(post.box(LIN)) >= letters

    await _until(so_many)
    assert len(post.box(LIN)) == letters
    return post.box(LIN)


def the_promise_and_its_reason_are_told(letter: EmailMessage, language: str) -> None:
    said = text(letter)
    assert say(language, "outbox.received") in said
    promised = {
        "zh-CN": "答应您的答复时间：11月20日星期五18:00前，因为",
        "en": "You will have an answer by Fri 20 Nov 18:00, because",
    }
    assert promised[language] in said
    assert all(time in said for time in ("09:30", "16:00", "18:00")), said
    assert letter["Auto-Submitted"].startswith("auto-")


async def wu_finds_both_letters(wu: Seat) -> None:
    await wu.go("/desk")
    await wu.page.locator("#desk-live .row__title a").first.click()
    await expect(wu.page.get_by_role("heading", name=TITLE)).to_be_visible()
    told = wu.page.locator("#timeline")
    await expect(told).to_contain_text(ADDS)
    await expect(told).to_contain_text(ASKS)
    assert "原始邮件" not in await told.inner_text(), "what was quoted stands above already"
    await expect(wu.page.get_by_text(wu.t("tickets.label_unverified"))).to_have_count(0)


async def wu_sees_how_the_first_one_looked(wu: Seat) -> None:
    """The second quotes a letter of the desk: it is shown to its writer alone."""
    here = wu.page.url
    await wu.go(f"{here}/letters")
    await wu.page.get_by_role("link", name=wu.t("intake.look_open")).click()
    await expect(wu.page.frame_locator("iframe").locator("body")).to_contain_text(ASKS)
    assert await faults(wu.page, ALL_LOOKS, opened=False) == []
    await wu.go(here)


async def wu_notes(wu: Seat) -> None:
    form = wu.page.locator("#reply")
    await form.get_by_label(wu.t("tickets.compose_note"), exact=True).check()
    await form.locator("#body").fill(NOTES)
    await form.get_by_label(wu.t("tickets.who_reads")).select_option("3")
    await form.get_by_label(wu.t("tickets.tier_reason")).select_option("investigation")
    await form.get_by_label(wu.t("tickets.tier_sentence")).fill(WHY_NOT)
    await wu.press("tickets.send", form)
    await expect(wu.page.locator(".line--note")).to_contain_text(NOTES)


async def wu_replies(wu: Seat) -> None:
    form = wu.page.locator("#reply")
    await form.get_by_role("radio", name=wu.t("tickets.compose_reply")).check()
    await form.locator("#body").fill(REPLIES)
    await form.get_by_label(wu.t("tickets.word_answer")).check()
    await wu.press("tickets.send", form)
    await expect(wu.page.locator("#timeline")).to_contain_text(REPLIES)


async def nothing_waits(desk: RunningDesk) -> None:
    url = desk.environment["DESK_DATABASE_URL"].replace("//desk@", "//postgres@")
    async with asyncpg.create_pool(url, min_size=1, max_size=1) as everything:

        async def nothing() -> bool:
            return await everything.fetchval(_WAITING) == 0

        await _until(nothing)


def the_note_is_in_no_letter(post: Server) -> None:
    told = {to for _, to, _ in post.taken}
    assert {LIN, "zhou@example.cn"} <= told, "周 reads the note on the page, and was written to"
    everything = "\n".join(every_word(parsed(content)) for _, _, content in post.taken)
    assert REPLIES in everything
    for words in (NOTES, WHY_NOT, NOTES[:8]):
        assert words not in everything


async def _until(so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await so():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.1)
