"""Which passwords are good, and how one's own is changed."""

import pytest

from desk.accounts.rules import check_password
from desk.i18n import Invalid
from tests.accounts.conftest import PASSWORD, Browser
from tests.firm import Firm

NEW = "eleven grey herons wait"


def refusal(password: str) -> str:
    with pytest.raises(Invalid) as refused:
        check_password(password, login="lin", name="林晓雯", email="lin.xiaowen@example.cn")
    return refused.value.sentence.key


@pytest.mark.parametrize("password", ["short", "eleven char", "x" * 129])
def test_a_password_has_12_to_128_characters(password: str) -> None:
    assert refusal(password) == "accounts.password_length"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2026!",
        "123456789012",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "abcabcabcabc",
        "aaaaaaaaaaaaaa",
        "iloveyou2024",
        "Welcome12345!",
        "woaini1314520",
        "summer2026!!!",
        "adminadmin123",
        "210987654321",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert refusal(password) == "accounts.password_common"


@pytest.mark.parametrize("password", ["lin.xiaowen1976", "林晓雯林晓雯2026年11", "lin.xiaowen!!!7"])
def test_a_password_that_is_ones_own_name_is_refused(password: str) -> None:
    assert refusal(password) == "accounts.password_personal"


@pytest.mark.parametrize("password", [PASSWORD, "湖上飞过七只大雁，向南去了", "correct horse battery", "Xk9#mQ2$vL7p"])
def test_a_sentence_of_ones_own_is_good(password: str) -> None:
    check_password(password, login="lin", name="林晓雯", email="lin.xiaowen@example.cn")


@pytest.mark.usefixtures("passwords")
async def test_a_changed_password_ends_every_session_and_gives_a_new_one(
    browser: Browser, other_browser: Browser
) -> None:
    await browser.signs_in("lin")
    await other_browser.signs_in("lin")
    before = browser.session
    answer = await browser.post("/profile/password", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert answer.status_code == 303
    assert browser.session != before
    assert (await browser.get("/profile")).status_code == 200
    assert (await other_browser.get("/profile")).status_code == 303
    assert (await other_browser.signs_in("lin", NEW)).status_code == 303


@pytest.mark.usefixtures("passwords")
async def test_the_present_password_must_be_known(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    answer = await browser.post("/profile/password", old_password="not this one", password=NEW, password_again=NEW)
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.text
    assert NEW not in answer.text
    own = "select from entries where tag = 'password_set' and by = $1"
    assert await firm.rows(firm.lin, own, firm.lin.person) == []
