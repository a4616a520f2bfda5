"""Starts `bot.py` as an operator would, with nothing in the environment but what a test gives."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from tests.cradle import start

ROOT = Path(__file__).parents[3]
AROUND = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
PATIENCE = 90.0
"""Seconds: nothing waits longer than it has to, and a busy machine is not wrong."""
TOKEN = "42:AAF-canary_canary_canary_canary_canar"


def ask(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    environment = AROUND | {name: str(value) for name, value in settings.items()}
    with TemporaryFile() as out, TemporaryFile() as err:
        done = start(arguments, environment, out.fileno(), err.fileno())
        try:
            code = done.wait(PATIENCE)
        finally:
            done.kill()
        said = [file.read().decode() for file in (out, err) if file.seek(0) == 0]
    return subprocess.CompletedProcess(list(arguments), code, *said)


class Running:
    """A command that goes on, in a Python of its own, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.said = ""

    def until_it_says(self, words: str) -> str:
        """Its output up to these words; fails when it ends or takes too long."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        while words not in self.said:
            left = deadline - time.monotonic()
            assert left > 0, f"never said {words!r}: {self.said}"
            if select.select([self.process.stdout], [], [], left)[0]:
                chunk = os.read(self.process.stdout.fileno(), 65536)
                assert chunk, f"ended before it said {words!r}: {self.said}"
                self.said += chunk.decode()
        return self.said

    def all_it_said(self) -> str:
        """Its output up to this moment."""
        assert self.process.stdout is not None
        while select.select([self.process.stdout], [], [], 0.2)[0]:
            chunk = os.read(self.process.stdout.fileno(), 65536)
            if not chunk:
                break
            self.said += chunk.decode()
        return self.said

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def running(*arguments: str, **settings: object) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        env=AROUND | {name: str(value) for name, value in settings.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield Running(process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def children_of(pid: int) -> dict[str, int]:
    """The supervisor's children by their command, such as `run post`."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        found[" ".join(words[2:]).replace("--child", "").strip()] = int(child)
    return found
