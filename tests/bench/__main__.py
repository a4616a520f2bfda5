"""`make bench`: measures us beside others; one JSON line per figure, and a table to read."""

import argparse
import asyncio
import importlib
import json
import sys
from collections.abc import Sequence

from tests.bench.lines import Line, checked
from tests.bench.table import show

FIGURES = (
    "send", "broadcast", "pace", "fleet", "receive", "handle", "expand", "start", "growth",
    "sessions", "queue",
)  # fmt: skip
"""In the order in which they run; each is a module with `async def figures()`."""


def chosen(names: str) -> Sequence[str]:
    """The figures named, comma-separated, or all; an unknown one ends the program."""
    wanted = [name for name in names.replace(" ", "").split(",") if name] or list(FIGURES)
    unknown = sorted(set(wanted) - set(FIGURES))
    if unknown:
        sys.exit(f"No such figure: {', '.join(unknown)}. There are: {', '.join(FIGURES)}.")
    return wanted


async def measured(name: str) -> Sequence[Line]:
    """One figure's lines, told as soon as they are known."""
    lines = checked(await importlib.import_module(f"tests.bench.{name}").figures())
    for one in lines:
        print(json.dumps(one, ensure_ascii=False), flush=True)
    show(lines)
    return lines


async def main() -> None:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--figures", default="", help=f"some of {','.join(FIGURES)}")
    for name in chosen(options.parse_args().figures):
        await measured(name)


if __name__ == "__main__":
    asyncio.run(main())
