"""What nineteen in twenty waited at most."""

import math
from collections.abc import Sequence


def p95(waits: Sequence[float]) -> float:
    """In ms, of waits in seconds."""
    return sorted(waits)[math.ceil(0.95 * len(waits)) - 1] * 1000
