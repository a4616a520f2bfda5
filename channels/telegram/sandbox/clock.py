"""The sandbox's own time and chance: it is a foreign world and shares neither with the product."""

import secrets
import time


def now() -> float:
    """Seconds since the epoch, by the wall clock, so that windows survive a restart."""
    return time.time()


def random_name() -> str:
    return secrets.token_urlsafe(18)


def random_number(digits: int) -> int:
    smallest: int = 10 ** (digits - 1)
    return smallest + secrets.randbelow(9 * smallest)
