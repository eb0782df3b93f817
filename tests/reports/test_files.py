"""What leaves a report as a file says what the page says, and no spreadsheet computes anybody's words."""

import csv
import html
import io
import re
import zipfile
from typing import Any

import pytest

from desk import db
from desk.directory import actions as directory
from desk.reports.routes.files import workbook
from desk.reports.routes.sheets import SHEETS
from desk.reports.rules import commas
from tests.firm import Firm
from tests.site import Site

DAYS = "from=2026-11-01&to=2026-11-30"
PROMISES = f"/reports/finance/promises.csv?{DAYS}"
REQUESTS = f"/reports/finance/requests.xlsx?{DAYS}"
_NUMBER = re.compile(r'href="/requests/(\d+)"')


async def _file(site: Site, login: str, path: str = PROMISES) -> Any:
    return await (await site.browser(login)).http.get(path)


def _table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def _lives(firm: Firm) -> None:
    """One that failed, one that was kept, one that reads like a formula."""
    await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(await firm.lin_asks_for('=HYPERLINK("http://x")'))
    await firm.wu_resolves(await firm.lin_asks_for('a "desk", and a chair'))
    await firm.time_passes_until("2026-11-23 11:00")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\r=1"])
def test_words_are_never_computed(words: str) -> None:
    (row,) = csv.reader(io.StringIO(commas.line([words, "plain", -1, 2.5, None]).decode(), newline=""))

    assert row == [f"'{words}", "plain", "-1", "2.5", ""]


async def test_the_file_has_the_rows_of_the_page_in_their_order(firm: Firm, site: Site) -> None:
    await _lives(firm)
    page = (await _file(site, "qian", PROMISES.replace(".csv", ""))).text
    answer = await _file(site, "qian")
    titles, *rows = _table(answer.content)

    assert [row[0] for row in rows] == _NUMBER.findall(page)
    assert len(rows) == 3
    assert len({len(row) for row in rows} | {len(titles)}) == 1
    assert {'\'=HYPERLINK("http://x")', 'a "desk", and a chair', "a laptop"} == {row[1] for row in rows}
    failed = next(row for row in rows if row[1] == "a laptop")
    assert failed[5:] == [
        "林晓雯", "财务部", "2026-11-20 15:00", "2026-11-20 18:00", "", "失约", "300", "120", "",
    ]  # fmt: skip
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "finance-promises-2026-11-01-2026-11-30.csv" in answer.headers["content-disposition"]
    assert answer.headers["content-type"].startswith("text/csv")


async def test_it_takes_the_filters_of_the_page(firm: Firm, site: Site) -> None:
    await _lives(firm)
    for query in ("kind=resolution", "kind=first_reply&service=expenses", "same_day=true", "service=budget"):
        page = (await _file(site, "qian", f"/reports/finance/promises?{DAYS}&{query}")).text
        rows = _table((await _file(site, "qian", f"{PROMISES}&{query}")).content)[1:]
        assert [row[0] for row in rows] == _NUMBER.findall(page), query


async def test_the_page_leads_to_its_file(firm: Firm, site: Site) -> None:
    await _lives(firm)
    page = (await _file(site, "qian", f"/reports/finance/promises?{DAYS}&kind=first_reply")).text
    (href,) = re.findall(r'href="(/reports/finance/promises\.csv[^"]*)"', page)

    assert len(_table((await _file(site, "qian", href.replace("&amp;", "&"))).content)) == 1 + 3


