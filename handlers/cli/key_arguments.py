"""What can be typed after `bot.py keys`."""

import argparse
from pathlib import Path

from content.catalog import Words


def add_to(keys: argparse.ArgumentParser, words: Words) -> None:
    """Its acts, each with a --help of its own."""
    acts = keys.add_subparsers(dest="act", required=True, metavar="VIỆC")

    def act(name: str) -> argparse.ArgumentParser:
        what = words.text(f"cli.help_keys_{name}")
        made = acts.add_parser(name, help=what, description=what)
        made.add_argument("--json", action="store_true", help=words.text("cli.help_json"))
        return made

    act("list")
    act("make").add_argument(
        "--month", default="", metavar="THÁNG", help=words.text("cli.help_keys_month")
    )
    act("rotate")
    for name in ("destroy", "split"):
        one = act(name)
        one.add_argument("epoch", metavar="KHÓA", help=words.text("cli.help_keys_epoch"))
        if name == "split":
            _files(one, words)
        else:
            one.add_argument(
                "--even-if-unreadable",
                type=int,
                metavar="SỐ",
                help=words.text("cli.help_keys_given_up"),
            )
    _files(act("join"), words)


def _files(act: argparse.ArgumentParser, words: Words) -> None:
    act.add_argument(
        "files", nargs=2, type=Path, metavar="TỆP", help=words.text("cli.help_keys_files")
    )
