"""What processes have cost, from /proc."""

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds
_PROC = Path("/proc")
Spent = dict[int, float]


def spent(pids: Iterable[int]) -> Spent:
    """Milliseconds of CPU (user and system) by process so far."""
    found = {}
    for pid in pids:
        try:
            fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        found[pid] = (int(fields[11]) + int(fields[12])) * _TICK
    return found


def between(before: Spent, after: Spent) -> float:
    return sum(ms - before.get(pid, 0.0) for pid, ms in after.items())


def database_processes(postmaster: int, database: str) -> list[int]:
    """The server's own processes and the backends of one database, by the title that PostgreSQL gives them."""
    found = [postmaster]
    for task in (_PROC / str(postmaster) / "task").iterdir():
        for pid in map(int, (task / "children").read_text().split()):
            words = _title(pid).split()
            if "[local]" not in words or database in words:
                found.append(pid)
    return found


def pss(pid: int) -> float:
    """MiB that this process holds, shared pages divided among those who share them."""
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def strain() -> float:
    """Milliseconds of CPU that a fixed piece of work costs now: neighbours on the machine make everything dearer.

    It goes through some megabytes as pages do: who shares the caches is felt before who shares the core.
    """
    begun = time.process_time()
    words = {str(number): [number, f"word {number}"] for number in range(12_000)}
    json.loads(json.dumps(words))
    return (time.process_time() - begun) * 1000


def _title(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
