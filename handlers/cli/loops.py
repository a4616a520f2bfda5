"""The event loop of the process that sends."""

from asyncio import AbstractEventLoop
from collections.abc import Callable


def fast_loop() -> Callable[[], AbstractEventLoop] | None:
    """uvloop's, where the platform has it; None stands for Python's own."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop
