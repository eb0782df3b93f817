"""Letters that were passed on: the one inside, and who wrote it."""

import re

from desk.mail.rules.html import MARK
from desk.mail.rules.replies import lines as reading
from desk.mail.rules.replies.blocks import Block, blocks
from desk.mail.rules.replies.languages import BEGIN, FORWARDED
from desk.mail.rules.replies.lines import Kind

SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vs|vb|doorst|转发|轉寄|転送|전달)\s*[:：]", re.I)
ADDRESS = re.compile(r"[^\s<>@\[\]();:\"']+@[^\s<>@\[\]();:\"',]+\.[A-Za-z]{2,}")


def inner_sender(marked: str, subject: str, *, is_reply: bool) -> tuple[bool, str]:
    """Whether a letter stands within this one that was passed on, and whose.

    Replies quote the header block of a letter too (Outlook): in them only the client's own word for passing on counts.
    """
    lines = [line.rstrip() for line in marked.split("\n")[: reading.MOST_LINES]]
    kinds = [_plain(line) for line in lines]
    found = blocks(lines, kinds)
    if not found:
        return False, ""
    last = found[-1] if not _passes_on(lines, found[0], subject) else found[0]
    passed_on = not is_reply or _passes_on(lines, found[0], subject)
    return passed_on, _address(lines[last.headers : last.stop]) if passed_on else ""


def _plain(line: str) -> Kind:
    """Kinds for headers alone: also of those that are quoted (Apple passes on in quotes)."""
    bare = line.strip("> \t")
    if not bare or bare == MARK:
        return Kind.EMPTY
    if reading.is_original(bare) or bare.lower().startswith(BEGIN):
        return Kind.OPENER
    return reading.header_kind(line) or Kind.TEXT


def _passes_on(lines: list[str], block: Block, subject: str) -> bool:
    above = lines[block.start].lower()
    return bool(SUBJECT.match(subject)) or any(word in above for word in FORWARDED)


def _address(headers: list[str]) -> str:
    for line in headers:
        if reading.header_kind(line) is Kind.FROM:
            found = ADDRESS.search(line)
            return found[0].lower() if found else ""
    return ""
