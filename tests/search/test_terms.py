"""One function makes terms of what was written and of what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.i18n import Invalid
from desk.search import rules
from desk.search.rules import asked
from desk.search.rules.terms import composed


def words(text: str) -> list[str]:
    return [term.word for term in rules.terms(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("报销单", ["报销", "销单"]),
        ("款", ["款"]),
        ("Invoice BX-1107", ["invoice", "bx", "1107"]),
        ("发票INV001", ["发票", "inv001"]),
        ("ＢＸ－１１０７", ["bx", "1107"]),
        ("Straße", ["strasse"]),
        ("ﬁle", ["file"]),
        ("", []),
        ("，。！", []),
    ],
)
def test_text_becomes_pairs_of_chinese_and_words_of_letters(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_letter_is_one_letter_however_it_was_typed() -> None:
    assert words("cafe\u0301") == words("café")


def test_places_say_what_stands_together() -> None:
    assert rules.index(["报销单 BX-1107"]) == "'报销':1 '销单':2 'bx':4 '1107':5"


def test_texts_of_one_portion_stand_apart() -> None:
    assert rules.index(["报销", "单据"]) == "'报销':1 '单据':18"


@pytest.mark.parametrize(
    ("typed", "asked_for"),
    [
        ("报销", "'报销'"),
        ("报销单", "('报销' <1> '销单')"),
        ("inv", "'inv':*"),
        ("BX-1107", "('bx' <1> '1107':*)"),
        ("报销 invoice", "'报销' & 'invoice':*"),
        ('"sent back"', "('sent' <1> 'back')"),
        ("sent-back", "('sent' <1> 'back':*)"),
        ("发票INV", "('发票' <2> 'inv':*)"),
        ("报销 报销", "'报销'"),
    ],
)
def test_every_word_is_wanted_and_what_stands_together_together(typed: str, asked_for: str) -> None:
    assert rules.of_query(typed).words == asked_for


@pytest.mark.parametrize("typed", ["款", "ab", "a b", "'", "=s", "!&|", "款 款", " ", ":*"])
def test_too_little_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid, match="two Chinese characters or three letters"):
        rules.of_query(typed)


def test_what_is_too_short_beside_the_rest_is_left_out_and_said() -> None:
    assert rules.of_query("报销 款 of").left_out == ("款", "of")


@given(st.text())
def test_whatever_is_typed_names_no_lock(typed: str) -> None:
    try:
        query = rules.of_query(typed)
    except Invalid:
        return
    assert not [sign for sign in "=!@\\" if f"'{sign}" in query.words]


@given(st.text())
def test_terms_are_found_where_they_say(text: str) -> None:
    for term in rules.terms(text):
        assert words(composed(text)[term.start : term.end]) != []


@pytest.mark.parametrize(
    ("typed", "number"), [("2081", 2081), ("#2081", 2081), ("＃２０８１", 2081), ("0", None), ("2081号", None)]
)
def test_a_number_is_a_request(typed: str, number: int | None) -> None:
    assert asked.number(typed) == number


def marked(text: str, typed: str) -> str:
    pieces = rules.snippet(text, rules.of_query(typed).marks)
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "seen"),
    [
        ("请问报销单在哪里", "报销单", "请问[报销单]在哪里"),
        ("The Invoices came", "invoice", "The [Invoices] came"),
        ("ﬁle", "file", "[ﬁle]"),
        ("nothing here", "报销", "nothing here"),
        ("BX-1107 came", "bx-1107", "[BX]-[1107] came"),
    ],
)
def test_what_was_found_is_marked_where_it_stands(text: str, typed: str, seen: str) -> None:
    assert marked(text, typed) == seen


def test_a_snippet_is_a_few_words_around_the_first_place() -> None:
    seen = marked("早" * 500 + "报销" + "晚" * 500, "报销")

    assert seen.startswith("…早")
    assert seen.endswith("晚…")
    assert "[报销]" in seen
    assert len(seen) < 200


@given(st.text(), st.sampled_from(["报销", "inv", "款式 abc"]))
def test_a_snippet_adds_nothing_to_the_words(text: str, typed: str) -> None:
    whole = rules.snippet(text, rules.of_query(typed).marks, whole=True)

    assert "".join(piece.text for piece in whole) == composed(text).replace("\n", " ")