async def test_what_may_not_be_read_is_a_marker_at_the_end(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)
    await firm.lin_asks_for("my salary", service="payroll")
    await firm.time_passes_until("2026-11-23 11:00")
    path = PROMISES.replace("finance", "hr")
    above, head = [_table((await _file(site, login, path)).content)[1:] for login in ("zhao", "han")]

    assert [row[1] for row in head] == ["my salary"]
    assert {row[0] for row in above} == {""}
    unread, said, marker = (row[1] for row in above)
    assert unread.startswith("其中1件")
    assert "11月1日至11月30日" in said
    assert marker.startswith("人力资源部 · 11月20日")
    assert "my salary" not in str(above)


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "han", "admin", "guest"])
@pytest.mark.parametrize(
    "path", [PROMISES, REQUESTS, "/reports/finance/sheets/kept.csv", "/reports/finance/sheets/kept.xlsx"]
)
async def test_whoever_does_not_answer_for_it_gets_no_file(firm: Firm, site: Site, login: str, path: str) -> None:
    await _lives(firm)
    answer = await _file(site, login, path)

    assert answer.status_code == 403
    assert "content-disposition" not in answer.headers
    assert "laptop" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("promises.csv?from=2026-11-30&to=2026-11-01", 422, "早于开始日"),
        ("promises.csv?kind=wish", 422, "这种承诺"),
        ("promises.csv?period=yesterday", 422, "不是常用时间段"),
        ("sheets/kept.csv?period=yesterday", 422, "不是常用时间段"),
        ("sheets/kept.pdf", 404, "没有这张表"),
        ("sheets/wish.csv", 404, "没有这张表"),
        ("sheets/kept", 404, "没有这张表"),
    ],
)
async def test_bad_input_gets_a_sentence_and_no_file(site: Site, path: str, status: int, sentence: str) -> None:
    answer = await _file(site, "qian", f"/reports/finance/{path}")

    assert answer.status_code == status
    assert sentence in answer.text
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("name", sorted(SHEETS))
async def test_every_sheet_leaves_as_both(firm: Firm, site: Site, name: str) -> None:
    await _lives(firm)
    titles, *rows = _table((await _file(site, "qian", f"/reports/finance/sheets/{name}.csv?{DAYS}")).content)
    book = await _file(site, "qian", f"/reports/finance/sheets/{name}.xlsx?{DAYS}")
    about, heads, *same = _cells(book.content)

    assert {len(row) for row in rows} <= {len(titles)}
    assert about == ["财务部", "2026-11-01 – 2026-11-30", "2026-11-23 11:00 Asia/Shanghai", "zh-CN"]
    assert heads == titles
    assert [row for row in same if len(row) == len(titles)][: len(rows)] == [_blank(row) for row in rows] or not rows


async def test_numbers_stay_numbers(firm: Firm, site: Site) -> None:
    await _lives(firm)
    rows = _table((await _file(site, "qian", f"/reports/finance/sheets/backlog.csv?{DAYS}")).content)[1:]
    book = (await _file(site, "qian", f"/reports/finance/sheets/backlog.xlsx?{DAYS}")).content
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()

    assert sorted(row[1] for row in rows) == ["0", "0", "0", "0", "1"]
    assert sheet.count("<v>0</v>") == 4
    assert "<f>" not in sheet


async def test_departments_side_by_side_leave_as_files_too(firm: Firm, site: Site) -> None:
    await _lives(firm)
    for name in ("departments", "sums", "spans"):
        titles, *rows = _table((await _file(site, "qian", f"/reports/overall/sheets/{name}.csv?{DAYS}")).content)
        assert {len(row) for row in rows} <= {len(titles)}
        book = await _file(site, "qian", f"/reports/overall/sheets/{name}.xlsx?{DAYS}")
        assert _cells(book.content)[0][1:] == ["2026-11-01 – 2026-11-30", "2026-11-23 11:00 Asia/Shanghai", "zh-CN"]
    assert (await _file(site, "lin", f"/reports/overall/sheets/sums.csv?{DAYS}")).status_code == 403
    assert (await _file(site, "qian", f"/reports/overall/sheets/kept.csv?{DAYS}")).status_code == 404


async def test_the_page_offers_each_sheet_as_both_for_its_days(firm: Firm, site: Site) -> None:
    await _lives(firm)
    page = (await _file(site, "qian", "/reports/finance?period=last_week")).text
    for href in re.findall(r'href="(/reports/finance/sheets/[^"]*)"', page):
        assert "from=2026-11-16&amp;to=2026-11-22" in href
        assert (await _file(site, "qian", href.replace("&amp;", "&"))).status_code == 200
    assert page.count("/sheets/kept.") == 2
    assert re.search(r'period=last_week" aria-current="page"', page)
    assert re.search(r'period=this_week"(?! aria-current)', page)


