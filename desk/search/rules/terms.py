"""The one function that makes terms of text, for the index and for what is asked.

Chinese, Japanese and Korean are written without gaps: each two signs that stand side by side are a term (报销单 is 报销
and 销单). Everything else is words of letters and digits. Every sign and every word has a place, so that the order can
be asked for.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

LONGEST = 64  # signs of a word that count
APART = 16  # places between two texts of one portion: no phrase reaches from one into the other
LAST = 16_000  # place; PostgreSQL knows none above 16,383
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_SIGN = re.compile(rf"[{_CJK}]")
Text = str | int | float | bool | None


class _Folding(dict[int, str]):
    """A sign as it is compared: full or half width, large or small. Kept once it was asked for."""

    def __missing__(self, sign: int) -> str:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(sign)).casefold())
        return self.setdefault(sign, folded)


_FOLDING = _Folding()


class Term(Struct, frozen=True):
    """`start` and `end` are where it stands in `composed(text)`."""

    word: str
    place: int
    start: int
    end: int
    cjk: bool


def composed(text: str) -> str:
    """é is one sign, however it was typed."""
    return unicodedata.normalize("NFC", text)


def terms(text: str) -> Iterator[Term]:
    text = composed(text)
    folded = text.translate(_FOLDING)
    # nothing folds to nothing: where the length is the same, every sign has stayed where it was
    origin = range(len(text)) if len(folded) == len(text) else _origins(text)
    place = 0
    for run in _RUN.finditer(folded):
        word, start, end = run[0], run.start(), run.end()
        if not _SIGN.match(word):
            place += 1
            yield Term(word[:LONGEST], place, origin[start], origin[end - 1] + 1, cjk=False)
            continue
        for n in range(max(1, len(word) - 1)):
            stop = min(start + n + 2, end)
            yield Term(word[n : n + 2], place + 1 + n, origin[start + n], origin[stop - 1] + 1, cjk=True)
        place += len(word)


def index(texts: Iterable[str]) -> str:
    """Terms with their places as PostgreSQL writes a tsvector: '报销':1 '销单':2."""
    places: dict[str, list[int]] = defaultdict(list)
    before = 0
    for text in texts:
        last = before
        for term in terms(text):
            last = before + term.place
            if last > LAST:
                break
            places[term.word].append(last)
        before = last + APART
    return " ".join(f"'{word}':{','.join(map(str, found[:255]))}" for word, found in places.items())


def of_request(number: int, title: str, body: str, answers: Iterable[Text]) -> list[str]:
    """What of a request can be found: its number, its words, what its form was answered but for yes and no."""
    told = [str(answer) for answer in answers if answer is not None and not isinstance(answer, bool)]
    return [str(number), title, body, *told]


def _origins(text: str) -> list[int]:
    """For each sign of the folded text, the place of the one that it came from."""
    found: list[int] = []
    for at, sign in enumerate(text):
        found += [at] * len(_FOLDING[ord(sign)])
    return found
