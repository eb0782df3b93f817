"""Words at which a letter changes its meaning, and marks by which it names a request."""

import hashlib
import re
from collections.abc import Collection, Iterator

from desk.mail.rules.signed import REPLY_ADDRESS

TOKEN = re.compile(r"\[#(\d{1,18})\]")
PREFIX = re.compile(
    r"^\s*(?:re|aw|sv|vs|antw?|rif|odp|fwd?|wg|tr|rv|enc|回复|答复|回覆|回復|答覆|转发|轉寄|返信|답장)"
    r"\s*(?:\[\d+\])?\s*[:：]",
    re.I,
)
BREAKS = r"[\s,，.。!！~～、;；:：…\-—🙏👍😊]*"
THANKS = re.compile(
    rf"{BREAKS}(?:(?:非常感谢|十分感谢|多谢|谢谢|感谢|谢了|谢啦|辛苦了?|收到|好的|好|知道了|明白|了解|"
    r"many thanks|thanks a lot|thank you(?: very much| so much)?|thanks|thx|okay|ok|got it|received|noted|great)"
    rf"(?:您|你|大家|了|啦|哈)?{BREAKS}){{1,6}}",
    re.I,
)
NOT_YET = re.compile(
    r"\W*(?:还没|還沒|还没有|尚未|仍没|仍然没|还是没|还是不|还不行|没有?解决|没有?好|没弄好|问题依旧|not yet|still not|"
    r"not (?:solved|fixed|done|resolved|working)|still (?:broken|waiting|doesn't|does not|isn't|is not))",
    re.I,
)
MOST_THANKS = 120
MOST_MARKS = 20


def is_thanks(words: str, names: Collection[str] = ()) -> bool:
    """谢谢、收到, thanks, ok and nothing else but whoever signs: it owes nothing and asks nothing."""
    lines = [line.strip() for line in words.strip().splitlines() if line.strip()]
    while len(lines) > 1 and lines[-1].strip("-— ") in {"", *names}:
        lines.pop()
    said = " ".join(lines)
    return 0 < len(said) <= MOST_THANKS and THANKS.fullmatch(said) is not None


def is_not_yet(words: str) -> bool:
    """还没好, not yet: at the start, since later it may be said of anything."""
    return NOT_YET.match(words) is not None


def token(subject: str) -> int | None:
    """The number in [#2081]."""
    found = TOKEN.search(subject)
    return int(found[1]) if found else None


def bare(subject: str) -> str:
    """A subject without what clients and the desk put around it, to be compared."""
    left = TOKEN.sub(" ", subject)
    while found := PREFIX.match(left):
        left = left[found.end() :]
    return " ".join(left.casefold().split())


def is_same_subject(subject: str, title: str, number: int) -> bool:
    """A changed subject is another matter, whatever the letter answers to."""
    if token(subject) == number:
        return True
    one, other = bare(subject), bare(title)
    return not one or one in other or (bool(other) and other in one)


def marks(text: str, own: str) -> Iterator[str]:
    """Signed addresses that stand in a quoted letter. `own`: the desk's, of which they are made."""
    for place, found in enumerate(REPLY_ADDRESS.finditer(text)):
        if place >= MOST_MARKS:
            return
        yield own.partition("@")[0] + found[0]


def said(words: str, subject: str) -> str:
    """A digest of words without blanks. `subject`: of what begins something new, where the words may stand in it alone;
    empty for an answer.
    """
    told = "".join(f"{bare(subject)}\n{words}".split()).casefold()
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
