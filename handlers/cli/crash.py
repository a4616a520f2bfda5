"""A rehearsal: the process ends itself, as a power cut would, at a named step."""

import logging
import os
import signal
from dataclasses import dataclass

from domain.ports import NoSteps, Steps

log = logging.getLogger(__name__)


@dataclass(slots=True)
class CrashAt:
    """Steps of which one is fatal: the n-th time `step` is reached, nothing comes after it."""

    step: str
    left: int

    def __post_init__(self) -> None:
        log.warning(
            "REHEARSAL: this process will kill itself when it reaches %r for the %s. time",
            self.step,
            self.left,
        )

    def reached(self, step: str) -> None:
        """Count the fatal step; every other one is passed without a thought."""
        if step != self.step:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def steps(crash_at: tuple[str, int] | None) -> Steps:
    """What the setting asks for; in earnest, steps that are passed without a thought."""
    return CrashAt(*crash_at) if crash_at else NoSteps()
