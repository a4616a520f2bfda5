"""Starts `bot.py` in processes that are born with everything imported: starting takes no second.

Each is a process of its own, with the arguments, settings, input and output that it is given, and
runs the whole of `bot.py`; only what Python does first is done once for all of them. Those whom
it starts in turn begin with a small stand-in (người đứng thế), which passes signals on and ends as
they end. Whoever asks for something that only a new Python reads gets a new Python.
"""

import atexit
import gc
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
FRONT_DOOR = str(ROOT / "bot.py")
ROOMS = ("domain", "content", "storage", "channels", "handlers")
ONLY_AT_START = ("PYTHON", "LC_", "LD_", "TZ", "MALLOC")
"""How those variables begin that are read before the first line of ours is."""
BORN_IN = 60.0
STAND_IN = """\
#!{python} -IS
import json, os, signal, socket, sys
place = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "cradle")
door = socket.socket(socket.AF_UNIX)
door.connect(place)
waiting = {{signal.SIGTERM, signal.SIGINT, signal.SIGHUP}}
signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
wish = {{"arguments": sys.argv[2:], "settings": dict(os.environ), "cwd": os.getcwd()}}
socket.send_fds(door, [json.dumps(wish).encode() + b"\\n"], [0, 1, 2])
os.close(0)
heard = door.makefile("r")
pid = json.loads(heard.readline())["pid"]
for sign in waiting:
    signal.signal(sign, lambda number, _: os.kill(pid, number))
signal.pthread_sigmask(signal.SIG_UNBLOCK, waiting)
code = json.loads(heard.readline())["code"]
if code < 0:
    signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


class Born:
    """One `bot.py` that was born here; it dies with whoever started it."""

    def __init__(self, door: socket.socket, arguments: Sequence[str]) -> None:
        self.args = list(arguments)
        self.returncode: int | None = None
        self._door = door
        self._heard = b""
        self.pid = self._news(BORN_IN)["pid"]

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, negative for the signal that ended it."""
        if self.returncode is None:
            self.returncode = self._news(timeout)["code"]
            self._door.close()
        return self.returncode

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _news(self, timeout: float | None) -> dict[str, int]:
        deadline = None if timeout is None else time.monotonic() + timeout
        while b"\n" not in self._heard:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            self._door.settimeout(left)
            try:
                chunk = self._door.recv(4096)
            except (TimeoutError, BlockingIOError) as error:
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0) from error
            assert chunk, "the cradle has ended"
            self._heard += chunk
        line, _, self._heard = self._heard.partition(b"\n")
        news: dict[str, int] = json.loads(line)
        return news


Started = Born | subprocess.Popen[bytes]


