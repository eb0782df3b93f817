"""How much memory this machine, or the container in it, lets us use."""

import os
from pathlib import Path

LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))  # of cgroups 2 and 1
LEAST, MOST = 128, 4096  # MiB


def buffers() -> int:
    """MiB for PostgreSQL's shared_buffers: a quarter of the memory, as its manual advises. What is not needed is not
    touched. With its default of 128 MiB a search among a million updates reads half of what it needs anew.
    """
    return min(MOST, max(LEAST, _all() // 4 // 2**20))


def _all() -> int:
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([machine, *(int(text) for file in LIMITS if (text := _read(file)).isdecimal())])


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
