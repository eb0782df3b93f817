"""The box: letters are read by a process of its own that knows no secret, and that a hostile letter may kill."""

import os
import select
import signal
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

import msgspec

from desk.mail.actions.inside import LENGTH
from desk.mail.rules.letters import NOT_OURS, Letter, Own, Refusal
from desk.mail.rules.limits import MOST_BYTES, Reason

MOST_ANSWERED = 4 * MOST_BYTES
PATIENCE = 30.0  # seconds by the wall: the kernel counts only those of the CPU
COMMAND = (sys.executable, "-m", "desk.mail.actions.inside")


class Box:
    """Started by its first letter, kept for the next, started anew after one that killed it. One letter at a time.

    `own` is all that it is told of this desk.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, own: Own = NOT_OURS) -> None:
        self._command = command
        self._own = msgspec.msgpack.encode(own)
        self._process: subprocess.Popen[bytes] | None = None
        self._decode = msgspec.msgpack.Decoder(Letter | Refusal).decode

    def read(self, raw: bytes) -> Letter | Refusal:
        """Never raises for what a letter holds; waits at most half a minute."""
        if len(raw) > MOST_BYTES:
            return Refusal(Reason.TOO_BIG, f"{len(raw)} bytes")
        try:
            self._send(self._running(), raw)
            return self._answer()
        except (BrokenPipeError, EOFError):
            return self._killed()
        except (msgspec.DecodeError, OverflowError) as fault:
            self.close()
            return Refusal(Reason.BROKEN, f"the reader's answer: {type(fault).__name__}")
        except TimeoutError:
            self.close()
            return Refusal(Reason.TOO_SLOW, f"{PATIENCE:.0f} s")

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"},
                start_new_session=True,
            )
            self._send(self._process, self._own)
        return self._process

    def _send(self, process: subprocess.Popen[bytes], raw: bytes) -> None:
        assert process.stdin
        process.stdin.write(LENGTH.pack(len(raw)))
        process.stdin.write(raw)
        process.stdin.flush()

    def _answer(self) -> Letter | Refusal:
        process = self._process
        assert process
        until = time.monotonic() + PATIENCE
        (length,) = LENGTH.unpack(_exactly(process, LENGTH.size, until))
        if length > MOST_ANSWERED:
            raise OverflowError
        found: Letter | Refusal = self._decode(_exactly(process, length, until))
        return found

    def _killed(self) -> Refusal:
        assert self._process
        code = self._process.wait()
        self.close()
        if code == -signal.SIGXCPU:
            return Refusal(Reason.TOO_SLOW, "CPU")
        return Refusal(Reason.BROKEN, f"the reader ended with {code}")


def _exactly(process: subprocess.Popen[bytes], length: int, until: float) -> bytes:
    assert process.stdout
    place = process.stdout.fileno()
    taken = bytearray()
    while len(taken) < length:
        if not select.select([place], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(place, min(length - len(taken), 1 << 20))
        if not piece:
            raise EOFError
        taken += piece
    return bytes(taken)
