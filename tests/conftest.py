"""What tests of every kind share."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one a browser test is skipped by name, but never in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing, and in CI no browser test may be skipped")
    pytest.skip("Chromium is missing; install it with: sudo apt-get install chromium")
