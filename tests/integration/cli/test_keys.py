"""`bot.py keys` as an operator types it: what it says, what it refuses, what it leaves behind."""

import json
import subprocess
from pathlib import Path

from tests.integration.cli.front_door import ask


def keys(data_dir: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return ask("keys", *map(str, arguments), DATA_DIR=data_dir)


def only_key(data_dir: Path) -> Path:
    (path,) = (data_dir / "keys").glob("vault-*.key")
    return path


def test_a_key_is_made_listed_split_lost_and_joined_again(data_dir: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "manh-1.txt", tmp_path / "manh-2.txt"
    assert keys(data_dir, "make").returncode == 0
    (listed,) = json.loads(keys(data_dir, "list", "--json").stdout)
    path, secret = only_key(data_dir), only_key(data_dir).read_bytes()
    assert keys(data_dir, "split", listed["epoch"], one, other).returncode == 0
    path.unlink()
    done = keys(data_dir, "join", other, one)

    assert (done.returncode, only_key(data_dir).read_bytes()) == (0, secret)
    assert (listed["state"], listed["sealed"]) == ("in_use", {})
    assert {file.stat().st_mode & 0o777 for file in (one, other)} == {0o600}
    assert "MẢNH KHÓA 1/2" in one.read_text()


def test_what_is_refused_is_said_with_its_reason_and_exit_code(
    data_dir: Path, tmp_path: Path
) -> None:
    keys(data_dir, "make")
    epoch = only_key(data_dir).name.removeprefix("vault-").removesuffix(".key")
    blank = tmp_path / "trong.txt"
    blank.write_text("không phải mảnh khóa")
    in_use, join = keys(data_dir, "destroy", epoch), keys(data_dir, "join", blank, blank)
    there = keys(data_dir, "split", epoch, blank, tmp_path / "b.txt")

    assert (in_use.returncode, "keys rotate" in in_use.stderr) == (1, True)
    assert (join.returncode, str(blank) in join.stderr) == (1, True)
    assert (there.returncode, str(blank) in there.stderr) == (2, True)
    assert only_key(data_dir).exists()
