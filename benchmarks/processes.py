"""What processes cost: processor time and memory, from /proc."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    found, unseen = [root], [root]
    while unseen:
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", ",".join(map(str, unseen))],
            capture_output=True,
            text=True,
            check=False,
        )
        unseen = [int(pid) for pid in listing.stdout.split()]
        found += unseen
    return found


def cpu_seconds(root: int) -> float:
    """Return the processor time of a process, its descendants, and those that have ended."""
    return sum(_ticks(pid) for pid in tree(root)) / _TICKS


def peak_mb(pids: Iterable[int]) -> float:
    """Return the largest resident size that any of the processes has had."""
    return max(map(_high_water_mb, pids), default=0.0)


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    # utime, stime, and the same of children that were waited for: proc(5), fields 14 to 17.
    return sum(map(int, fields[11:15]))


def _high_water_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
