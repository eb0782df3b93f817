"""What somebody looks for, as PostgreSQL asks the index: every word, in any order; what stands together, together."""

import re
import unicodedata
from itertools import pairwise

from msgspec import Struct

from desk.i18n import Invalid, Sentence
from desk.search.rules.terms import Term, composed, terms

MOST = 200  # signs of a question
MOST_WORDS = 12
_NUMBER = re.compile(r"#?\s*(\d{1,15})")
_PARTS = re.compile(r'["“”「『]([^"“”」』]+)["“”」』]|([^\s"“”「」『』]+)')
_ENOUGH = 6
_SIGN, _LETTER = 3, 2  # two signs of Chinese or three letters are enough


class Query(Struct, frozen=True):
    """`words`: a tsquery. `left_out`: what was too short to be looked for beside the rest."""

    words: str
    left_out: tuple[str, ...]
    marks: tuple[str, ...]  # what to mark where it was found: whole terms, or the beginning of one (inv*)


def number(text: str) -> int | None:
    """#2081 or 2081: whoever types a number wants that request."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) or None if found else None


def of_query(text: str) -> Query:
    """Raises Invalid where nothing is long enough to be looked for."""
    parts = [quoted or plain for quoted, plain in _PARTS.findall(composed(text)[:MOST])][:MOST_WORDS]
    asked: list[tuple[str, list[Term]]] = [(part, list(terms(part))) for part in parts]
    enough = [found for _, found in asked if _weight(found) >= _ENOUGH]
    if not enough:
        raise Invalid({"q": Sentence("search.too_short")})
    left_out = tuple(part for part, found in asked if found and _weight(found) < _ENOUGH)
    words = " & ".join(dict.fromkeys(_phrase(found) for found in enough))
    return Query(words, left_out, tuple(dict.fromkeys(_mark(one) for found in enough for one in found)))


def _weight(found: list[Term]) -> int:
    """Of the signs and letters in it, wherever they stand."""
    signs = {at for one in found if one.cjk for at in range(one.start, one.end)}
    return _SIGN * len(signs) + _LETTER * sum(len(one.word) for one in found if not one.cjk)


def _phrase(found: list[Term]) -> str:
    """Terms in their order and at their distance; the last word may go on."""
    asked = [_asked(found[0])]
    for before, one in pairwise(found):
        asked.append(f"<{one.place - before.place}> {_asked(one)}")
    return f"({' '.join(asked)})" if len(asked) > 1 else asked[0]


def _asked(one: Term) -> str:
    return f"'{one.word}':*" if _goes_on(one) else f"'{one.word}'"


def _mark(one: Term) -> str:
    return f"{one.word}*" if _goes_on(one) else one.word


def _goes_on(one: Term) -> bool:
    """Three letters or more begin a word; one sign of Chinese begins a pair."""
    return len(one.word) == 1 if one.cjk else len(one.word) >= 3
