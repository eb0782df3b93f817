"""One Valkey in a folder, reachable through a Unix socket only. It may be wiped at any moment with nothing lost."""

import os
import socket
from functools import partial
from pathlib import Path
from typing import Self

from desk.embedded import binaries
from desk.embedded.child import Child, wait_for_orphans, wait_until
from desk.embedded.folder import Folder
from desk.embedded.ownership import account
from desk.i18n import Refused

_ENV = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


class Valkey:
    name = "valkey"

    def __init__(self, folder: Path) -> None:
        self.folder = Folder(folder)
        self.account = account(self.folder.cluster)
        self.child: Child | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Returns when it answers PING. Refused with a sentence."""
        self.folder.prepare(self.account)
        wait_for_orphans(self.name, self.folder.valkey)
        log = partial(self.folder.log, self.name)
        self.child = Child(self.name, self._command(), log, account=self.account, env=_ENV)
        self.child.start()
        if not (wait_until(lambda: not self.alive or self._answers(), seconds=60) and self.alive):
            raise Refused("embedded.no_valkey", log=str(self.folder.logs / "valkey.log"))
        return self

    def stop(self) -> None:
        if self.child:
            self.child.stop(patience=10)

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    def url(self, database: int = 0) -> str:
        return f"unix://{self.folder.sockets}/valkey.sock?db={database}"

    def _command(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": f"{self.folder.sockets}/valkey.sock",
            "unixsocketperm": "700",
            "dir": str(self.folder.valkey),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return [str(binaries.valkey(account=self.account, spare=self.folder.root)), *options, "--save", ""]

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(f"{self.folder.sockets}/valkey.sock")
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False