def start(
    arguments: Sequence[str], settings: Mapping[str, str], out: int, err: int, cwd: Path = ROOT
) -> Started:
    """`bot.py` with these arguments, nothing but these settings, and no input."""
    if any(name.startswith(ONLY_AT_START) for name in settings):
        command = [sys.executable, FRONT_DOOR, *arguments]
        return subprocess.Popen(
            command, env=settings, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
    door = socket.socket(socket.AF_UNIX)
    door.connect(str(_cradle()))
    wish = {"arguments": list(arguments), "settings": dict(settings), "cwd": str(cwd)}
    with Path(os.devnull).open("rb") as nothing:
        said = [json.dumps(wish).encode() + b"\n"]
        socket.send_fds(door, said, [nothing.fileno(), out, err])
    return Born(door, arguments)


@cache
def _cradle() -> Path:
    """Where this process's own is reached; it ends, with all who were born there, as this does."""
    folder = tempfile.TemporaryDirectory(prefix="haichieu-", dir="/tmp", ignore_cleanup_errors=True)
    place = Path(folder.name, "cradle")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cradle", str(place)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", "the cradle has not come up"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return place


class _Cradle:
    """The process in which all are born: it has no thread, and waits for wishes and for ends."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.wishes = socket.socket(socket.AF_UNIX)
        self.wishes.bind(str(place))
        self.wishes.listen(64)
        self.news = selectors.DefaultSelector()
        self.news.register(sys.stdin, selectors.EVENT_READ)
        self.news.register(self.wishes, selectors.EVENT_READ)
        self.lives: dict[int, tuple[int, socket.socket]] = {}
        """By its pidfd: a pid, and to whom its end is told."""

    def serve(self) -> None:
        """Until nobody is there any more who could ask; then whoever lives is ended."""
        while True:
            for key, _ in self.news.select():
                if key.fileobj is sys.stdin:
                    for pid, _ in self.lives.values():
                        os.kill(pid, signal.SIGKILL)
                    return
                if key.fileobj is self.wishes:
                    self._bear(self.wishes.accept()[0])
                elif isinstance(key.fileobj, int):
                    self._bury(key.fileobj)
                else:
                    self._leave(key.data)

    def _bear(self, asker: socket.socket) -> None:
        asker.settimeout(BORN_IN)
        said, given, *_ = socket.recv_fds(asker, 2**20, 3)
        while not said.endswith(b"\n"):
            said += asker.recv(2**20)
        pid = os.fork()
        if pid == 0:
            for one in (asker, self.wishes, *(told for _, told in self.lives.values())):
                one.close()
            self.news.close()
            for life in self.lives:
                os.close(life)
            _live(json.loads(said), given, self.place.with_name("python"))
        for end in given:
            os.close(end)
        life = os.pidfd_open(pid)
        self.lives[life] = pid, asker
        self.news.register(life, selectors.EVENT_READ)
        self.news.register(asker, selectors.EVENT_READ, life)
        _tell(asker, pid=pid)

    def _bury(self, life: int) -> None:
        pid, asker = self.lives.pop(life)
        _, status = os.waitpid(pid, 0)
        self.news.unregister(life)
        os.close(life)
        if asker.fileno() >= 0:
            self.news.unregister(asker)
            _tell(asker, code=os.waitstatus_to_exitcode(status))
            asker.close()

    def _leave(self, life: int) -> None:
        """Who asked for it is gone without it: killed, most likely."""
        if life in self.lives:
            pid, asker = self.lives[life]
            self.news.unregister(asker)
            asker.close()
            os.kill(pid, signal.SIGKILL)


def _live(wish: dict[str, Any], given: list[int], python: Path) -> NoReturn:
    os.setsid()
    for place, one in enumerate(given):
        os.dup2(one, place)
        os.close(one)
    os.chdir(wish["cwd"])
    os.environ.clear()
    os.environ.update(wish["settings"])
    sys.argv = [FRONT_DOOR, *wish["arguments"]]
    sys.executable = str(python)
    try:
        runpy.run_path(FRONT_DOOR, run_name="__main__")
    except SystemExit as ended:
        if type(ended.code) is int:
            _end(ended.code)
        raise
    sys.exit("bot.py has ended without a code")


def _end(code: int) -> NoReturn:
    """As Python ends, except that it does not take every module apart."""
    vars(threading)["_shutdown"]()  # whoever is not a daemon is waited for
    vars(atexit)["_run_exitfuncs"]()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _tell(asker: socket.socket, **news: int) -> None:
    try:
        asker.sendall(json.dumps(news).encode() + b"\n")
    except OSError:
        return  # gone, which is seen in its own turn


def _serve(place: Path) -> None:
    for room in ROOMS:
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if ".migrations." not in found.name:
                __import__(found.name)
    __import__("bot")
    sys.modules["handlers.periods"].office_words()
    assert threading.active_count() == 1, "a thread would not be born with the others"
    stand_in = place.with_name("python")
    stand_in.write_text(STAND_IN.format(python=sys.executable))
    stand_in.chmod(0o755)
    cradle = _Cradle(place)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    gc.freeze()
    cradle.serve()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
