"""The processes in which letters are read."""

from pathlib import Path

_BOX = b"desk.mail.actions.inside"


def boxes() -> list[int]:
    """Children of any thread: the one that waits for the box has started it."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for pid in map(int, (task / "children").read_text().split()):
            if _BOX in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found
