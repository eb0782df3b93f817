"""Who runs the servers. PostgreSQL refuses to run as root, so root lends them to a system user."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from desk.i18n import Refused

OURS = "desk_postgres"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def account(cluster: Path) -> Account | None:
    """Whom the servers run as: None means as ourselves. For root: whoever owns the cluster, else a system user."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return _known(owner)
    return _named(OURS) or _named("postgres") or _made()


def can_walk(account: Account, path: Path) -> Path | None:
    """The first folder on the way to `path` that the account may not enter; None when it may enter all."""
    for step in (*reversed(path.parents), path):
        found = step.stat()
        bit = 0o100 if found.st_uid == account.uid else 0o010 if found.st_gid == account.gid else 0o001
        if not found.st_mode & bit:
            return step
    return None


def _known(uid: int) -> Account:
    try:
        user = pwd.getpwuid(uid)
    except KeyError:
        raise Refused("embedded.no_owner", uid=uid) from None
    return Account(user.pw_name, user.pw_uid, user.pw_gid)


def _named(name: str) -> Account | None:
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(user.pw_name, user.pw_uid, user.pw_gid)


def _made() -> Account:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OURS]
    if shutil.which("useradd") is None or subprocess.run(command, capture_output=True).returncode != 0:
        raise Refused("embedded.no_user", user=OURS)
    made = _named(OURS)
    assert made is not None
    return made
