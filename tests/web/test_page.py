import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web import text
from desk.web.times import Times

NOW = datetime(2026, 11, 20, 6, 50, tzinfo=UTC)
ZH, EN = Times("zh-CN", "Asia/Shanghai", NOW), Times("en", "Asia/Shanghai", NOW)


def test_htmx_gets_the_block_and_everybody_else_the_page(browser):
    whole, part = browser.get("/page"), browser.get("/page", headers={"hx-request": "true"})

    assert "<!doctype html>" in whole.text
    assert "<!doctype" not in part.text
    assert 'class="toast' in part.text
    for answer in (whole, part):
        assert "HX-Request, HX-Request-Type" in answer.headers["vary"]


def test_htmx_that_wants_the_whole_page_gets_it(browser):
    headers = {"hx-request": "true", "hx-request-type": "full"}

    assert "<!doctype html>" in browser.get("/page", headers=headers).text


def test_the_layout_shows_who_is_here_in_language_and_theme(browser):
    shown = browser.get("/viewed").text

    assert '<html lang="zh-CN" data-theme="dark">' in shown
    assert "林晓雯，我的菜单" in shown
    assert '<a href="/" data-go="m" aria-current="page">' in shown
    assert '<span class="nav__count">3</span>' in shown


def test_what_was_done_is_said_once(browser):
    browser.cookies.set("desk-said", "web.to_start")

    assert '<div class="toast">' in (first := browser.get("/viewed")).text
    assert "Max-Age=0" in first.headers["set-cookie"]


def test_the_cookie_cannot_put_words_of_its_own_on_the_page(browser):
    browser.cookies.set("desk-said", "<b>hello")

    assert "hello" not in browser.get("/viewed").text


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "今天17:00", "today 17:00"),
        (datetime(2026, 11, 19, 1, 5, tzinfo=UTC), "昨天09:05", "yesterday 09:05"),
        (datetime(2026, 11, 20, 16, 1, tzinfo=UTC), "明天00:01", "tomorrow 00:01"),
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "周二18:00", "Tue 18:00"),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), "12月25日18:00", "25 Dec 18:00"),
        (datetime(2027, 2, 17, 10, 0, tzinfo=UTC), "2027年2月17日18:00", "17 Feb 2027 18:00"),
    ],
)
def test_moments_are_said_as_people_say_them(at, zh, en):
    assert (ZH.moment(at), EN.moment(at)) == (zh, en)


def test_a_narrow_column_says_the_least():
    days = [datetime(2026, 11, day, 9, 0, tzinfo=UTC) for day in (20, 24, 19, 30)]

    assert [ZH.brief(at) for at in days] == ["17:00", "周二", "昨天", "11月30日"]
    assert [EN.brief(at) for at in days] == ["17:00", "Tue", "yesterday", "30 Nov"]


def test_days_and_exact_times():
    at = datetime(2026, 11, 19, 6, 6, 12, tzinfo=UTC)

    assert (ZH.day(at), EN.day(at)) == ("11月19日 星期四", "Thursday 19 November")
    assert (ZH.exact(at), EN.exact(at)) == ("2026年11月19日14:06:12", "19 November 2026, 14:06:12")
    assert ZH.iso(at) == "2026-11-19T14:06:12+08:00"


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (130, "还剩2小时10分", "2 h 10 min left"),
        (35, "还剩35分", "35 min left"),
        (0, "还剩不到1分", "under 1 min left"),
        (-65, "已晚1小时05分", "1 h 05 min late"),
        (5 * 1440, "还剩5天", "5 days left"),
    ],
)
def test_what_is_left(minutes, zh, en):
    due = NOW + timedelta(minutes=minutes)
    assert (ZH.left(due), EN.left(due)) == (zh, en)


@pytest.mark.parametrize(("minutes", "zh"), [(35, "35分"), (-65, "晚1小时05分"), (-1525, "晚1天"), (4400, "3天")])
def test_what_is_left_in_a_narrow_column(minutes, zh):
    assert ZH.clock_left(NOW + timedelta(minutes=minutes)) == zh


@pytest.mark.parametrize("name", ["", "Asia", "../../etc/passwd", "No/Where"])
def test_a_zone_that_does_not_exist_is_the_desks_own(name):
    assert Times("en", name, NOW).clock(NOW) == "14:50"


def test_typed_words_are_escaped_and_only_web_addresses_become_links():
    shown = text.paragraphs('<b>你好</b>\n见 https://example.cn/a?b=1&c=2。\n\njavascript:alert(1) "x"')

    assert shown == (
        "<p>&lt;b&gt;你好&lt;/b&gt;<br>见 "
        '<a href="https://example.cn/a?b=1&amp;c=2" rel="noreferrer nofollow ugc">https://example.cn/a?b=1&amp;c=2</a>。</p>'
        "<p>javascript:alert(1) &#34;x&#34;</p>"
    )


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ('"https://a.cn/x"', "https://a.cn/x"),
        ("<https://a.cn/x>", "https://a.cn/x"),
        ("(https://a.cn/x_(y)).", "https://a.cn/x_(y)"),
        ("https://a.cn/?a=1&b=2;", "https://a.cn/?a=1&amp;b=2"),
        ("https://a.cn/'onclick='alert(1)", "https://a.cn/"),
        ("https://a.cn，谢谢", "https://a.cn"),
    ],
)
def test_an_address_ends_where_the_sentence_around_it_goes_on(typed, linked):
    assert f'<a href="{linked}" rel="noreferrer nofollow ugc">{linked}</a>' in text.paragraphs(typed)


class Measured(str):
    """A text that adds up how many signs were looked at."""

    seen = 0

    def count(self, *what):
        Measured.seen += len(self)
        return super().count(*what)

    def __getitem__(self, place):
        found = super().__getitem__(place)
        Measured.seen += len(found)
        return Measured(found)


def _work(length):
    Measured.seen = 0
    text._trimmed(Measured("https://a.cn/" + ")" * length))
    return Measured.seen


def test_the_end_of_a_long_address_is_found_in_work_that_grows_as_the_address():
    assert _work(2000) < 3 * _work(1000)


def _plainly(address):
    """The same, said as simply as it can be."""
    while address:
        last = address[-1]
        more = last in ")]" and address.count(last) > address.count({")": "(", "]": "["}[last])
        if not (more or last in ".,:!?'" or (last == ";" and not address.endswith("&amp;"))):
            break
        address = address[:-1]
    return address


@given(st.lists(st.sampled_from([*"()[].,;a/", "&amp;", "&amp"])).map("".join))
def test_what_ends_the_sentence_is_no_part_of_an_address(address):
    assert text._trimmed(address) == _plainly(address)


@pytest.mark.parametrize("typed", ['<img src=x onerror="a">', 'https://a.cn/"><script>', "javascript://a", "&lt;b&gt;"])
def test_nothing_typed_becomes_a_tag(typed):
    assert set(re.findall(r"<(\w+)", text.paragraphs(typed))) <= {"p", "a"}
    assert 'onerror="' not in text.paragraphs(typed)


def test_sizes_and_initials():
    assert [text.size(n) for n in (640, 12_345, 1_234_567)] == ["640 B", "12 KB", "1.2 MB"]
    assert [text.initials(name) for name in ("林晓雯", "Daniel Weiss", "Cher", "")] == ["林", "DW", "C", ""]
