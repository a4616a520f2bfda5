"""What the tests of the doors out share."""

import pytest


@pytest.fixture(autouse=True)
def _time_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the library warns at every 429, and here a warning is an error.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
