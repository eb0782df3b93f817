"""Bytes become the words that somebody wrote; what fits nothing becomes a sign for it, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.mail.rules import charsets

WORDS = "您好，打印机还是不行，已经重启两次了。"


@pytest.mark.parametrize("label", ["", "us-ascii", "gb2312", "iso-8859-1", "no-such-charset", "utf-8"])
def test_chinese_without_a_right_label_is_recognised(label: str) -> None:
    assert charsets.decode(WORDS.encode("gb18030"), label) == WORDS


@pytest.mark.parametrize(
    ("words", "codec", "label"),
    [
        ("您好，印表機壞了", "big5hkscs", "big5"),
        ("프린터가 고장났습니다", "cp949", "ks_c_5601-1987"),
        ("プリンタが壊れました", "cp932", "shift_jis"),
        ("プリンタが壊れました", "iso2022_jp", "iso-2022-jp"),
        ("打印机坏了", "hz", "hz-gb-2312"),
        ("“Grüße”", "cp1252", "iso-8859-1"),
        ("Grüße", "utf-7", "utf-7"),
        ("Grüße", "utf-16", "utf-16"),
        ("𠮷", "gb18030", "gb2312"),
    ],
)
def test_labels_are_read_as_widely_as_clients_mean_them(words: str, codec: str, label: str) -> None:
    assert charsets.decode(words.encode(codec), label) == words


def test_german_is_not_taken_for_chinese() -> None:
    assert (
        charsets.decode("Die Frösche sind müde, schöne Grüße".encode("cp1252"), "")
        == "Die Frösche sind müde, schöne Grüße"
    )


@given(
    st.binary(max_size=300), st.sampled_from(["", "utf-8", "gbk", "big5", "hz", "utf-7", "utf-16", "iso-2022-kr", "x"])
)
def test_no_bytes_raise_and_all_can_be_stored(raw: bytes, label: str) -> None:
    words = charsets.decode(raw, label)
    assert words.encode("utf-8").decode("utf-8") == words
    assert isinstance(charsets.decode_field(raw, label), str)
