"""Files within the words, as old programs write them: `begin 644 name`, lines that tell their length, `end`."""

import binascii
import re

BEGIN = re.compile(r"^begin [0-7]{3,4} (\S.{0,300})$", re.M)
LINES = re.compile(r"(?:[!-M][ -`]{1,84}\n)*(?:[ `][ ]*\n)?end[ \t]*(?:\n|\Z)")


def split(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The words without the files, and the files by name. What does not read to its end is words."""
    if "begin " not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    place = 0
    while found := BEGIN.search(text, place):
        block = LINES.match(text, found.end() + 1)
        content = _content(block[0]) if block else None
        if block is None or content is None:
            kept.append(text[place : found.end()])
            place = found.end()
            continue
        kept.append(text[place : found.start()])
        files.append((found[1].strip(), content))
        place = block.end()
    return "".join(kept) + text[place:], files


def whole(body: bytes) -> bytes:
    """A part whose transfer encoding is this; as it came when it does not read."""
    files = split(body.decode("latin-1").replace("\r\n", "\n"))[1]
    return files[0][1] if files else body


def _content(block: str) -> bytes | None:
    """None where a line is no line of it: somebody wrote about such files."""
    told = bytearray()
    for line in block.split("\n"):
        if line.strip() in ("", "`", "end"):
            break
        try:
            told += binascii.a2b_uu(line)
        except binascii.Error:
            try:  # some programs write a few bytes too many
                told += binascii.a2b_uu(line[: 1 + ((ord(line[0]) - 32) & 63) * 4 // 3 + 1])
            except binascii.Error:
                return None
    return bytes(told) or None
