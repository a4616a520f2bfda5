"""What is born in the cradle says and does what a new Python would: the other tests rely on it."""

import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.cradle import FRONT_DOOR, start
from tests.integration.cli.front_door import AROUND, PATIENCE, ask


@pytest.mark.parametrize(
    "command",
    ["--help", "audit", "audit --json", "no such thing", "run post", "import bulletins /x"],
)
def test_it_ends_and_says_what_a_new_python_does(command: str, office: Path) -> None:
    born = ask(*command.split(), DATA_DIR=office)

    new = subprocess.run(
        [sys.executable, FRONT_DOOR, *command.split()],
        env=AROUND | {"DATA_DIR": str(office)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (born.returncode, born.stdout, born.stderr) == (new.returncode, new.stdout, new.stderr)


def test_what_ends_it_is_told(tmp_path: Path) -> None:
    settings = AROUND | {"DATA_DIR": str(tmp_path), "SANDBOX_BIND": "127.0.0.1:0"}
    with TemporaryFile() as sink:
        born = start(["sandbox"], settings, sink.fileno(), sink.fileno())
        assert born.poll() is None
        born.kill()
        assert born.wait(PATIENCE) == -signal.SIGKILL
