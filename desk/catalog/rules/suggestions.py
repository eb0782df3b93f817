"""Which services somebody may mean by a few words in either language. Small lists only: every service is looked at."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from desk.catalog.rules.service import Service

MOST = 5
_PIECES = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_NAME, _KEYWORDS, _SCOPE = 8, 5, 2  # how much a match there says
_WHOLE = 3  # times a bigram, when all that was typed stands there


def suggest(words: str, services: Sequence[Service], *, most: int = MOST) -> list[Service]:
    """The best first, at most so many; empty when nothing fits. Retired ones are never suggested."""
    pieces = _asked(words)
    live = [service for service in services if not service.retired]
    texts = {service.id: _texts(service) for service in live}
    common = Counter(piece for found in texts.values() for piece in pieces if _weight(piece, found))
    scores = {
        of: sum(_score(piece, found) / common[piece] for piece in pieces if common[piece])
        for of, found in texts.items()
    }
    fitting = [service for service in live if scores[service.id] > 0]
    return sorted(fitting, key=lambda service: (-scores[service.id], service.position))[:most]


def _score(piece: str, texts: list[tuple[str, int]]) -> int:
    """A longer piece is surer than a bigram."""
    return _weight(piece, texts) * (_WHOLE if len(piece) > 2 else 1)


def _weight(piece: str, texts: list[tuple[str, int]]) -> int:
    """What the best place where it stands says; 0 when it stands nowhere."""
    return max((weight for text, weight in texts if _in(piece, text)), default=0)


def _asked(words: str) -> list[str]:
    """Latin words as they are; a Chinese run whole and in pairs of characters, because it has no spaces to part it."""
    pieces: dict[str, None] = {}
    for run in _PIECES.findall(_plain(words)):
        pieces[run] = None
        if not run.isascii():
            pieces |= dict.fromkeys(run[n : n + 2] for n in range(len(run) - 1))
    return list(pieces)


def _texts(service: Service) -> list[tuple[str, int]]:
    return [
        (_spaced(f"{service.name_zh} {service.name_en}"), _NAME),
        (_spaced(service.keywords), _KEYWORDS),
        (_spaced(f"{service.scope_zh} {service.scope_en}"), _SCOPE),
    ]


def _in(piece: str, text: str) -> bool:
    """Latin letters begin a word; Chinese characters stand anywhere."""
    return f" {piece}" in text if piece.isascii() else piece in text


def _spaced(text: str) -> str:
    """Pieces with a space before each, so that a word's beginning can be told."""
    return " " + " ".join(_PIECES.findall(_plain(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
