"""The new words of a letter (spec mail, item 19): quotations and signatures are left out, inline answers stay.

The order of the steps follows email_reply_trimmer (Discourse, MIT), which learnt it from many clients.
"""

from dataclasses import dataclass

from desk.mail.rules.html import without_marks
from desk.mail.rules.replies import lines as reading
from desk.mail.rules.replies import residues
from desk.mail.rules.replies.blocks import Block, blocks
from desk.mail.rules.replies.lines import Kind

LEFT_AT_LEAST = 0.05  # of the words, unless a recognised quotation was what was removed
SIGNATURE_LINES = 7  # as many unquoted lines below a quotation are a signature, if words stand above it


@dataclass
class Lines:
    """Lines with their kinds, cut together."""

    told: list[str]
    kinds: list[Kind]

    def keep(self, stop: int) -> None:
        del self.told[stop:], self.kinds[stop:]

    def drop(self, unwanted: set[Kind]) -> None:
        pairs = [(line, kind) for line, kind in zip(self.told, self.kinds, strict=True) if kind not in unwanted]
        self.told, self.kinds = [line for line, _ in pairs], [kind for _, kind in pairs]

    def has(self, kind: Kind, stop: int | None = None) -> bool:
        return kind in self.kinds[:stop]

    def text(self) -> str:
        return without_marks("\n".join(self.told)).strip("\n").rstrip()


def new_text(marked: str) -> str:
    """`marked` is the text with the marks of `html`. Nothing left, or next to nothing for weak reasons: all of it."""
    told = [line.rstrip() for line in marked.strip("\n").split("\n")]
    lines = Lines(told, reading.kinds(told))
    whole = lines.text()
    quoted = lines.has(Kind.QUOTE) or lines.has(Kind.OPENER) or bool(blocks(told, lines.kinds))
    _cut_signatures(lines)
    _cut_devices(lines)
    _cut_quotations(lines, blocks(lines.told, lines.kinds))
    left = residues.trimmed(lines.text())
    if not left.strip() or (not quoted and len(left.strip()) < LEFT_AT_LEAST * len(whole.strip())):
        return whole
    return left


def _cut_signatures(lines: Lines) -> None:
    for place, kind in enumerate(lines.kinds):
        if kind is Kind.DELIMITER and residues.is_signature(lines.told, lines.kinds, place):
            lines.keep(place)
            return


def _cut_devices(lines: Lines) -> None:
    """What stands below a telephone's line is the letter that was answered, quoted without a mark."""
    for place, kind in enumerate(lines.kinds):
        if kind is Kind.DEVICE and lines.has(Kind.TEXT, place):
            if not lines.has(Kind.OPENER, place) and not lines.has(Kind.QUOTE, place):
                lines.keep(place)
            break
    lines.drop({Kind.DEVICE})


def _cut_quotations(lines: Lines, found: list[Block]) -> None:
    for block in found:
        if lines.has(Kind.TEXT, block.start):
            lines.keep(block.start)
            break
        lines.kinds[block.start : block.stop] = [Kind.OPENER] * (min(block.stop, len(lines.kinds)) - block.start)
    stop = _end_of_answer(lines)
    if stop:
        lines.keep(stop)
    answered = _answered_below(lines.kinds)
    if answered:
        del lines.told[:answered], lines.kinds[:answered]
    lines.drop({Kind.OPENER})
    while lines.has(Kind.TEXT) and lines.kinds[-1] in (Kind.QUOTE, Kind.EMPTY):
        lines.keep(len(lines.kinds) - 1)


def _end_of_answer(lines: Lines) -> int:
    """Up to where words of one's own stand above the first opener that nothing but a signature follows; 0 when none."""
    kinds = lines.kinds
    for place, kind in enumerate(kinds):
        if kind is not Kind.OPENER or Kind.TEXT not in kinds[:place]:
            continue
        below = kinds[place:]
        quotes = [at for at, one in enumerate(below) if one is Kind.QUOTE]
        if not quotes:
            return place
        after = below[_first_run(below, quotes[0]) :]
        signed = Kind.QUOTE not in after and after.count(Kind.TEXT) < SIGNATURE_LINES
        if signed and not (Kind.TEXT in after and residues.is_greeting(lines.told[:place])):
            return place
        return 0
    return 0


def _first_run(kinds: list[Kind], start: int) -> int:
    """Where the first run of quoted lines ends."""
    place = start
    while place < len(kinds) and kinds[place] is not Kind.TEXT:
        place += 1
    return place


def _answered_below(kinds: list[Kind]) -> int:
    """Where an answer below the whole quotation begins. A quotation without attribution was chosen by hand: kept."""
    first = next((place for place, kind in enumerate(kinds) if kind is not Kind.EMPTY), 0)
    if not kinds or kinds[first] is not Kind.OPENER:
        return 0
    quotes = [place for place, kind in enumerate(kinds) if kind is Kind.QUOTE]
    texts = [place for place, kind in enumerate(kinds) if kind is Kind.TEXT]
    return texts[0] if quotes and texts and quotes[-1] < texts[0] else 0
