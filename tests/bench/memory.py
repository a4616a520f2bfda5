"""How much memory a process holds, as Linux counts it."""

import os
import re
from pathlib import Path

RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")


def resident(pid: int | None = None) -> float:
    """In MB; of this process unless another one is named."""
    found = RESIDENT.search(Path(f"/proc/{pid or os.getpid()}/status").read_text())
    return int(found[1]) / 1000 if found else float("nan")
