"""Headers of a letter within a letter: where they begin and end."""

from dataclasses import dataclass

from desk.mail.rules.replies.languages import ORIGINAL
from desk.mail.rules.replies.lines import Kind

FEWEST = 3  # headers in a row, or two below an opener
INSIDE = {Kind.HEADER, Kind.FROM, Kind.SUBJECT}


@dataclass(frozen=True)
class Block:
    """Lines `start` to `stop` (open): the line above it, if that announces it, and the headers."""

    start: int
    headers: int
    stop: int


def blocks(lines: list[str], kinds: list[Kind]) -> list[Block]:
    found: list[Block] = []
    place = 0
    while place < len(kinds):
        if kinds[place] not in INSIDE:
            place += 1
            continue
        stop, names = _run(lines, kinds, place)
        start = _announced(lines, kinds, place)
        if _is_letter(lines[place:stop], names, announced=start != place):
            found.append(Block(start, place, stop))
        place = max(stop, place + 1)
    return found


def _is_letter(told: list[str], names: list[Kind], *, announced: bool) -> bool:
    """Somebody may write `From:` and `To:` about a journey: what nothing announces has a subject or an address."""
    if Kind.FROM not in names:
        return False
    return len(names) >= 2 if announced else len(names) >= FEWEST and (Kind.SUBJECT in names or "@" in "".join(told))


def _run(lines: list[str], kinds: list[Kind], start: int) -> tuple[int, list[Kind]]:
    """Headers with at most two lines of text between them, as long values wrap, or an empty line."""
    names: list[Kind] = []
    place, stop = start, start
    while place < len(kinds) and place - stop <= 2:
        if kinds[place] in INSIDE:
            names.append(kinds[place])
            stop = place + 1
        elif kinds[place] not in (Kind.TEXT, Kind.EMPTY) or (kinds[place] is Kind.EMPTY and len(names) >= FEWEST):
            break
        place += 1
    return stop, names


def _announced(lines: list[str], kinds: list[Kind], place: int) -> int:
    """Up to two empty or quoted lines may stand between the announcement and the headers."""
    for above in range(place - 1, max(-1, place - 4), -1):
        if kinds[above] in (Kind.OPENER, Kind.DELIMITER) or lines[above].strip(" :：").lower() in ORIGINAL:
            return above
        if kinds[above] not in (Kind.EMPTY, Kind.QUOTE):
            break
    return place
