import pytest

from desk.catalog.rules.suggestions import suggest
from tests.catalog.forms import service

CATALOGUE = [
    service(
        1, name_zh="报销", name_en="Expenses", scope_zh="差旅、办公、招待的发票", keywords="报账 reimbursement invoice"
    ),
    service(2, name_zh="借款与预支", name_en="Advances", scope_zh="出差前预支，回来后用报销单冲抵", keywords="loan"),
    service(
        3, name_zh="换电脑与配件", name_en="Laptop and parts", scope_en="screens, keyboards", keywords="笔记本 显示器"
    ),
    service(4, name_zh="VPN与账号", name_en="VPN and accounts", scope_zh="新开、重置、停用", keywords="密码 password"),
]


def found(words: str) -> list[int]:
    return [one.id for one in suggest(words, CATALOGUE)]


def test_the_name_counts_more_than_the_scope():
    assert found("报销") == [1, 2]


@pytest.mark.parametrize(
    ("words", "first"),
    [("我的电脑坏了", 3), ("忘记密码了怎么办", 4), ("显示器", 3), ("出差借款", 2), ("差旅发票怎么报账", 1)],
)
def test_a_chinese_sentence_finds_its_service(words: str, first: int):
    assert found(words)[0] == first


@pytest.mark.parametrize(
    ("words", "first"), [("lapt", 3), ("reimb", 1), ("forgot my passw", 4), ("ＶＰＮ", 4), ("Key", 3)]
)
def test_the_beginning_of_a_latin_word_is_enough(words: str, first: int):
    assert found(words)[0] == first


@pytest.mark.parametrize("words", ["", "  ", "火星", "aptop", "!!!"])
def test_what_fits_nothing_suggests_nothing(words: str):
    assert found(words) == []


def test_at_most_five_are_suggested():
    assert len(suggest("报销", [service(n, name_zh=f"报销{n}") for n in range(9)])) == 5
