"""The rehearsed crash: at the named step, at the n-th time, and not before."""

import multiprocessing
import signal

import pytest

from domain.ports import NoSteps
from handlers.cli.crash import CrashAt, steps


def pass_claimed(times: int) -> None:
    crash = CrashAt("claimed", 3)
    for _ in range(times):
        crash.reached("before claim")
        crash.reached("claimed")


@pytest.mark.parametrize(("times", "ends_with"), [(2, 0), (3, -signal.SIGKILL)])
def test_the_process_dies_at_the_third_time(times: int, ends_with: int) -> None:
    child = multiprocessing.get_context("fork").Process(target=pass_claimed, args=(times,))
    child.start()
    child.join(10)

    assert child.exitcode == ends_with


def test_without_the_setting_steps_are_passed() -> None:
    assert isinstance(steps(None), NoSteps)


def test_a_rehearsal_is_announced(caplog: pytest.LogCaptureFixture) -> None:
    CrashAt("claimed", 3)

    assert "REHEARSAL" in caplog.text
