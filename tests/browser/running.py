"""A desk as it runs for people: `desk web` and `desk worker`, on a database of their own and a clock that we hold."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from redis import Redis

from desk.embedded.child import Child, wait_until
from tests.cluster import Cluster
from tests.firm import local

ROOT = Path(__file__).parents[2]
PYTHON = (sys.executable, "-m")
PATIENCE = 120  # seconds until it answers; how long it takes says nothing on a busy machine


class RunningDesk:
    """`at` is what its clock shows, in words of Shanghai: 2026-11-20 09:30. `mail`: more settings, for a desk that has a
    postroom too, which takes letters at `mail_port`.
    """

    def __init__(
        self, cluster: Cluster, name: str, folder: Path, *, valkey: int, at: str, mail: Mapping[str, str] | None = None
    ) -> None:
        self.cluster, self.name, self.folder = cluster, name, folder
        self.port, self.mail_port = _free_port(), _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.clock_says(at)
        own = {
            "DESK_DATABASE_URL": cluster.clone(name),
            "DESK_VALKEY_URL": cluster.valkey.url(valkey),
            "DESK_DATA": str(folder / "data"),
            "DESK_PORT": str(self.port),
            "DESK_CLOCK": str(folder / "clock"),
            "DESK_MAIL_LISTEN": f"127.0.0.1:{self.mail_port}",
        }
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("DESK_")} | own | dict(mail or {})
        self.children = [self._child(name) for name in ("web", "worker", *(["postroom"] if mail else []))]

    def clock_says(self, words: str) -> None:
        """For web and worker alike: both read the file whenever they need the time."""
        self.at: datetime = local(words)
        half = self.folder / "clock.new"
        half.write_text(self.at.isoformat())
        half.replace(self.folder / "clock")

    def does(self, *command: str) -> str:
        """One command with the desk's settings, to its end: what it printed."""
        done = subprocess.run((*PYTHON, *command), cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        (self.folder / "data").mkdir(exist_ok=True)
        with Redis.from_url(self.environment["DESK_VALKEY_URL"]) as valkey:
            valkey.flushdb()
        for child in self.children:
            child.start()
        if not wait_until(lambda: self._answers() or not all(one.alive for one in self.children), seconds=PATIENCE):
            pytest.fail(self.said(), pytrace=False)
        assert all(one.alive for one in self.children), self.said()

    def stop(self) -> None:
        for child in self.children:
            child.stop(patience=20)
        self.cluster.drop(self.name)

    def said(self) -> str:
        """The ends of both logs."""
        return "\n".join(f"{log.name}:\n{log.read_text()[-3000:]}" for log in sorted(self.folder.glob("*.log")))

    def _child(self, name: str) -> Child:
        return Child(name, (*PYTHON, "desk.cli", name), partial(self._log, name), env=self.environment)

    def _log(self, name: str) -> IO[bytes]:
        return (self.folder / f"{name}.log").open("ab")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/login", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
