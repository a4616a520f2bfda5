"""Every command can be asked what it does, and nothing is listed that is not there yet."""

import pytest

from content.catalog import Words
from handlers.cli import arguments

COMMANDS = [
    "run", "init", "invite", "import", "export", "doctor", "audit", "migrate", "backup", "restore",
    "seed", "sandbox",
]  # fmt: skip
LATER = ["keys"]


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


@pytest.mark.parametrize("command", LATER)
def test_a_command_of_a_later_release_is_not_listed(parser: arguments.Parser, command: str) -> None:
    assert f" {command} " not in parser.format_help()


def test_what_was_mistyped_ends_with_a_way_out(
    parser: arguments.Parser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["invite", "--name", "An"])

    assert ended.value.code == 2
    assert "bot.py invite --help" in capsys.readouterr().err
