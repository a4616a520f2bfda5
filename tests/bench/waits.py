"""What nineteen in twenty waited at most."""

import math
from collections.abc import Sequence


def p95(waits: Sequence[float]) -> float:
    """In ms, of waits in seconds."""
    return sorted(waits)[math.ceil(0.95 * len(waits)) - 1] * 1000


def p99(waits: Sequence[float]) -> float:
    """The same of ninety-nine in a hundred."""
    return sorted(waits)[math.ceil(0.99 * len(waits)) - 1] * 1000
