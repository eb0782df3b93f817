"""Header blocks as found in the wild: folded, without a colon, without an end, in raw bytes."""

import re
from dataclasses import dataclass

from desk.mail.rules.limits import MOST_HEADER_BYTES, Reason, Unread

FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*")
END = re.compile(rb"\r?\n[ \t]*\r?\n")


@dataclass(frozen=True)
class Headers:
    """Names in lower case with their unfolded bytes, in the order in which they stand."""

    fields: tuple[tuple[str, bytes], ...]

    def first(self, name: str) -> bytes:
        """Empty when there is none. Trace fields are put on top: the first is the nearest server's."""
        return next((value for key, value in self.fields if key == name), b"")

    def last(self, name: str) -> bytes:
        return next((value for key, value in reversed(self.fields) if key == name), b"")

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)


def end_of_block(raw: bytes, start: int, stop: int) -> tuple[int, int]:
    """Where the header block that begins at `start` ends, and where the body begins. Raises `Unread`."""
    if raw.startswith(b"\n", start):
        return start, start + 1
    if raw.startswith(b"\r\n", start):
        return start, start + 2
    found = END.search(raw, start, min(stop, start + MOST_HEADER_BYTES))
    if found:
        return found.start(), found.end()
    if stop - start > MOST_HEADER_BYTES:
        raise Unread(Reason.HEADER_TOO_LONG, f"no end within {MOST_HEADER_BYTES} bytes")
    return stop, stop


def parse(block: bytes) -> Headers:
    """A line that is neither a field nor folded is passed over: one broken line must not hide the next."""
    fields: list[tuple[str, list[bytes]]] = []
    for line in block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            if fields:
                fields[-1][1].append(line)
            continue
        found = FIELD.match(line)
        if found:
            fields.append((found[1].decode("ascii").lower(), [line[found.end() :]]))
    return Headers(tuple((name, b"".join(lines).strip()) for name, lines in fields))
