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
    parts = [_Part.read(*found) for found in _PARTS.findall(composed(text)[:MOST])][:MOST_WORDS]
    enough = [part for part in parts if part.weight >= _ENOUGH]
    if not enough:
        raise Invalid({"q": Sentence("search.too_short")})
    left_out = tuple(part.typed for part in parts if part.terms and part.weight < _ENOUGH)
    words = " & ".join(dict.fromkeys(part.phrase() for part in enough))
    return Query(words, left_out, tuple(dict.fromkeys(mark for part in enough for mark in part.marks())))


class _Part(Struct, frozen=True):
    """What stands between blanks or in quotation marks. The last word of what is not quoted may go on."""

    typed: str
    terms: list[Term]
    quoted: bool

    @classmethod
    def read(cls, quoted: str, plain: str) -> "_Part":
        typed = quoted or plain
        return cls(typed, list(terms(typed)), bool(quoted))

    @property
    def weight(self) -> int:
        """Of the signs and letters in it, wherever they stand."""
        signs = {at for one in self.terms if one.cjk for at in range(one.start, one.end)}
        return _SIGN * len(signs) + _LETTER * sum(len(one.word) for one in self.terms if not one.cjk)

    def phrase(self) -> str:
        """Terms in their order and at their distance."""
        asked = [self._asked(self.terms[0])]
        for before, one in pairwise(self.terms):
            asked.append(f"<{one.place - before.place}> {self._asked(one)}")
        return f"({' '.join(asked)})" if len(asked) > 1 else asked[0]

    def marks(self) -> list[str]:
        return [f"{one.word}*" if self._goes_on(one) else one.word for one in self.terms]

    def _asked(self, one: Term) -> str:
        return f"'{one.word}':*" if self._goes_on(one) else f"'{one.word}'"

    def _goes_on(self, one: Term) -> bool:
        """Three letters or more begin a word; one sign of Chinese begins a pair."""
        if one.cjk:
            return len(one.word) == 1
        return len(one.word) >= 3 and not self.quoted and one is self.terms[-1]
