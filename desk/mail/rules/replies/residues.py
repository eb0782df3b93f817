"""What is left of clients around the words: signatures, cards, closings."""

import re

from desk.mail.rules.replies.languages import CLOSINGS, GREETINGS
from desk.mail.rules.replies.lines import MOST_LINES, Kind

MOST_SIGNATURE_LINES = 12
LONGEST_OF_SIGNATURE = 50
MOST_BELOW = 60  # lines; more than that is no signature
DASHES = re.compile(r"[ \t]*(?:-- ?|--|[—–―_]{1,3}|_{2,}|ᐧ)[ \t]*$")
CLOSING = re.compile(r"^(?:" + "|".join(re.escape(word) for word in CLOSINGS) + r")\s*[,，.!！]?$", re.I)
CONTACT = re.compile(r"\w@\w|https?:|www\.|[+\d][\d ()/.\-]{6,}\d")
CARD = re.compile(r"\s*\|\s*\|")  # the first row of a table with name and address


def is_signature(lines: list[str], kinds: list[Kind], place: int) -> bool:
    """Whether a line of dashes ends the letter: `--` does, others when what follows looks like a signature."""
    if len(lines) - place > MOST_BELOW:
        return bool(DASHES.match(lines[place])) and Kind.OPENER in kinds[place:MOST_LINES]
    below = [line.strip() for line in lines[place + 1 :] if line.strip()]
    if DASHES.match(lines[place]) or set(kinds[place + 1 :]) <= {Kind.DELIMITER, Kind.EMPTY}:
        return True
    short = len(below) <= MOST_SIGNATURE_LINES and all(len(line) <= LONGEST_OF_SIGNATURE for line in below)
    return short and any(CONTACT.search(line) for line in below)


def is_greeting(lines: list[str]) -> bool:
    """Whether nothing but `Hello Wu,` stands there: the answer is below the quotation."""
    told = [line.strip() for line in lines if line.strip()]
    return len(told) == 1 and len(told[0]) <= 40 and told[0].lower().startswith(GREETINGS)


def trimmed(text: str) -> str:
    """Without a card of NetEase's client and without a closing that a block of title and firm follows."""
    lines = text.split("\n")
    lines = _without_card(lines)
    filled = [place for place, line in enumerate(lines) if line.strip()]
    for at, place in enumerate(filled):
        if at and CLOSING.match(lines[place].strip()) and 2 <= len(filled) - at - 1 <= 6:
            return "\n".join(lines[:place]).rstrip()
    return "\n".join(lines).rstrip()


def _without_card(lines: list[str]) -> list[str]:
    for place in range(max(0, len(lines) - MOST_SIGNATURE_LINES), len(lines)):
        if CARD.match(lines[place]) and any(line.strip() for line in lines[:place]):
            return lines[:place]
    return lines
