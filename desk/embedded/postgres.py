"""One PostgreSQL cluster in a folder, reachable through a Unix socket only.

Trust authentication is safe here because the socket stands in a folder that nobody else may enter.

    with Postgres(Path("/tmp/trial"), THROWAWAY) as postgres:
        postgres.url("postgres", user="postgres")
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Self

from desk.embedded import binaries, memory
from desk.embedded.child import Child, wait_for_orphans, wait_until
from desk.embedded.folder import Folder
from desk.embedded.ownership import account
from desk.i18n import Refused

THROWAWAY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    "shared_buffers": "128MB",
}  # fmt: skip
_ENV = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}  # PGPORT, PGOPTIONS and the like of our caller must not leak in
_LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
)
_ATTEMPTS = 3
_LONGEST_RECOVERY = 3600.0  # seconds
_LOGIN_AND_DATABASE = r"""
select 'create role desk login createrole' where not exists (select from pg_roles where rolname = 'desk') \gexec
select 'create database desk owner desk' where not exists (select from pg_database where datname = 'desk') \gexec
"""


class Postgres:
    """`folder` is the data folder; `extra_settings` are passed as `postgres -c name=value`."""

    name = "postgres"

    def __init__(self, folder: Path, extra_settings: Mapping[str, str] | None = None) -> None:
        self.folder = Folder(folder)
        self.account = account(self.folder.cluster)
        self.extra = dict(extra_settings or {})
        self.child: Child | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Makes the cluster when there is none; returns when it answers and has recovered. Refused with a sentence."""
        self.folder.prepare(self.account)
        wait_for_orphans(self.name, self.folder.cluster)
        # stale now; the number in them may be somebody else's, or a dead process's that nobody has buried yet
        for lock in (self.folder.cluster / "postmaster.pid", self.folder.sockets / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)
        self._init()
        for _ in range(_ATTEMPTS):
            self.child = self._child(self.name, self._command())
            self.child.start()
            self.child.farewell = signal.SIGQUIT  # a recovery cannot be ended in order, and need not be
            if wait_until(lambda: not self.alive or self._answers(), seconds=_LONGEST_RECOVERY) and self.alive:
                self.child.farewell = signal.SIGINT
                return self
            self.stop()
            wait_until(lambda: False, seconds=0.2)
        raise Refused("embedded.no_postgres", log=str(self.folder.logs / "postgres.log"))

    def stop(self) -> None:
        """In order once it has been ready; while it recovers at once, as the next start recovers anyway."""
        if self.child:
            self.child.stop(patience=20)

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    def url(self, database: str = "desk", *, user: str = "desk") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder.sockets}"

    def psql(self, script: str, database: str = "postgres", *, user: str = "postgres") -> str:
        """What psql prints for a script, unaligned and without headings. CalledProcessError when a statement fails."""
        where = ["-d", self.url(database, user=user), "-f", "-"]
        words = [str(self._program("psql")), "-XqAt", "-v", "ON_ERROR_STOP=1", *where]
        done = subprocess.run(words, input=script, env=_ENV, check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    def make_database(self) -> None:
        """The login role `desk` and its database; everything else is made by `desk migrate`."""
        self.psql(_LOGIN_AND_DATABASE)

    def forget_database(self) -> None:
        """For a story that was interrupted while it was told."""
        self.psql("drop database if exists desk with (force)")

    def _child(self, name: str, command: list[str]) -> Child:
        log = partial(self.folder.log, self.name)
        return Child(name, command, log, farewell=signal.SIGINT, account=self.account, env=_ENV)

    def _program(self, name: str) -> Path:
        return binaries.postgres(name, account=self.account, spare=self.folder.root)

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            "shared_buffers": f"{memory.buffers()}MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_error_verbosity": "terse",  # the DETAIL of a unique violation quotes people's addresses
            **self.extra,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(self._program("postgres")), "-D", str(self.folder.cluster), *options]

    def _init(self) -> None:
        """Into a folder beside the cluster, renamed when complete: a killed initdb leaves no half cluster."""
        if self.folder.cluster.exists():
            return
        half = self.folder.cluster.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        if self.account:
            os.chown(half, self.account.uid, self.account.gid)
        careless = ["--no-sync"] if self.extra.get("fsync") == "off" else []
        where = [str(self._program("initdb")), "-D", str(half), "-U", "postgres", "--auth=trust"]
        if not self._child("initdb", [*where, *_LOCALE, "--data-checksums", *careless]).run():
            raise Refused("embedded.no_postgres", log=str(self.folder.logs / "postgres.log"))
        half.rename(self.folder.cluster)

    def _answers(self) -> bool:
        try:
            return self.psql("select pg_is_in_recovery()") == "f"
        except subprocess.CalledProcessError:
            return False
