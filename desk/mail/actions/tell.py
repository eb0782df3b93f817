"""What the box found, as JSON for the shell: everything but the bytes of the attachments."""

from pathlib import Path

import msgspec

from desk.mail.actions.box import Box
from desk.mail.rules.letters import Attachment, Letter, Refusal
from desk.mail.rules.limits import MOST_BYTES

ENCODE = msgspec.json.Encoder().encode


class Question(msgspec.Struct, frozen=True):
    """A line of `desk mail parse --server`."""

    id: str
    path: str


def told(found: Letter | Refusal, of: str = "") -> bytes:
    named = {"id": of} if of else {}
    if isinstance(found, Refusal):
        return ENCODE(named | {"error": f"{found.reason.value} {found.detail}".strip()})
    values = msgspec.structs.asdict(found.envelope) | msgspec.structs.asdict(found.standing)
    values |= msgspec.structs.asdict(found)
    for name in ("attachments", "written"):
        values[name] = [_file(one) for one in getattr(found, name)]
    for name in ("envelope", "standing", "html", "pictures_off"):
        del values[name]
    return ENCODE(named | values)


def _file(one: Attachment) -> dict[str, object]:
    return {"filename": one.filename, "kind": one.kind, "size": one.size, "inline": one.inline}


def question(line: bytes) -> Question | bytes:
    try:
        return msgspec.json.decode(line, type=Question)
    except msgspec.DecodeError as fault:
        return ENCODE({"error": str(fault)})


def answer(box: Box, asked: Question) -> bytes:
    try:
        with Path(asked.path).open("rb") as letter:
            raw = letter.read(MOST_BYTES + 1)
    except OSError as fault:
        return ENCODE({"id": asked.id, "error": fault.strerror or "unreadable"})
    return told(box.read(raw), asked.id)
