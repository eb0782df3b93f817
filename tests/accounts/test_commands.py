"""The shell's door: import, invite, token."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from desk import db
from tests.accounts.conftest import Browser
from tests.firm import Firm

NEW = "login,name,email,department,superior,level\nsong,宋词,song@example.cn,finance,qian,handler\n"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "desk.cli", *words], capture_output=True, text=True)


async def test_people_are_imported_from_the_shell(firm: Firm, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(NEW)
    done = run("people", "import", str(tmp_path / "people.csv"))
    assert "People added: 1, changed: 0" in done.stdout
    rows = await firm.rows(firm.lin, "select by from entries where tag = 'person_added' order by id desc limit 1")
    assert [row["by"] for row in rows] == [None]


async def test_a_faulty_file_is_told_in_both_languages_and_not_read(firm: Firm, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(NEW.replace("qian", "nobody"))
    done = run("people", "import", str(tmp_path / "people.csv"))
    assert done.returncode == 1
    assert "第2行：上级“nobody”" in done.stderr
    assert "Line 2: The superior “nobody”" in done.stderr
    assert await firm.rows(firm.lin, "select from people where login = 'song'") == []


async def test_the_last_word_of_desk_token_is_a_token(program: httpx.AsyncClient, firm: Firm) -> None:
    token = run("token", "lin").stdout.split()[-1]
    me = (await program.get("/api/me", headers={"Authorization": f"Bearer {token}"})).json()
    assert (me["login"], me["highest_tier"]) == ("lin", 4)


async def test_the_first_administrator_is_invited_from_the_shell(browser: Browser) -> None:
    address = run("people", "invite", "admin").stdout.strip()
    assert (await browser.get(address)).status_code == 200


@pytest.mark.parametrize("words", [("token", "nobody"), ("people", "invite", "nobody")])
async def test_an_unknown_login_is_said(firm: Firm, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert "There is no such person" in done.stderr


async def test_the_shell_never_writes_about_a_request(firm: Firm) -> None:
    call = "select operator_entry('request_filed', $1, 'ticket:1', '{}', array['staff'])"
    async with db.acting_as(db.NOBODY):
        with pytest.raises(Exception, match="never about a request"):
            await db.call(call, firm.time.at)
    async with db.acting_as(firm.lin):
        with pytest.raises(Exception, match="only for the operator"):
            await db.call(call.replace("ticket:1", "person:1"), firm.time.at)
