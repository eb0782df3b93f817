"""What the list says is tested, is."""

import re
from pathlib import Path

import tests.security

ROOT = Path(__file__).parent.parent


def test_every_line_of_the_list_has_its_test() -> None:
    named = re.findall(r"([\w/]+\.py)::(\w+)", tests.security.__doc__ or "")
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text()]

    assert len(named) > 50
    assert missing == []


def test_every_test_of_this_folder_stands_in_the_list() -> None:
    written = {
        name
        for file in Path(__file__).parent.glob("test_*.py")
        if file.name != Path(__file__).name
        for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }

    assert [name for name in sorted(written) if name not in (tests.security.__doc__ or "")] == []
