"""`bot.py purge` as an operator types it."""

import json
from pathlib import Path

from tests.integration.cli.front_door import ask


def test_a_dry_run_counts_everything_that_is_forgotten_on_time(office: Path) -> None:
    done = ask("purge", "--dry-run", "--json", DATA_DIR=office)
    report = json.loads(done.stdout)

    assert (done.returncode, report.pop("dry_run")) == (0, True)
    assert {"drafts", "addresses", "texts", "orphans", "updates", "marks"} <= report.keys()
    assert set(report.values()) == {0}


def test_a_round_by_hand_says_what_it_did(office: Path) -> None:
    done = ask("purge", DATA_DIR=office)

    assert (done.returncode, "30 ngày" in done.stdout) == (0, True)
