"""What keeps it from starting is said in one line that names the setting; nothing is lost."""

import re
import shutil
from pathlib import Path

import pytest

from tests.integration.cli.front_door import TOKEN, ask

_LOGGED = re.compile(r"\d{4}-\d\d-\d\dT")
NOWHERE = "http://127.0.0.1:9"


def refused(variable: str, *arguments: str, **settings: object) -> str:
    """The one line that it said before it ended with code 2 or 3, naming this variable."""
    done = ask(*arguments, **settings)
    lines = [line for line in done.stderr.splitlines() if not _LOGGED.match(line)]
    said = "\n".join(lines)
    assert done.returncode in (2, 3), done.stdout + said
    assert len(lines) == 1, said
    assert variable in said
    return said


@pytest.mark.parametrize(
    ("variable", "command", "settings"),
    [
        ("BOT_TOKEN", "run post", {}),
        ("BOT_TOKEN", "run", {"BOT_API_URL": NOWHERE}),
        ("WEBHOOK_URL", "run", {"WEBHOOK_URL": "https://x.vn/hook"}),
    ],
)
def test_an_unusable_setting_stops_the_start(
    variable: str, command: str, settings: dict[str, str], tmp_path: Path
) -> None:
    refused(variable, *command.split(), DATA_DIR=tmp_path / "data", **settings)


@pytest.mark.parametrize("name", ["/x", "", "/x?sslmode=none", "/x?password=canary"])
def test_a_password_in_a_refused_address_is_not_repeated(tmp_path: Path, name: str) -> None:
    url = f"postgresql://haichieu:canary@127.0.0.1:1{name}"

    assert "canary" not in refused("DATABASE_URL", "run", DATABASE_URL=url, DATA_DIR=tmp_path)


@pytest.mark.parametrize("command", ["run post", "run"])
def test_an_api_that_cannot_be_reached_is_named(command: str, data_dir: Path) -> None:
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": NOWHERE, "CONSOLE_BIND": "127.0.0.1:0"}

    said = refused("BOT_API_URL", *command.split(), DATA_DIR=data_dir, **settings)

    assert "canary" not in said


def test_a_busy_console_port_is_named(data_dir: Path, busy_port: str) -> None:
    said = refused("CONSOLE_BIND", "run", "desk", DATA_DIR=data_dir, CONSOLE_BIND=busy_port)

    assert busy_port in said


@pytest.mark.parametrize("command", ["run", "sandbox"])
def test_a_busy_sandbox_port_is_named(command: str, tmp_path: Path, busy_port: str) -> None:
    free = {"CONSOLE_BIND": "127.0.0.1:0", "DATA_DIR": tmp_path / "data"}

    assert busy_port in refused("SANDBOX_BIND", command, SANDBOX_BIND=busy_port, **free)


@pytest.mark.parametrize("command", ["run", "seed"])
def test_a_data_directory_that_cannot_be_made_is_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    free = {"CONSOLE_BIND": "127.0.0.1:0", "SANDBOX_BIND": "127.0.0.1:0"}

    refused("DATA_DIR", command, DATA_DIR=tmp_path / "file" / "data", **free)


@pytest.mark.parametrize("command", ["run post", "migrate", "audit"])
def test_a_half_written_database_is_named_and_left_alone(command: str, data_dir: Path) -> None:
    main = data_dir / "main.db"
    main.write_bytes(b"half a page" * 100)
    free = {"BOT_TOKEN": TOKEN, "BOT_API_URL": NOWHERE, "CONSOLE_BIND": "127.0.0.1:0"}

    refused("DATA_DIR", *command.split(), DATA_DIR=data_dir, **free)

    assert main.read_bytes() == b"half a page" * 100


def test_a_truncated_database_is_named(data_dir: Path) -> None:
    main = data_dir / "main.db"
    main.write_bytes(main.read_bytes()[:9000])

    refused("DATA_DIR", "run", "desk", DATA_DIR=data_dir, CONSOLE_BIND="127.0.0.1:0")


def test_a_database_that_was_never_migrated_says_how_to(tmp_path: Path) -> None:
    assert "bot.py migrate" in refused("migrate", "run", "desk", DATA_DIR=tmp_path)


def test_a_missing_vault_key_is_named(data_dir: Path) -> None:
    keys = data_dir / "keys"
    shutil.rmtree(keys, ignore_errors=True)
    keys.mkdir()
    (keys / "vault-2026-01.key").write_text("not a key")

    refused("KEYS_DIR", "run", "post", DATA_DIR=data_dir, BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE)


def test_a_real_bot_is_not_let_into_a_practice_directory(data_dir: Path) -> None:
    (data_dir / "sandbox.token").write_text("7:practice")

    refused("DATA_DIR", "run", DATA_DIR=data_dir, BOT_TOKEN=TOKEN)


def test_the_demo_is_not_put_into_a_real_office(office: Path) -> None:
    refused("BOT_TOKEN", "seed", DATA_DIR=office, SANDBOX_BIND="127.0.0.1:9")
