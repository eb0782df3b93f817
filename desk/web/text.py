"""What people typed, made safe to show. The one place that marks strings as safe."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
# In escaped text: an address ends where an escaped bracket or quote begins.
_LINK = re.compile(r"https?://(?:(?!&(?:lt|gt|#34|#39);)[\w\-.~%:/?#\[\]@!$&'()*+,;=])+", re.ASCII)
_CLOSERS = {")": "(", "]": "["}


def paragraphs(text: str) -> Markup:
    """Blank lines part paragraphs, line breaks stay, http(s) addresses become links. Everything else is escaped."""
    safe = str(escape(text.replace("\r\n", "\n").strip()))
    if "://" in safe:
        safe = _LINK.sub(_link, safe)
    parts = (part.replace("\n", "<br>") for part in _BLANK_LINES.split(safe) if part)
    return Markup("".join(f"<p>{part}</p>" for part in parts))


def _link(found: re.Match[str]) -> str:
    address = _trimmed(found.group())
    return f'<a href="{address}" rel="noreferrer nofollow ugc">{address}</a>{found.group()[len(address) :]}'


def _trimmed(address: str) -> str:
    """Without the punctuation that ends the sentence around it."""
    left, end = {sign: address.count(sign) for sign in "()[]"}, len(address)
    while end and _is_outside(address, end, left):
        end -= 1
        if address[end] in left:
            left[address[end]] -= 1
    return address[:end]


def _is_outside(address: str, end: int, left: Mapping[str, int]) -> bool:
    """Whether the last sign before `end` belongs to the sentence. `left`: how many brackets there are up to it."""
    last = address[end - 1]
    if last in _CLOSERS:
        return left[last] > left[_CLOSERS[last]]
    return last in ".,:!?'" or (last == ";" and not address.endswith("&amp;", 0, end))


def size(count: int) -> str:
    """Bytes as people read them: 640 B, 12 KB, 1.2 MB (decimal units, as file managers show)."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= step:
            figure = count / step
            return f"{figure:.1f} {unit}" if figure < 10 else f"{figure:.0f} {unit}"
    return f"{count} B"


def initials(name: str) -> str:
    """The first sign of a Chinese name, the first letters of a Latin one."""
    words = name.split()
    if not words:
        return ""
    if ord(words[0][0]) > 0x2E7F:
        return words[0][0]
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()