def _said(row: list[str]) -> list[str]:
    return [value for value in row if value]


def _blank(row: list[str]) -> list[str]:
    return [re.sub(r"^'", "", value) for value in row]


def _cells(book: bytes) -> list[list[str]]:
    """Rows of the first page: words stand in place, numbers as XML writes them."""
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    return [
        [
            html.unescape(text or value)
            for text, value in re.findall(r"<c [^>]*>(?:<is><t[^>]*>(.*?)</t></is>|<v>(.*?)</v>)</c>", row)
        ]
        for row in re.findall(r"<row .*?</row>", sheet, re.S)
    ]


LISTS = ("promises", "promises?kind=first_reply", "promises?owed=overdue", "requests", "requests?what=backlog")


@pytest.mark.parametrize("path", LISTS)
async def test_every_list_leaves_as_both_and_its_page_leads_there(firm: Firm, site: Site, path: str) -> None:
    await _lives(firm)
    page = (await _file(site, "qian", f"/reports/finance/{path}{'&' if '?' in path else '?'}{DAYS}")).text
    hrefs = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*\.(?:csv|xlsx)[^"]*)" download', page)]
    saved = [await _file(site, "qian", href) for href in hrefs]
    again = await _file(site, "qian", hrefs[1])
    titles, *rows = _table(saved[0].content)
    about, heads, *same = _cells(saved[1].content)

    assert [answer.headers["content-type"].partition(";")[0] for answer in saved] == [
        "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]  # fmt: skip
    assert [row[0] for row in rows] == _NUMBER.findall(page) != []
    now = "owed" in path or "backlog" in path
    assert about[:2] == ["财务部", "2026-11-23 – 2026-11-23" if now else "2026-11-01 – 2026-11-30"]
    assert heads == titles
    assert [_said(row) for row in same] == [_said(_blank(row)) for row in rows]
    assert again.content == saved[1].content


async def test_markers_stand_at_the_end_of_a_workbook_too(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)
    await firm.lin_asks_for("my salary", service="payroll")
    for path in ("requests.xlsx", "promises.xlsx"):
        told = str(_cells((await _file(site, "zhao", f"/reports/hr/{path}?{DAYS}")).content))
        assert "人力资源部 · 11月20日" in told
        assert "my salary" not in told


async def test_a_list_longer_than_a_sheet_is_refused_before_it_begins(
    firm: Firm, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _lives(firm)
    monkeypatch.setattr(workbook, "ROWS", 4)
    for path in ("promises", "requests"):
        answer = await _file(site, "qian", f"/reports/finance/{path}.xlsx?{DAYS}")
        assert answer.status_code == 409
        assert "一张XLSX工作表最多4行" in answer.text
        assert "content-disposition" not in answer.headers
        assert (await _file(site, "qian", f"/reports/finance/{path}.csv?{DAYS}")).status_code == 200


async def test_what_is_public_leaves_as_both(firm: Firm, site: Site) -> None:
    for n in range(7):
        await firm.wu_resolves(await firm.lin_asks_for(f"matter {n}"))
    await firm.time_passes_until("2026-12-01 09:00")
    for page, path, row in (
        ("/reports/finance/public", "/reports/finance/public", "2026-11"),
        ("/reports", "/reports/published", "财务部"),
    ):
        shown = (await _file(site, "lin", page)).text
        assert f'href="{path}.csv"' in shown
        titles, *rows = _table((await _file(site, "lin", f"{path}.csv")).content)
        _, heads, *same = _cells((await _file(site, "lin", f"{path}.xlsx")).content)
        (found,) = [one for one in rows if one[0] == row]
        assert heads == titles
        assert len(found) == len(titles)
        assert found[1:4] == ["100.0%", found[2], "14"]
        assert all(value in shown for value in (found[1], found[2], found[3]))
        assert _said(found) in [_said(one) for one in same]
        assert (await _file(site, "guest", f"{path}.csv")).status_code == 403
