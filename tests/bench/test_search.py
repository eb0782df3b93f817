"""What the benchmark of searches prints, and that its words stand where it says."""

from bench.search.figures import Figure, of_times
from bench.search.firm import ABSENT, HIDDEN
from bench.search.words import PHRASES, PREFIXES, WORDS
from desk.search import rules


def test_a_figure_is_held_to_its_bar_by_its_ninety_fifth_percent() -> None:
    assert of_times("words", [10.0] * 90 + [40.0] * 10, 30).verdict == "MISS"
    assert of_times("words", [10.0] * 99 + [40.0], 30).verdict == "PASS"
    assert Figure("share", None, 25.0, 25, "%").verdict == "PASS"
    assert Figure("without a bar", 1.0, 2.0, None, "ms").verdict == ""


def test_everything_that_is_asked_for_is_long_enough() -> None:
    for words in [*WORDS, *PHRASES, *PREFIXES, HIDDEN, ABSENT]:
        assert rules.of_query(words).left_out == ()


def test_words_of_two_signs_are_one_term_and_phrases_more() -> None:
    assert not [words for words in WORDS if "<" in rules.of_query(words).words]
    assert not [words for words in PHRASES if "<" not in rules.of_query(words).words]
    assert not [words for words in PREFIXES if not rules.of_query(words).words.endswith(":*")]
