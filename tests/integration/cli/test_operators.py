"""What operators do by hand: found an office, invite people, prove the log."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.integration.cli.front_door import ask

WARD = ("--unit-code", "31135")


def test_a_real_ward_is_founded_with_its_first_supervisors_invite(data_dir: Path) -> None:
    done = ask("init", *WARD, "--supervisor", "Trần Thị Hạnh", DATA_DIR=data_dir)

    assert "UBND phường Ninh Kiều" in done.stdout
    assert "/start inv_" in done.stdout


def test_a_whole_city_comes_with_its_wards(data_dir: Path) -> None:
    done = ask("init", "--unit-code", "92", "--supervisor", "Hạnh", DATA_DIR=data_dir)

    assert "103" in done.stdout


def test_the_first_unit_needs_a_supervisor(data_dir: Path) -> None:
    done = ask("init", *WARD, DATA_DIR=data_dir)

    assert (done.returncode, "--supervisor" in done.stderr) == (1, True)


def test_the_same_unit_is_not_founded_twice(office: Path) -> None:
    done = ask("init", *WARD, "--supervisor", "Hạnh", DATA_DIR=office)

    assert (done.returncode, "31135" in done.stderr) == (1, True)


def test_a_second_top_is_refused(office: Path) -> None:
    done = ask("init", "--unit-code", "31594", "--supervisor", "Hạnh", DATA_DIR=office)

    assert (done.returncode, "--under" in done.stderr) == (1, True)


def test_a_hamlet_is_founded_below_its_ward(office: Path) -> None:
    hamlet = ("--unit-code", "31135.kv9", "--name", "Khu vực 9", "--kind", "khu_vuc")

    assert ask("init", *hamlet, DATA_DIR=office).returncode == 0


@pytest.mark.parametrize(
    "place", [("99999",), ("92", "--province", "abc"), ("31135.x", "--name", "Ấp X")]
)
def test_a_place_that_cannot_be_found_is_refused(data_dir: Path, place: tuple[str, ...]) -> None:
    done = ask("init", "--supervisor", "Hạnh", "--unit-code", *place, DATA_DIR=data_dir)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_an_invite_is_a_word_to_send_where_the_bot_cannot_be_asked(office: Path) -> None:
    done = ask("invite", *WARD, "--name", "An", "--role", "author", DATA_DIR=office)

    assert (done.returncode, "/start inv_" in done.stdout) == (0, True)


def test_an_invite_into_an_unknown_unit_is_refused(office: Path) -> None:
    asked = ("--unit-code", "1", "--name", "An", "--role", "author")

    assert ask("invite", *asked, DATA_DIR=office).returncode == 1


def test_the_log_of_a_new_office_holds(office: Path) -> None:
    report = json.loads(ask("audit", "verify", "--json", DATA_DIR=office).stdout)

    assert (report["sound"], report["acts"]) == (True, 2)


def test_a_line_that_was_changed_is_named(office: Path) -> None:
    with sqlite3.connect(office / "main.db") as tampering:
        for (name,) in tampering.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            tampering.execute(f'DROP TRIGGER "{name}"')
        tampering.execute("UPDATE audit SET actor_id = 'somebody' WHERE seq = 2")
    tampering.close()

    done = ask("audit", "verify", "--json", DATA_DIR=office)

    assert (done.returncode, json.loads(done.stdout)["broken_at"]) == (1, 2)


def test_the_doctor_says_what_is_missing(tmp_path: Path) -> None:
    done = ask("doctor", "--json", DATA_DIR=tmp_path)
    report = json.loads(done.stdout)

    assert (done.returncode, report["ok"]) == (1, False)
    assert any("main.db" in reason for reason in report["reasons"])


def test_the_doctor_makes_no_database(tmp_path: Path) -> None:
    ask("doctor", DATA_DIR=tmp_path)

    assert list(tmp_path.iterdir()) == []
