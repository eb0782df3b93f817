"""PostgreSQL gets a quarter of what there is, and a container is as large as its limit."""

import os
from pathlib import Path

import pytest

from desk.embedded import memory

MIB = 2**20


def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mib: int, limit: str | None) -> None:
    file = tmp_path / "memory.max"
    if limit is not None:
        file.write_text(limit)
    monkeypatch.setattr(memory, "LIMITS", (file, tmp_path / "none"))
    monkeypatch.setattr(os, "sysconf", {"SC_PHYS_PAGES": mib * 256, "SC_PAGE_SIZE": 4096}.__getitem__)


@pytest.mark.parametrize(
    ("mib", "limit", "buffers"),
    [
        (8192, None, 2048), (8192, "max\n", 2048), (8192, f"{2048 * MIB}\n", 512), (256, None, 128), (65536, None, 4096),
        (2048, f"{8192 * MIB}\n", 512),
    ],
)  # fmt: skip
def test_a_quarter_of_the_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mib: int, limit: str | None, buffers: int
) -> None:
    _machine(monkeypatch, tmp_path, mib, limit)

    assert memory.buffers() == buffers
