"""A real IMAP server of Debian on loopback, in a folder that goes away with it."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pytest
from imapclient import IMAPClient

from desk.mail.rules.mailboxes import Mailbox, read
from tests.embedded.conftest import eventually

PASSWORD = "p@ss:word/%"
NOBODY = 65534  # Dovecot serves no mail as root
_PROGRAMS = ("/usr/sbin/dovecot", "/usr/bin/doveadm")
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
{passdb}
{more}
"""
_BY_PASSWORD = "passdb {{\n  driver = static\n  args = password={password}\n}}\n"


class Dovecot:
    """`more` is configuration; without a `passdb` everybody gets in with PASSWORD."""

    def __init__(self, more: str = "", passdb: str = "") -> None:
        if shutil.which(_PROGRAMS[0]) is None:
            pytest.fail("Dovecot is not here: apt-get install dovecot-imapd", pytrace=False)
        self.folder = Path(tempfile.mkdtemp(prefix="desk-dovecot-"))
        self.folder.chmod(0o755)
        (self.folder / "mail").mkdir()
        root = os.geteuid() == 0
        if root:
            os.chown(self.folder / "mail", NOBODY, NOBODY)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        me, mine = _names()
        self.configuration = self.folder / "dovecot.conf"
        self.configuration.write_text(
            _CONFIGURATION.format(
                folder=self.folder, port=self.port, more=more, uid=NOBODY if root else os.geteuid(),
                gid=NOBODY if root else os.getegid(), internal="dovecot" if root else me,
                group="dovecot" if root else mine, login="dovenull" if root else me,
                passdb=(passdb or _BY_PASSWORD).format(folder=self.folder, password=PASSWORD.replace("%", "%%")),
            )
        )  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None
        self.boxes = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        command = [_PROGRAMS[0], "-F", "-c", self.configuration]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        eventually(self._answers)

    def stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)

    def _answers(self) -> bool:
        assert self.process
        if self.process.poll() is not None:
            pytest.fail(f"{self.process.communicate()[0].decode()}\n{self.log()}", pytrace=False)
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def log(self) -> str:
        file = self.folder / "log"
        return file.read_text() if file.exists() else ""

    def put(self, user: str, raw: bytes) -> None:
        """Past IMAP, by the administrator's tool."""
        command = [_PROGRAMS[1], "-c", self.configuration, "save", "-u", user, "-m", "INBOX"]
        subprocess.run(command, input=raw, check=True, capture_output=True)

    def box(self) -> "Inbox":
        self.boxes += 1
        return Inbox(self, f"box{self.boxes}@corp.example")


class Inbox:
    """Somebody's mailbox, seen by its owner beside the desk."""

    def __init__(self, server: Dovecot, user: str) -> None:
        self.server, self.user = server, user

    @property
    def url(self) -> str:
        return f"imap://{quote(self.user)}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.server.port}/INBOX"

    @property
    def mailbox(self) -> Mailbox:
        return read(self.url, 1)

    def client(self) -> Any:
        client = IMAPClient("127.0.0.1", port=self.server.port, ssl=False)
        client.login(self.user, PASSWORD)
        return client

    def put(self, *letters: bytes, flags: tuple[bytes, ...] = ()) -> None:
        with self.client() as client:
            for letter in letters:
                client.append("INBOX", letter, flags)

    def holds(self, folder: str = "INBOX") -> list[bytes]:
        with self.client() as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.search()
            return [one[b"BODY[]"] for one in client.fetch(found, ["BODY.PEEK[]"]).values()] if found else []

    def renumber(self, uidvalidity: int) -> None:
        command = [_PROGRAMS[1], "-c", str(self.server.configuration), "mailbox", "update", "-u", self.user]
        subprocess.run([*command, "--uid-validity", str(uidvalidity), "INBOX"], check=True, capture_output=True)


def _names() -> tuple[str, str]:
    return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
