"""The whole desk from one command: servers, migration, story, web, worker, postroom; whoever ends is started again.

Every child asks the kernel to be ended with us, so a supervisor killed with -9 leaves nothing behind.
"""

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from desk.embedded import terminal
from desk.embedded.child import Child, wait_until
from desk.embedded.folder import Folder
from desk.embedded.ownership import account
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey
from desk.i18n import Refused
from desk.settings import Settings

PYTHON = (sys.executable, "-P", "-m")
PROGRAMS = {name: (*PYTHON, "desk.cli", name) for name in ("migrate", "seed", "web", "worker", "postroom")}
_PATIENCE = 1.4  # seconds for web, worker and postroom together; the whole tree must be gone within two
_SHORT_LIFE = 5.0  # seconds: who ends sooner waits before the next start, twice as long each time
_LONGEST_PAUSE = 10.0


class Part(Protocol):
    name: str

    @property
    def alive(self) -> bool: ...
    def start(self) -> object: ...


class Supervisor:
    def __init__(
        self,
        settings: Settings,
        *,
        empty: bool = False,
        programs: Mapping[str, tuple[str, ...]] = PROGRAMS,
        postgres_settings: Mapping[str, str] | None = None,
    ) -> None:
        self.settings, self.empty, self.programs = settings, empty or settings.production, programs
        self.folder = Folder(settings.data)
        self.postgres = None if settings.database_url else Postgres(settings.data, postgres_settings)
        self.valkey = None if settings.valkey_url else Valkey(settings.data)
        self.web, self.worker, self.postroom = map(self._program, ("web", "worker", "postroom"))
        self.pauses: dict[str, tuple[float, float]] = {}  # name -> (start, pause before the next start)

    def run(self) -> None:
        """Until SIGINT, SIGTERM or SIGHUP. Refused when it cannot start; whatever was started is stopped again."""
        with self.folder.lock():
            _on_signals(signal.default_int_handler)
            try:
                self._start()
                terminal.ready(self.settings, story=self.folder.told() == "told")
                while True:
                    time.sleep(0.1)
                    self._mend()
            except KeyboardInterrupt:
                terminal.say("stopping")
            finally:
                _on_signals(signal.SIG_IGN)
                self._stop()

    def _start(self) -> None:
        self.folder.prepare(account(self.folder.cluster) if self.postgres or self.valkey else None)
        self._choose_story()
        _check_port(self.settings)
        _check_mail_port(self.settings)
        if self.postgres:
            self._start_postgres(self.postgres)
        if self.valkey:
            self.valkey.start()
        self._finish("migrate")
        self._tell_story()
        self.worker.start()
        self.postroom.start()
        self.web.start()
        if not wait_until(lambda: not self.web.alive or _listens(self.settings), seconds=60) or not self.web.alive:
            raise Refused("embedded.no_start", name="web", end=terminal.end_of(self.folder.logs / "web.log"))

    def _start_postgres(self, postgres: Postgres) -> None:
        if not self.folder.cluster.exists():
            terminal.say("first_time")
        postgres.start()
        if self.folder.told() == "pending":
            postgres.forget_database()
        postgres.make_database()

    def _choose_story(self) -> None:
        if not self.folder.told():
            fresh = not self.empty and not self.folder.cluster.exists()
            self.folder.story.write_text("pending\n" if fresh else "empty\n")

    def _tell_story(self) -> None:
        if self.folder.told() == "pending":
            terminal.say("telling")
            self._finish("seed")
            self.folder.story.write_text("told\n")

    def _finish(self, name: str) -> None:
        if not self._program(name).run():
            raise Refused("embedded.no_start", name=name, end=terminal.end_of(self.folder.logs / f"{name}.log"))

    def _program(self, name: str) -> Child:
        environment = {**os.environ, "DESK_DATA": str(self.settings.data)}
        return Child(name, self.programs[name], partial(self.folder.log, name), env=environment)

    def _mend(self) -> None:
        """Starts again what has ended, servers first."""
        parts: tuple[Part | None, ...] = (self.postgres, self.valkey, self.worker, self.postroom, self.web)
        for part in parts:
            if part and not part.alive and self._may_start(part.name):
                terminal.say("again", name=part.name)
                part.start()

    def _may_start(self, name: str) -> bool:
        now = time.monotonic()
        begun, pause = self.pauses.get(name, (0.0, 0.0))
        if now < begun + pause:
            return False
        short = now - begun < _SHORT_LIFE + pause
        self.pauses[name] = (now, min(max(0.5, pause * 2), _LONGEST_PAUSE) if short else 0.0)
        return True

    def _stop(self) -> None:
        """Web, worker and postroom together, then what they need."""
        end = time.monotonic() + _PATIENCE
        for child in (self.web, self.worker, self.postroom):
            child.ask_to_stop()
        for child in (self.web, self.worker, self.postroom):
            child.stop(max(0.0, end - time.monotonic()))
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()


def _on_signals(handler: "signal._HANDLER") -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays in force
            signal.signal(number, handler)


def _check_port(settings: Settings) -> None:
    """An orphan of a killed desk may hold the port for a moment; anybody else keeps it. Refused with a sentence."""
    trouble = _lasting_trouble(settings.host, settings.port)
    if trouble.errno == errno.EADDRINUSE:
        raise Refused("embedded.port_taken", host=settings.host, port=settings.port)
    if trouble.strerror:
        raise Refused("embedded.port_unusable", host=settings.host, port=settings.port, why=trouble.strerror)


def _check_mail_port(settings: Settings) -> None:
    """Letters wait at their senders; the rest of the desk does not wait for them."""
    if settings.mail_listen and (why := _lasting_trouble(*settings.mail_listen).strerror):
        terminal.say_sentence("mail.cannot_listen", host=settings.mail_listen[0], port=settings.mail_listen[1], why=why)


def _lasting_trouble(host: str, port: int) -> OSError:
    wait_until(lambda: _trouble(host, port).errno != errno.EADDRINUSE, seconds=3)
    return _trouble(host, port)


def _trouble(host: str, port: int) -> OSError:
    """What listening on the port meets with; an empty error when it works."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return error
    return OSError()


def _listens(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    try:
        socket.create_connection((host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True
