"""What operators read: sentences from the catalogue, on standard output or as a last word."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.catalog import FIRST_LANGUAGE, Words

WIDE = 240
"""Signs in a line of a file."""


@dataclass(frozen=True)
class Terminal:
    """Speaks to whoever runs `bot.py` (người vận hành)."""

    words: Words

    def text(self, key: str, /, **values: object) -> None:
        """Say a sentence at once, also where the output is a file."""
        print(self.sentence(key, **values), flush=True)

    def sentence(self, key: str, /, **values: object) -> str:
        return self.words.text(key, FIRST_LANGUAGE, **values)

    def line(self, line: str) -> None:
        print(line, flush=True)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Rows under their heads; where the output is a file, every row is one line."""
        # Here, since most commands show no table, and these take a tenth of a second to load.
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        shown = Table(box=box.SIMPLE, pad_edge=False)
        for head in heads:
            shown.add_column(head)
        for row in rows:
            shown.add_row(*map(Text, row))
        width = None if sys.stdout.isatty() else WIDE
        Console(file=sys.stdout, width=width, highlight=False).print(shown)

    def json(self, report: object) -> None:
        print(json.dumps(report, ensure_ascii=False, indent=2, default=str), flush=True)

    def last_word(self, key: str, /, **values: object) -> None:
        """Say on standard error why nothing more will happen."""
        print(self.sentence(key, **values), file=sys.stderr, flush=True)
