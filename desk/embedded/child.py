"""One process of the tree: it dies with whoever started it, even when that one is killed with -9."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desk.embedded.ownership import Account

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_PATIENCE = 30.0  # seconds for an orphan to end by itself


def dying_with_us(farewell: int) -> Callable[[], None]:
    """For Popen's preexec_fn. Start such children from the main thread: the kernel watches the thread that forked."""
    parent = os.getpid()

    def prepare() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:  # it died before the kernel was asked
            os._exit(1)

    return prepare


@dataclass
class Child:
    name: str
    command: Sequence[str | Path]
    log: Callable[[], IO[bytes]]
    farewell: int = signal.SIGTERM
    account: Account | None = None  # root lends the process to it
    env: Mapping[str, str] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        with self.log() as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/" if self.account else None,
                env=self.env,
                start_new_session=True,
                preexec_fn=dying_with_us(self.farewell),
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            )

    def run(self) -> bool:
        """Starts it and waits for its end; True when it ended well. Killed when our wait is interrupted."""
        self.start()
        assert self.process is not None
        try:
            return self.process.wait() == 0
        except BaseException:
            self.process.kill()
            raise

    def ask_to_stop(self) -> None:
        if self.process and self.alive:
            self.process.send_signal(self.farewell)

    def stop(self, patience: float) -> None:
        """Asks, waits `patience` seconds, then kills."""
        self.ask_to_stop()
        if self.process is None:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def wait_until(ready: Callable[[], bool], *, seconds: float) -> bool:
    """Polls. False when it was not ready in time."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def wait_for_orphans(program: str, home: Path) -> None:
    """Until no such program works in the folder any more: servers of a killed supervisor are ending, or are killed."""
    if not wait_until(lambda: not _working_in(home, program), seconds=_PATIENCE):
        for pid in _working_in(home, program):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not _working_in(home, program), seconds=_PATIENCE)


def _working_in(home: Path, program: str) -> list[int]:
    """Process numbers; those of other users are not ours to see and cannot be ours."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            here = os.readlink(process / "cwd") == str(home.resolve())
            if here and (process / "comm").read_text().startswith(program):
                found.append(int(process.name))
    return found
