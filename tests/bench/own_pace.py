"""What the machine does by itself: one sum again and again, which asks nobody for anything.

On a machine that is shared with strangers its p95 is far from its best, and so is all else.
"""

import time

from tests.bench.lines import Line, line
from tests.bench.waits import p95

SUMS, TERMS = 300, 100_000


def own_pace(figure: str, variant: str) -> Line:
    waits = [_one_sum() for _ in range(SUMS)]
    best = ("its best, ms", min(waits) * 1000)
    return line(figure, variant, (p95(waits), "ms, p95"), peer=best, less_is_better=True)


def _one_sum() -> float:
    began = time.perf_counter()
    sum(number * number for number in range(TERMS))
    return time.perf_counter() - began
