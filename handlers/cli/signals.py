"""Being told to stop: by a signal, or by the supervisor's own end."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

STOPPING = (signal.SIGTERM, signal.SIGINT)


def on_stop(do: Callable[[], object]) -> None:
    """Do this at the first signal to stop; later ones change nothing."""
    loop = asyncio.get_running_loop()
    told: list[signal.Signals] = []

    def once(sign: signal.Signals) -> None:
        if not told:
            do()
        told.append(sign)

    for sign in STOPPING:
        loop.add_signal_handler(sign, once, sign)


def stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    on_stop(stop.set)
    return stop


def end_with_supervisor() -> None:
    """Stop in good order when the supervisor is gone, even if it was killed.

    It holds the other end of our standard input, which the operating system closes with it.
    """

    def wait() -> None:
        # Past Python's own reader, whose lock would be in the way at the end of the process.
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="supervisor", daemon=True).start()
