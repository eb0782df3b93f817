import tomllib
from typing import Any

import asyncpg
import httpx
import pytest
from litestar import Litestar

from desk import db
from desk.settings import EXAMPLE_SECRET, BadSetting, read
from tests.firm import Firm
from tests.leaks import filled, routes
from tests.site import Site
from tests.source import ROOT

OPEN = {"/login", "/links/{secret}", "/static/{of}/{path}"}  # to whoever has not signed in
TOLD = {"sessions", "tokens"}  # when somebody was seen last
_TABLES = "select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"


async def _all_there_is(root: asyncpg.Connection) -> dict[str, str]:
    names = [row["relname"] for row in await root.fetch(_TABLES) if row["relname"] not in TOLD]
    return {name: await root.fetchval(f'select md5(coalesce(string_agg(x::text, e\'\\n\' order by x::text), \'\')) from "{name}" x') for name in names}  # noqa: S608  # fmt: skip


def _addresses(number: int) -> list[str]:
    values = filled.VALUES | {"number": number}
    return [path.format(**values) for path in (*routes.READS, *routes.UNDER["GET"])]


async def test_reading_changes_nothing(site: Site, firm: Firm, superuser: asyncpg.Connection) -> None:
    """Whoever reads: no GET writes, so nothing can be done by a link or a picture."""
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_replies(number)
    visits = [(await site.browser(login), await site.program(login)) for login in ("lin", "wu", "admin")]
    before = await _all_there_is(superuser)
    for browser, program in visits:
        for path in _addresses(number):
            await (program if path.startswith("/api") else browser.http).get(path)

    after = await _all_there_is(superuser)
    assert [name for name in before if before[name] != after[name]] == []


async def test_a_stranger_gets_nowhere(site: Site, app: Litestar) -> None:
    stranger = await site.stranger()
    doors = [(route.path_format, sorted(getattr(route, "methods", []))) for route in app.routes]
    tried = [path for path, methods in doors if "GET" in methods and path not in OPEN]
    answers = [await stranger.get(_filled(path), headers={"accept": "text/html"}) for path in tried]

    assert len(tried) > 40
    assert {answer.status_code for answer in answers} <= {303, 401}
    assert all(_leads_to_login(answer) for answer in answers)


def _filled(path: str) -> str:
    return path.format(**{**filled.VALUES, "path": "x", "of": "x", "tab": "flow", "file": "kept.csv"})


def _leads_to_login(answer: httpx.Response) -> bool:
    return answer.status_code == 401 or answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("role", ["desk_app", "desk_locksmith", "desk_search"])
@pytest.mark.usefixtures("desk")
async def test_no_role_of_the_desk_rewrites_the_journal(superuser: asyncpg.Connection, role: str) -> None:
    """The locksmith moves the locks of an entry, and nothing else of it."""
    columns = [row["attname"] for row in await superuser.fetch(
        "select attname from pg_attribute where attrelid = 'entries'::regclass and attnum > 0 and not attisdropped")]  # fmt: skip
    asked = "select has_column_privilege($1, 'entries', $2, 'update')"
    changes = {column for column in columns if await superuser.fetchval(asked, role, column)}

    assert changes == ({"audience"} if role == "desk_locksmith" else set())
    for right in ("delete", "truncate"):
        assert not await superuser.fetchval("select has_table_privilege($1, 'entries', $2)", role, right)


@pytest.mark.parametrize("change", ["update entries set tag = 'x'", "delete from entries", "truncate entries"])
async def test_who_tries_to_rewrite_the_journal_is_refused(firm: Firm, change: str) -> None:
    await firm.lin_asks_for("a laptop")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.admin):
            await db.fetch(change)


async def test_a_page_has_five_seconds_for_a_statement(firm: Firm) -> None:
    assert [row[0] for row in await firm.rows(firm.lin, "show statement_timeout")] == ["5s"]


@pytest.mark.parametrize("path", ["/requests/{number}", "/queue?state=all&department=all", "/"])
async def test_what_people_type_is_text_wherever_it_is_shown(site: Site, firm: Firm, path: str) -> None:
    number = await firm.lin_asks_for("<script>alert(1)</script>", body='"><img src=x onerror=alert(1)>')
    text = (await (await site.browser("lin")).get(path.format(number=number))).text

    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_the_linter_refuses_statements_that_are_put_together() -> None:
    rules: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    excused = [files for files, codes in rules["per-file-ignores"].items() if "S608" in codes]

    assert "S608" in rules["select"]
    assert "S608" not in rules["ignore"]
    assert excused == ["desk/tickets/queries/lists.py"]


@pytest.mark.parametrize("secret", [None, EXAMPLE_SECRET, "short"])
def test_in_production_the_example_secret_is_refused(secret: str | None) -> None:
    environment = {"DESK_PRODUCTION": "1", "DESK_BASE_URL": "https://desk.example.cn"}
    with pytest.raises(BadSetting, match="DESK_SECRET"):
        read(environment | ({"DESK_SECRET": secret} if secret else {}))
