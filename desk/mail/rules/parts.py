"""The parts of a letter, found in one pass over its lines with a stack of open boundaries: nothing recurses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desk.mail.rules import headers as blocks
from desk.mail.rules import params
from desk.mail.rules.headers import Headers
from desk.mail.rules.limits import DEEPEST, MOST_PARTS, Reason, Unread

DASHES = re.compile(rb"^--[^\n]*", re.M)
NO_HEADERS = Headers(())


@dataclass
class Part:
    """`start` and `stop` bound its body within the bytes of the letter."""

    headers: Headers
    kind: str
    params: dict[str, str]
    disposition: str
    filename: str
    start: int
    stop: int
    depth: int
    children: list["Part"] = field(default_factory=list)
    cut_off: bool = False  # the letter ends before its container does

    @property
    def is_container(self) -> bool:
        return self.kind.startswith("multipart/")

    def leaves(self) -> Iterator["Part"]:
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.is_container:
                waiting.extend(reversed(part.children))
            else:
                yield part


@dataclass
class _Open:
    part: Part
    boundary: bytes


def parse(raw: bytes) -> Part:
    """The tree. Raises `Unread` when it is too deep, has too many parts or a header block without an end."""
    root, body = _part(raw, 0, len(raw), depth=0, default="text/plain")
    _Scan(raw, root).run(body)
    return root


def _part(raw: bytes, start: int, stop: int, *, depth: int, default: str) -> tuple[Part, int]:
    """A part whose header block begins at `start`, as yet without an end."""
    end, body = blocks.end_of_block(raw, start, stop)
    if depth:  # a part whose header block runs into the next boundary has no body
        end, body = _cut_short(raw, start, end, body)
    headers = blocks.parse(raw[start:end]) if end > start else NO_HEADERS
    kind, given = params.parse(headers.last("content-type"))
    disposition, laid = params.parse(headers.last("content-disposition"))
    name = laid.get("filename") or laid.get("name") or given.get("name") or given.get("filename") or ""
    if "/" not in kind:
        kind = default
    return Part(headers, kind, given, disposition, name, body, stop, depth), body


def _cut_short(raw: bytes, start: int, end: int, body: int) -> tuple[int, int]:
    if raw.startswith(b"--", start):
        return start, start
    found = raw.find(b"\n--", start, end)
    return (found, found + 1) if found >= 0 else (end, body)


class _Scan:
    def __init__(self, raw: bytes, root: Part) -> None:
        self.raw, self.root, self.count = raw, root, 1
        self.open: list[_Open] = []
        self.names: dict[bytes, int] = {}  # how many of the open containers have this boundary
        self.left: dict[bytes, _Open] = {}  # ended by an outer boundary, never closed: their parts may still follow
        self.leaf: Part | None = root

    def run(self, body: int) -> None:
        self._enter(self.root)
        place = body
        while found := DASHES.search(self.raw, place):
            place = found.end()
            line = found[0][2:].rstrip(b" \t\r")
            if line in self.left and line not in self.names:
                self._reopen(line, found.start())
            if line in self.names:
                place = self._next(line, found.start(), min(found.end() + 1, len(self.raw)))
            elif line.endswith(b"--") and line[:-2] in self.names:
                self._close(line[:-2], found.start())
        if self.leaf and self.open and not self.leaf.children:
            self._end_of_letter(self.leaf)

    def _enter(self, part: Part) -> None:
        boundary = part.params.get("boundary", "").rstrip().encode("utf-8", "replace")
        if part.is_container and boundary:
            if part.depth >= DEEPEST:
                raise Unread(Reason.TOO_DEEP, f"deeper than {DEEPEST}")
            self._push(_Open(part, boundary))

    def _push(self, opened: _Open) -> None:
        self.open.append(opened)
        self.names[opened.boundary] = self.names.get(opened.boundary, 0) + 1

    def _reopen(self, boundary: bytes, at: int) -> None:
        self._end_leaf(at)
        self._push(self.left.pop(boundary))

    def _unwind(self, boundary: bytes, at: int) -> _Open:
        """Ends what is open within the innermost container of this boundary."""
        self._end_leaf(at)
        while self.open[-1].boundary != boundary:
            left = self._leave(at)
            self.left[left.boundary] = left
        return self.open[-1]

    def _leave(self, at: int) -> _Open:
        ended = self.open.pop()
        ended.part.stop = at
        self.names[ended.boundary] -= 1
        if not self.names[ended.boundary]:
            del self.names[ended.boundary]
        return ended

    def _next(self, boundary: bytes, at: int, start: int) -> int:
        parent = self._unwind(boundary, at).part
        self.count += 1
        if self.count > MOST_PARTS:
            raise Unread(Reason.TOO_MANY_PARTS, f"more than {MOST_PARTS}")
        default = "message/rfc822" if parent.kind == "multipart/digest" else "text/plain"
        part, body = _part(self.raw, start, len(self.raw), depth=parent.depth + 1, default=default)
        parent.children.append(part)
        self.leaf = part
        self._enter(part)
        return max(body - 1, start - 1)  # the boundary line after an empty line begins at its line feed

    def _close(self, boundary: bytes, at: int) -> None:
        self._unwind(boundary, at)
        self._leave(at)
        self.leaf = None

    def _end_of_letter(self, leaf: Part) -> None:
        """A closing boundary may stand at the end of a line of words; else the letter was cut off."""
        closing = b"--" + self.open[-1].boundary + b"--"
        body = self.raw[leaf.start : leaf.stop].rstrip()
        if body.endswith(closing):
            leaf.stop = leaf.start + len(body) - len(closing)
        leaf.cut_off = bool(body) and not body.endswith(closing)

    def _end_leaf(self, at: int) -> None:
        """The line break before a boundary belongs to the boundary."""
        if self.leaf and not self.leaf.children:
            stop = at - 1 if at and self.raw[at - 1 : at] == b"\n" else at
            stop = stop - 1 if self.raw[stop - 1 : stop] == b"\r" else stop
            self.leaf.stop = max(self.leaf.start, stop)
