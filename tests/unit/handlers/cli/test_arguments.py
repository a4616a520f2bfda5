"""Every command can be asked what it does, and nothing is listed that is not there yet."""

import re

import pytest

from content.catalog import Words
from handlers.cli import arguments

COMMANDS = [
    "run", "init", "invite", "import", "export", "doctor", "audit", "migrate", "backup", "restore",
    "seed", "sandbox", "keys", "purge",
]  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> arguments.Parser:
    return arguments.parser(Words.load())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_what_it_does(
    parser: arguments.Parser, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([command, "--help"])

    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 3


def test_every_command_that_is_listed_is_asked_above(parser: arguments.Parser) -> None:
    listed = re.findall(r"^    ([a-z]+) ", parser.format_help(), re.MULTILINE)

    assert set(listed) == set(COMMANDS)


def test_what_was_mistyped_ends_with_a_way_out(
    parser: arguments.Parser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["invite", "--name", "An"])

    assert ended.value.code == 2
    assert "bot.py invite --help" in capsys.readouterr().err
