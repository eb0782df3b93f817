"""The inside of the box: is told what is the desk's own, then reads letters from stdin, under limits of the kernel."""

import math
import resource
import sys
import time
from collections.abc import Iterator
from struct import Struct as Layout

import msgspec

from desk.mail.rules.letters import Letter, Own, Refusal
from desk.mail.rules.limits import Reason, Unread
from desk.mail.rules.read import read

SECONDS = 5  # of CPU for a letter
MEMORY = 256 * 1024 * 1024
LENGTH = Layout(">I")


def main() -> None:
    _limit()
    encode = msgspec.msgpack.Encoder().encode
    own = msgspec.msgpack.decode(next(_given()), type=Own)
    for raw in _given():
        answer = encode(_read(raw, own))
        sys.stdout.buffer.write(LENGTH.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


def _given() -> Iterator[bytes]:
    while head := sys.stdin.buffer.read(LENGTH.size):
        yield sys.stdin.buffer.read(LENGTH.unpack(head)[0])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _read(raw: bytes, own: Own) -> Letter | Refusal:
    """A fault of the reader is told by its type and line, never by its words: they may quote the letter."""
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + SECONDS, resource.RLIM_INFINITY))
    try:
        return read(raw, own)
    except Unread as unread:
        return Refusal(unread.reason, unread.detail)
    except MemoryError:
        return Refusal(Reason.TOO_MUCH_MEMORY)
    except Exception as fault:
        return Refusal(Reason.BROKEN, f"{type(fault).__name__} at {_place(fault)}")


def _place(fault: Exception) -> str:
    frame = fault.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}" if frame else ""


if __name__ == "__main__":
    main()
