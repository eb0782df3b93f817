"""What each line of a letter is: text, empty, quoted, a header, or the beginning of a quotation."""

import re
from enum import StrEnum

from desk.mail.rules.html import MARK
from desk.mail.rules.replies import attributions
from desk.mail.rules.replies.languages import BEGIN, DEVICES, FROM, ORIGINAL, OTHERS, SUBJECTS

LONGEST = 2000  # a line of more characters is text
MOST_LINES = 5_000  # that are looked at; below them all is text
WRAPS_AT = 60
GENERIC = ("sent from ", "sent by ", "sent via ", "sent with ")  # may begin a sentence, unless "my" follows
QUOTED = re.compile(r"[ \t]*(?:>|[|](?!.*[|]\s*$)\s|[|]$|[A-Z][A-Za-z]{0,9}>)")
DELIMITER = re.compile(r"[ \t]*(?:-- ?|--+|__+|\*\*+|##+|~~+|==+|\+\++|[—–―_]+|[─═━]+|ᐧ)[ \t]*$")
HEADER = re.compile(r"[ \t]*(?:> ?)*[|*_ \t]*([^\W\d_][^:：|<>@\n]{0,30}?)[ \t]*(?:\*{0,2}[ \t]*[:：]\*{0,2}|\|)(.*)$")
RULE = re.compile(r"[ \t>]*[*|]?[ \t]*[-_*=─—]{2,}[ \t]*(.*?)[ \t]*[-_*=─—]{2,}[ \t]*[*|]?[ \t]*$")
INNER_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")


class Kind(StrEnum):
    TEXT = "t"
    EMPTY = "e"
    QUOTE = "q"
    HEADER = "h"
    FROM = "f"  # the header that names the sender
    SUBJECT = "j"
    OPENER = "b"  # what follows is quoted: "On … wrote:", "----- Original Message -----"
    DELIMITER = "d"
    DEVICE = "s"  # "Sent from my …"


def kinds(lines: list[str]) -> list[Kind]:
    """One for each line; nothing between code fences is anything but text."""
    found = [Kind.TEXT] * len(lines)
    free = list(lines[:MOST_LINES])
    fenced = False
    for place, line in enumerate(free):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if fenced:
            free[place] = ""
        else:
            found[place] = _kind(line)
    for start, length in attributions.find(free, list(found)):
        found[start : start + length] = [Kind.OPENER] * length
    for place in range(1, min(len(found), MOST_LINES) - 1):
        if _is_wrapped(lines, found, place):
            found[place] = Kind.QUOTE
    return found


def _is_wrapped(lines: list[str], found: list[Kind], place: int) -> bool:
    """The rest of a quoted line that a mail server broke: alone between quoted lines, below a long one."""
    around = found[place - 1] is Kind.QUOTE and found[place + 1] is Kind.QUOTE
    return around and found[place] is Kind.TEXT and len(lines[place - 1]) >= WRAPS_AT


def _kind(line: str) -> Kind:
    bare = line.strip()
    if not bare:
        return Kind.EMPTY
    if bare == MARK:
        return Kind.OPENER
    if len(line) > LONGEST:
        return Kind.TEXT
    if is_original(bare) or bare.lstrip("> ").lower().startswith(BEGIN):
        return Kind.OPENER
    if QUOTED.match(line):
        return Kind.QUOTE
    if DELIMITER.match(line):
        return Kind.DELIMITER
    if is_device(bare):
        return Kind.DEVICE
    return header_kind(line) or Kind.TEXT


def is_original(bare: str) -> bool:
    """`----- Original Message -----` in one of many languages."""
    found = RULE.match(bare) if len(bare) < 200 else None
    inner = INNER_SPACE.sub("", found[1].lower().replace("’", "'")).strip(" :：") if found else ""
    return bool(inner) and (inner.startswith(ORIGINAL) or inner.endswith(" wrote"))


def header_kind(line: str) -> Kind | None:
    """Whether the line is a header of a quoted letter, in any decoration: bold, in a table, spaced (`主 题：`)."""
    found = HEADER.match(line) if len(line) <= LONGEST else None
    if not found:
        return None
    name = INNER_SPACE.sub("", found[1].strip("* _\t").lower())
    if name in FROM:
        return Kind.FROM
    if name in SUBJECTS:
        return Kind.SUBJECT
    return Kind.HEADER if name in OTHERS else None


def is_device(bare: str) -> bool:
    """A line that a telephone adds by itself: short, and nothing but that."""
    told = bare.lstrip("<([* ").lower().replace("\u2019", "'")
    if len(bare) >= 120 or not told.startswith(DEVICES) or bare[0].islower() or bare.endswith(("?", ",")):
        return False
    return (
        not told.startswith(GENERIC)
        or told.startswith("sent from my ")
        or (not bare.endswith(".") and len(bare.split()) <= 9)
    )
