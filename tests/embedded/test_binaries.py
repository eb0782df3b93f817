import os
import subprocess
from pathlib import Path

import pytest

from desk.embedded import binaries
from desk.embedded.ownership import Account, can_walk

STRANGER = Account("stranger", 65534, 65534)


def test_programs_are_taken_from_the_wheel_when_the_system_user_can_walk_there(folder: Path) -> None:
    taken = binaries.postgres("psql", account=Account("ourselves", os.geteuid(), os.getegid()), spare=folder)

    assert taken == binaries.postgres("psql")
    assert list(folder.iterdir()) == []


def test_programs_out_of_reach_are_copied_beside_the_data_and_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "can_walk", lambda account, path: Path("/root"))
    copies = [
        binaries.postgres("psql", account=STRANGER, spare=folder),
        binaries.valkey(account=STRANGER, spare=folder),
    ]

    for copy in copies:
        assert copy.is_relative_to(folder / "programs")
        assert subprocess.run([copy, "--version"], capture_output=True).returncode == 0


def test_a_folder_that_cannot_be_entered_is_named(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    folder.chmod(0o711)

    assert can_walk(STRANGER, closed) == closed
    assert can_walk(Account("owner", os.geteuid(), os.getegid()), closed) is None
