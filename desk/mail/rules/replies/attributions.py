"""`On Monday … wrote:` in many languages, over up to four lines, and what clients write instead of it."""

import re
from collections.abc import Iterator

from desk.mail.rules.replies.languages import OTHERS, SUBJECTS, WROTE

MOST_LINES = 4
LONGEST = 400
LATIN, OTHER = [[re.escape(verb) for verb in WROTE if (verb[0] < "\u1100") == latin] for latin in (True, False)]
VERB = re.compile(rf"\b(?:{'|'.join(sorted(LATIN, key=len, reverse=True))})(?!\w)|{'|'.join(OTHER)}", re.I)
DATE = re.compile(
    r"\b\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\b\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}\b|\b\d{1,2}[:.]\d{2}\b|"
    r"\b\d{1,2}(?:st|nd|rd|th)?\.?(?: de)? [^\W\d_]{3,10}\.?,?(?: de)? \d{2,4}|\b[^\W\d_]{3,10}\.? \d{1,2},? \d{4}|"
    r"\d{4}\s?년|\d{4}年"
)
ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
OPENS = re.compile(
    r"(?:on|at|le|am|el|em|il|op|den|pe|dnia|w dniu|in data|在|于|於|dne|a|vào|pada|la|ma|ti|ke|to|su|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|man|tir|ons|tor|fre|lør|søn|lun|mar|mer|jeu|ven|sam|dim|"
    r"пн|вт|ср|чт|пт|сб|вс)\S*)\b",
    re.I,
)
ENDS_WROTE = re.compile(r"(?:[:：]|wrote ?-{2,}|wrote)\s*\**$")
DATED = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}:\d{2} [AP]M,|"
    r"[^\W\d_]+, \d{1,2} [^\W\d_]+ \d{4},|[^\W\d_]{2,4}\.?, \d"
)
BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NAMED = re.compile(r"<[^\s<>@]+@[^\s<>@]+>[:：]$")
YEAR = re.compile(r"\b\d{4}\b")
GMT = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{2}:\d{2} \S")
BY_LINE = re.compile(r"\d{4}/\d{1,2}/\d{1,2} .{1,80}<[^<>\s]+@[^<>\s]+>$")


def find(lines: list[str], kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Where each begins and over how many lines it goes; reply marks before it are looked past."""
    place = 0
    while place < len(lines):
        length = _length(lines, kinds, place)
        if length:
            yield place, length
        place += length or 1


def _length(lines: list[str], kinds: list[str], place: int) -> int:
    first = lines[place].lstrip("> \t*")
    if not first or len(first) > LONGEST or not _may_begin(first):
        return 0
    if _is_lotus(lines, place):
        return 2
    told, empties = "", 0
    for length in range(1, MOST_LINES + 3):
        if place + length > len(lines):
            break
        line = lines[place + length - 1].lstrip("> \t")
        empties += not line
        if length > 1 and (kinds[place + length - 1] in "hfjds" or empties > 1 or len(told) > LONGEST):
            break
        told = f"{told} {line}".strip()
        if length > 1 and not _opens(first) and _opens(line):
            return 0  # the line above is the last of the answer
        if line and _is_whole(told, quoted_next=_quoted(lines, place + length)):
            return length
    return 0


def _may_begin(first: str) -> bool:
    return bool(DATE.search(first) or ("@" in first and ADDRESS.search(first)) or VERB.search(first))


def _opens(line: str) -> bool:
    return bool((OPENS.match(line) and DATE.search(line)) or DATED.match(line))


def _is_lotus(lines: list[str], place: int) -> bool:
    """Notes writes name, date and the headers' names on lines of their own, without a colon."""
    below = [line.strip() for line in lines[place + 1 : place + 6] if line.strip()]
    if len(below) < 2 or not ADDRESS.search(lines[place]) or not DATE.match(below[0]) or len(below[0]) > 30:
        return False
    return any(name.lower().rstrip(":：") in OTHERS | SUBJECTS for name in below[1:3])


def _is_whole(told: str, *, quoted_next: bool) -> bool:
    """A verb of writing at the end, with a date or an address; or a date, a name and a colon."""
    told = BIDI.sub("", told).replace("&lt;", "<").replace("&gt;", ">").replace("\u202f", " ").strip("*- \t")
    known = bool(DATE.search(told)), bool(ADDRESS.search(told))
    if ENDS_WROTE.search(told) or told.lower().endswith(WROTE):
        verb = list(VERB.finditer(told))
        if verb and len(told) - verb[-1].start() < 60:
            return (any(known) and (told[-1:] in ":：" or bool(OPENS.match(told)) or "----" in told)) or quoted_next
    if told[-1:] in ":：" and _has_verb_inside(told) and any(known):
        return True
    if told[-1:] in ":：" and all(known) and DATED.match(told):
        return True
    if NAMED.search(told) and (quoted_next or YEAR.search(told)):
        return True
    return bool(GMT.match(told)) or bool(BY_LINE.match(told))


def _has_verb_inside(told: str) -> bool:
    """`X <x@y> schrieb am Fr., 28. Apr. 2017 um 11:53 Uhr:`, `Op 2 feb. heeft X het volgende geschreven:`"""
    return bool(VERB.search(told)) and ("<" in told or bool(OPENS.match(told)))


def _quoted(lines: list[str], place: int) -> bool:
    following = next((line for line in lines[place : place + 3] if line.strip()), "")
    return following.lstrip().startswith(">")
