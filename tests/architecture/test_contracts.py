"""Each import contract catches a violation planted in a copy of the tree."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, ROOT

ROOMS_APART = "Rooms know the domain and not each other"
DOMAIN_LAYERS = "Verbs use ports, ports use nouns, nouns use primitives"
WORDS_ASKED = "Only handlers speak words"
WORDS_ALONE = "Words know no other room"
SANDBOX_ALONE = "The sandbox knows neither our code nor Telegram's library"
SANDBOX_HTTP = "The sandbox is reached over HTTP only"
FRONT_DOOR = "Nobody imports the front door"
SQL = "SQL lives in storage"
TELEGRAM = "Telegram's library stays at the Telegram doors"

PLANTS = [
    (ROOMS_APART, "domain/model/planted.py", "import storage"),
    (ROOMS_APART, "domain/usecases/planted.py", "import channels"),
    (ROOMS_APART, "handlers/console/planted.py", "import storage"),
    (ROOMS_APART, "storage/planted.py", "from handlers import telegram"),
    (ROOMS_APART, "channels/planted.py", "import storage.vault"),
    (DOMAIN_LAYERS, "domain/model/planted.py", "import domain.usecases"),
    (DOMAIN_LAYERS, "domain/model/planted.py", "from domain import ports"),
    (DOMAIN_LAYERS, "domain/clock.py", "import domain.ids"),
    (DOMAIN_LAYERS, "domain/planted.py", ""),
    (WORDS_ASKED, "storage/planted.py", "import content"),
    (WORDS_ASKED, "domain/usecases/planted.py", "import content"),
    (WORDS_ALONE, "content/planted.py", "import domain.errors"),
    (SANDBOX_ALONE, "channels/telegram/sandbox/planted.py", "import domain.clock"),
    (
        SANDBOX_ALONE,
        "channels/telegram/sandbox/planted.py",
        "from channels.telegram import planted",
    ),
    (SANDBOX_ALONE, "channels/telegram/sandbox/planted.py", "import telegram"),
    (SANDBOX_HTTP, "channels/telegram/planted.py", "from channels.telegram import sandbox"),
    (FRONT_DOOR, "handlers/cli/planted.py", "def late():\n    import bot"),
    (SQL, "handlers/cli/planted.py", "import sqlite3"),
    (SQL, "domain/planted.py", "from sqlmodel import SQLModel"),
    (TELEGRAM, "handlers/ticks/planted.py", "from telegram import Update"),
    (TELEGRAM, "storage/planted.py", "import telegram"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        for module in (ROOT / room).rglob("*.py"):
            target = tmp_path / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(linter, cwd=tree, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    # A contract with ignored imports counts them behind the word.
    broken = {line.partition(" BROKEN")[0] for line in lines if " BROKEN" in line}
    assert broken or done.returncode == 0, done.stdout + done.stderr
    return broken


def test_the_tree_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize(("contract", "path", "line"), PLANTS)
def test_a_planted_import_breaks_its_contract(
    copy: Path, contract: str, path: str, line: str
) -> None:
    planted = copy / path
    planted.touch()
    with planted.open("a") as module:
        module.write(f"\n{line}\n")
    (copy / "channels/telegram/planted.py").touch()

    assert contract in broken_contracts(copy)


def test_every_contract_has_a_planted_violation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert {row["name"] for row in settings["contracts"]} == {contract for contract, _, _ in PLANTS}
