"""A few words around the first place where something was found, with every such place marked."""

from collections.abc import Sequence

from msgspec import Struct

from desk.search.rules.terms import composed, terms

BEFORE, LONG = 40, 160  # signs


class Piece(Struct, frozen=True):
    text: str
    found: bool


Pieces = list[Piece]


def snippet(text: str, marks: Sequence[str], *, whole: bool = False) -> Pieces:
    """`marks` as in Query. `whole` leaves nothing out: for titles. Without a place: how the text begins."""
    text = composed(text).replace("\n", " ")
    places = _places(text, marks)
    start = 0 if whole or not places else max(0, places[0][0] - BEFORE)
    end = len(text) if whole else min(len(text), start + LONG)
    pieces = [Piece("…", False)] if start else []
    for first, last in places:
        if first >= end:
            break
        pieces += [Piece(text[start:first], False)] if first > start else []
        pieces.append(Piece(text[max(first, start) : min(last, end)], True))
        start = min(last, end)
    pieces += [Piece(text[start:end], False)] if start < end else []
    return [*pieces, Piece("…", False)] if end < len(text) else pieces


def _places(text: str, marks: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand, in order; those that touch are one."""
    whole = {mark for mark in marks if not mark.endswith("*")}
    begun = tuple(mark[:-1] for mark in marks if mark.endswith("*"))
    found: list[tuple[int, int]] = []
    for term in terms(text):
        if term.word in whole or (begun and term.word.startswith(begun)):
            if found and term.start <= found[-1][1]:
                found[-1] = (found[-1][0], term.end)
            else:
                found.append((term.start, term.end))
    return found
