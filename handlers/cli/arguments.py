"""What can be typed after `bot.py`; each command says in its --help what it does."""

import argparse
import sys
from collections.abc import Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from content.catalog import Words
from domain.model.access import INVITABLE_ROLES
from domain.model.unit import UnitKind
from handlers.cli import key_arguments
from handlers.cli.signals import end_with_supervisor
from handlers.settings import LogSettings
from handlers.trouble import CANNOT_START

Parser = argparse.ArgumentParser
Command = Callable[[Any, argparse.Namespace], Coroutine[Any, Any, int] | int]
"""Takes its settings and what was typed; returns the exit code."""
Commands = Mapping[str, tuple[type[LogSettings], Command]]


class _Parser(Parser):
    """A parser whose last word names the command's own help."""

    words: Words

    def error(self, message: str) -> NoReturn:
        sentence = self.words.text("cli.bad_arguments", why=message, command=self.prog)
        print(sentence, file=sys.stderr)
        sys.exit(CANNOT_START)


def read(words: Words) -> argparse.Namespace:
    """What was typed; `command` is a role too, such as `run post`."""
    options = parser(words).parse_args()
    if options.command == "run" and options.role:
        options.command = f"run {options.role}"
    if options.child:
        end_with_supervisor()
    return options


def parser(words: Words) -> Parser:
    """All commands; those that come with later releases are not listed."""
    _Parser.words = words
    top = _Parser(
        prog="bot.py", description=words.text("cli.about"), epilog=words.text("cli.help_settings")
    )
    commands = top.add_subparsers(
        dest="command", required=True, metavar="LỆNH", title=words.text("cli.commands")
    )

    def command(name: str) -> Parser:
        what = words.text(f"cli.help_{name}")
        made = commands.add_parser(name, help=what, description=what)
        made.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
        return made

    _run(command("run"), words)
    _init(command("init"), words)
    _invite(command("invite"), words)
    _reports(command("doctor"), words)
    for name in ("seed", "sandbox"):
        command(name)
    command("migrate").add_argument(
        "--copy-from", type=Path, metavar="THƯ_MỤC", help=words.text("cli.help_copy_from")
    )
    _import(command("import"), words)
    _export(command("export"), words)
    _backup(command("backup"), words)
    _restore(command("restore"), words)
    key_arguments.add_to(command("keys"), words)
    purge = command("purge")
    purge.add_argument("--dry-run", action="store_true", help=words.text("cli.help_purge_dry_run"))
    _reports(purge, words)
    audit = command("audit")
    audit.add_argument("act", nargs="?", choices=["verify"], help=words.text("cli.help_verify"))
    _reports(audit, words)
    return top


def _run(run: Parser, words: Words) -> None:
    run.add_argument(
        "role", nargs="?", choices=["post", "desk"], help=words.text("cli.help_role_run")
    )


def _init(init: Parser, words: Words) -> None:
    init.add_argument(
        "--unit-code", required=True, metavar="MÃ", help=words.text("cli.help_unit_code")
    )
    init.add_argument("--supervisor", metavar="TÊN", help=words.text("cli.help_supervisor"))
    init.add_argument(
        "--province", default="92", metavar="MÃ", help=words.text("cli.help_province")
    )
    init.add_argument("--name", metavar="TÊN", help=words.text("cli.help_unit_name"))
    init.add_argument("--kind", choices=_values(UnitKind), help=words.text("cli.help_unit_kind"))
    init.add_argument("--under", metavar="MÃ", help=words.text("cli.help_under"))


def _invite(invite: Parser, words: Words) -> None:
    invite.add_argument(
        "--unit-code", required=True, metavar="MÃ", help=words.text("cli.help_unit_code")
    )
    invite.add_argument(
        "--name", required=True, metavar="TÊN", help=words.text("cli.help_person_name")
    )
    roles = sorted(_values(INVITABLE_ROLES))
    # One of both: what an invite makes somebody, or that there shall be none.
    act = invite.add_mutually_exclusive_group(required=True)
    act.add_argument("--role", choices=roles, help=words.text("cli.help_role"))
    act.add_argument("--revoke", action="store_true", help=words.text("cli.help_revoke"))


def _import(take_over: Parser, words: Words) -> None:
    whats = take_over.add_subparsers(dest="what", required=True, metavar="GÌ")
    roster = whats.add_parser("roster", help=words.text("cli.help_import_roster"))
    roster.add_argument("file", type=Path, metavar="TỆP", help=words.text("cli.help_import_file"))
    units = whats.add_parser("units", help=words.text("cli.help_import_units"))
    units.add_argument("file", type=Path, metavar="TỆP", help=words.text("cli.help_import_file"))
    bulletins = whats.add_parser("bulletins", help=words.text("cli.help_import_bulletins"))
    bulletins.add_argument(
        "path", type=Path, metavar="NƠI", help=words.text("cli.help_import_path")
    )
    bulletins.add_argument(
        "--as", dest="author", default="", metavar="TÊN", help=words.text("cli.help_import_as")
    )
    bulletins.add_argument(
        "--unit",
        "--unit-code",
        dest="unit_code",
        default="",
        metavar="MÃ",
        help=words.text("cli.help_import_unit"),
    )
    for one in (roster, units, bulletins):
        one.add_argument("--dry-run", action="store_true", help=words.text("cli.help_dry_run"))
        _reports(one, words)


def _export(give: Parser, words: Words) -> None:
    whats = give.add_subparsers(dest="what", required=True, metavar="GÌ")
    sheet = whats.add_parser("invites", help=words.text("cli.help_export_invites"))
    _unit(sheet, words)
    reading = whats.add_parser("reading", help=words.text("cli.help_export_reading"))
    _unit(reading, words)
    reading.add_argument("--on", metavar="NGÀY", help=words.text("cli.help_export_on"))
    roster = whats.add_parser("roster", help=words.text("cli.help_export_roster"))
    posters = whats.add_parser("posters", help=words.text("cli.help_export_posters"))
    which = posters.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--unit",
        "--unit-code",
        dest="unit_code",
        default="",
        metavar="MÃ",
        help=words.text("cli.help_export_unit"),
    )
    which.add_argument("--all", action="store_true", help=words.text("cli.help_export_all"))
    posters.add_argument(
        "--format",
        choices=["pdf", "png"],
        default="pdf",
        help=words.text("cli.help_export_format"),
    )
    for one in (sheet, reading, roster, posters):
        one.add_argument("file", type=Path, metavar="TỆP", help=words.text("cli.help_export_file"))
        _reports(one, words)


def _unit(command: Parser, words: Words) -> None:
    command.add_argument(
        "--unit",
        "--unit-code",
        dest="unit_code",
        required=True,
        metavar="MÃ",
        help=words.text("cli.help_export_unit"),
    )


def _backup(backup: Parser, words: Words) -> None:
    backup.add_argument(
        "folder", type=Path, metavar="THƯ_MỤC", help=words.text("cli.help_backup_folder")
    )
    _reports(backup, words)


def _restore(restore: Parser, words: Words) -> None:
    restore.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="THƯ_MỤC",
        help=words.text("cli.help_restore_folder"),
    )
    restore.add_argument("--after", action="store_true", help=words.text("cli.help_after"))


def _reports(command: Parser, words: Words) -> None:
    command.add_argument("--json", action="store_true", help=words.text("cli.help_json"))


def _values(members: Iterable[str]) -> list[str]:
    return [str(member) for member in members]
