"""A desk of its own for each test: a data folder, a port, and every process that belongs to it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from desk.embedded.folder import Folder

ROOT = Path(__file__).parents[2]


class Desk:
    """tests/embedded/tree.py on a folder; `printed` is what it said until it was ready."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.printed = ""
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        other = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        environment = {**other, "DESK_DATA": str(self.folder), "DESK_PORT": str(self.port), **settings}
        command = [sys.executable, "-m", "tests.embedded.tree", *words]
        pipe = subprocess.PIPE
        desk = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, preexec_fn=_hear_hangup
        )
        self.started.append(desk)
        return desk

    def running(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        """Started and ready: it has said how to stop it."""
        desk = self.start(*words, **settings)
        assert desk.stdout is not None
        self.printed = "".join(iter(lambda: self._line(desk.stdout), ""))
        assert desk.poll() is None, (self.printed, desk.communicate())
        return desk

    @staticmethod
    def _line(stdout: IO[str]) -> str:
        line = stdout.readline()
        return "" if "Ctrl-C" in line else line

    def answers(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def processes(self) -> dict[int, str]:
        """Number -> command line of whatever works in this folder, backends of PostgreSQL included."""
        found = {int(entry.name): _belongs(entry, str(self.folder)) for entry in Path("/proc").glob("[0-9]*")}
        return {pid: words for pid, words in found.items() if words}

    def pid(self, name: str) -> int:
        """Of a part of the tree: what the supervisor started as `name`."""
        marks = {"web": "HTTPServer", "worker": "time.sleep", "postroom": "signal.pause"}
        mark = ({"postgres": "bin/postgres", "valkey": "valkey-server"} | marks)[name]
        return next((pid for pid, words in self.processes().items() if mark in words), 0)

    def log(self, name: str) -> list[str]:
        return (Folder(self.folder).logs / f"{name}.log").read_text().splitlines()


def _hear_hangup() -> None:
    """Whoever runs the tests under nohup hands an ignored SIGHUP down, and the desk rightly keeps it ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def eventually(holds: Callable[[], object]) -> None:
    """Fails when it never holds; how long it takes says nothing about the desk on a busy machine."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def _belongs(entry: Path, folder: str) -> str:
    try:
        words = (entry / "cmdline").read_text().replace("\0", " ")
        environment = (entry / "environ").read_text()
        works_in = os.readlink(entry / "cwd")
    except OSError:
        return ""
    mine = folder in words or f"DESK_DATA={folder}" in environment or works_in.startswith(folder)
    return words if mine and words else ""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: root's system user could not walk there."""
    made = Path(tempfile.mkdtemp(prefix="desk-own-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk(folder)
    yield desk
    for process in desk.started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
