"""Every sentence exists in both languages, and every sentence that is asked for exists."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from desk.i18n import catalogue

DESK = Path(__file__).parent.parent / "desk"
IN_TEMPLATES = re.compile(r"""\bt\(\s*["']([\w.]+)["'](\s*~)?""")
IN_CODE = re.compile(r"""\b(?:Refused|Forbidden|Sentence|say)\(\s*(?:\w+,\s*)?f?["']([a-z]\w*\.\w+)["']""")
JOINED_IN_CODE = re.compile(r"""\bf["']([a-z]\w*\.\w+_)\{""")
AS_TOAST = re.compile(r"""\bsaid=["']([a-z]\w*\.\w+)["']""")


def asked_for() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in DESK.rglob("*.html"):
        for key, joined in IN_TEMPLATES.findall(path.read_text()):
            found.setdefault(key + ("*" if joined else ""), set()).add(path.name)
    for path in DESK.rglob("*.py"):
        text = path.read_text()
        keys = IN_CODE.findall(text) + AS_TOAST.findall(text) + [f"{key}*" for key in JOINED_IN_CODE.findall(text)]
        for key in keys:
            found.setdefault(key, set()).add(path.name)
    return found


def test_every_sentence_is_there_in_both_languages():
    for key, words in catalogue().items():
        assert set(words) == {"zh", "en"}, key
        assert all(words.values()) or key.endswith("_gap"), key


def test_no_sentence_is_written_twice():
    names = [
        f"{file.stem.partition('.')[0]}.{name}"
        for file in (DESK / "locale").glob("*.toml")
        for name in tomllib.loads(file.read_text())
    ]

    assert len(names) == len(set(names)) == len(catalogue())


def test_both_languages_have_the_same_gaps():
    for key, words in catalogue().items():
        chinese, *english = (gaps(text) for text in [words["zh"], *variants(words["en"])])
        assert set().union(*english) - {"n"} <= chinese | may_differ(key), key
        assert chinese - {"n"} <= set().union(*english) | may_differ(key), key


def test_every_sentence_that_is_asked_for_exists():
    missing = {key: places for key, places in asked_for().items() if not exists(key)}

    assert not missing


def test_the_search_for_keys_finds_them():
    found = asked_for()

    assert {"web.skip", "web.state_*", "web.stale_form"} <= found.keys()


@pytest.mark.parametrize("mark", ["...", ",", ";", "?", "!"])
def test_chinese_sentences_use_chinese_punctuation(mark):
    for key, words in catalogue().items():
        for text in variants(words["zh"]):
            assert not re.search(rf"[一-鿿]\s*{re.escape(mark)}", text), key


def test_nothing_is_typed_between_chinese_and_latin():
    for key, words in catalogue().items():
        for text in variants(words["zh"]):
            without_examples = re.sub(r"\d{4}-\d\d-\d\d \w+", "", text)
            assert not re.search(r"[一-鿿，。；：？！] [A-Za-z0-9]|[A-Za-z0-9] [一-鿿]", without_examples), key


def exists(key: str) -> bool:
    if key.endswith("*"):
        return any(known.startswith(key[:-1]) for known in catalogue())
    return key in catalogue()


def variants(words: object) -> list[str]:
    return [words] if isinstance(words, str) else list(words.values())


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def may_differ(key: str) -> set[str]:
    """English says a year, a month or a weekday where Chinese does not, and the other way round."""
    return {"month", "mon", "weekday", "short", "year"} if key.startswith("web.at_") else set()
