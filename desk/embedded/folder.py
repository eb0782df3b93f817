"""The data folder: what stands where, whom it belongs to, and that only one desk at a time uses it.

postgres/   the cluster            log/    what each process wrote
valkey/     the append-only file   run/    sockets (elsewhere when the path would be too long)
files/      attachments            story   what was told into this folder: pending, told or empty
"""

import fcntl
import hashlib
import os
import stat
from pathlib import Path
from typing import IO

from desk.embedded.ownership import Account, can_walk
from desk.i18n import Refused

LONGEST_SOCKET = 103  # bytes of a path that sockaddr_un takes everywhere, its closing zero left out
LONGEST_LOG = 10 * 1024 * 1024  # bytes after which a log is moved aside when its process starts


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.cluster = self.root / "postgres"
        self.valkey = self.root / "valkey"
        self.logs = self.root / "log"
        self.story = self.root / "story"
        self.sockets = self._sockets()

    def _sockets(self) -> Path:
        near = self.root / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
            return near
        return Path("/tmp") / f"desk-{hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]}"

    def prepare(self, account: Account | None) -> None:
        """Makes what is missing, readable by nobody else. Refused when it cannot be used."""
        self._claim()
        open_to(account, self.root)
        self.logs.mkdir(exist_ok=True, mode=0o700)
        for private in (self.sockets, self.valkey):
            own(private, account)

    def _claim(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refused("embedded.unusable", folder=str(self.root), why=error.strerror) from None
        if self.root.stat().st_uid != os.geteuid():
            raise Refused("embedded.foreign", folder=str(self.root))

    def lock(self) -> IO[str]:
        """Held as long as the file returned is open. Refused while another desk holds it."""
        self._claim()
        held = (self.root / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise Refused("embedded.busy", folder=str(self.root), pid=held.read().strip() or "?") from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        return held

    def told(self) -> str:
        """What was told into this folder: nothing yet (""), "pending", "told" or "empty"."""
        return self.story.read_text().strip() if self.story.exists() else ""

    def log(self, name: str) -> IO[bytes]:
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")


def own(path: Path, account: Account | None) -> None:
    """Makes a private folder of the account (of ourselves when None). Refused when it is somebody else's."""
    owner = account.uid if account else os.geteuid()
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise Refused("embedded.foreign", folder=str(path))
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
    if account and found.st_uid != owner:
        os.chown(path, account.uid, account.gid)


def open_to(account: Account | None, root: Path) -> None:
    """Lets the account's group walk through the data folder itself; its parents are not ours to change."""
    if account is None:
        return
    if blocked := can_walk(account, root.parent):
        raise Refused("embedded.data_out_of_reach", folder=str(blocked), user=account.name, data=str(root))
    if can_walk(account, root):
        os.chown(root, -1, account.gid)
        root.chmod(stat.S_IMODE(root.stat().st_mode) | stat.S_IXGRP)
