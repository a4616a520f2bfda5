"""What operators read: sentences from the catalogue, on standard output or as a last word."""

import json
import sys
from dataclasses import dataclass

from content.catalog import FIRST_LANGUAGE, Words


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

    def json(self, report: object) -> None:
        print(json.dumps(report, ensure_ascii=False, indent=2, default=str), flush=True)

    def last_word(self, key: str, /, **values: object) -> None:
        """Say on standard error why nothing more will happen."""
        print(self.sentence(key, **values), file=sys.stderr, flush=True)
