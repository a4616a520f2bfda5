"""The sender's event loop: the fast one where there is one."""

import sys

import pytest
import uvloop

from handlers.cli.loops import fast_loop


def test_the_sender_runs_on_uvloop() -> None:
    assert fast_loop() is uvloop.new_event_loop


def test_without_uvloop_pythons_own_loop_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)

    assert fast_loop() is None
