"""One file of a bulletin: its head, its words, and the line on which each of them stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import yaml

from content.bulletins import enclosures, markdown, poll
from content.bulletins.enclosures import Named
from content.bulletins.fields import RULES, TRANSLATION
from content.bulletins.markdown import Written
from content.bulletins.poll import POLL, AskedPoll
from content.catalog import FIRST_LANGUAGE
from content.records import Entry, Reading, Reason

FENCE = "---"
_OPTIONS = re.compile(r" *options: *")
_ITEM = re.compile(r"(?P<indent> *- +)(?P<value>[^\s\"'>|].*)")
_VALUE = re.compile(r"(?P<indent> *(?:- )?)(?P<name>\w+): +(?P<value>[^\s\"'>|].*)")
UNWRITTEN = Written("")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bulletin in one language, as its file has it (tệp bản tin)."""

    reading: Reading
    fields: dict[str, Entry]
    written: Written = UNWRITTEN
    first_line: int = 1
    """On which line of the file the text begins."""
    files: tuple[Named, ...] = ()
    poll: AskedPoll | None = None

    @property
    def language(self) -> str:
        return self.value("language") or FIRST_LANGUAGE

    def value(self, name: str) -> str:
        """A field's value; nothing if it is not there."""
        entry = self.fields.get(name)
        return entry.value if entry else ""

    def line_of(self, name: str) -> int:
        """Where a field stands; where the poll or the head begins if it is not there."""
        entry = self.fields.get(name)
        if self.poll is not None and name in POLL:
            entry = self.poll.fields.get(name) or self.fields.get("poll")
        return entry.line if entry else 1

    def line_at(self, begin: int) -> int:
        """On which line of the file this place of the text stands."""
        return self.first_line + self.written.text.count("\n", 0, begin)


def read(reading: Reading) -> Sheet:
    """The file as far as it can be read; what is wrong in it is noted in the reading."""
    lines = reading.text().split("\n")
    if reading.flaws:
        return Sheet(reading, {})
    try:
        if lines[0].rstrip() != FENCE:
            raise ValueError
        end = [line.rstrip() for line in lines].index(FENCE, 1)
    except ValueError:
        reading.flaw(1, "", Reason.NO_FRONT_MATTER)
        return Sheet(reading, {})
    node = reading.tree("\n".join(_as_typed(lines[1:end])), above=1)
    fields = {} if reading.flaws else _fields(reading, node)
    written, first = _words(reading, lines[end + 1 :], above=end + 1)
    files = enclosures.read(reading, fields)
    language = fields["language"].value if "language" in fields else FIRST_LANGUAGE
    rules = POLL if language == FIRST_LANGUAGE else poll.TRANSLATION
    asked = poll.read(reading, fields.get("poll"), rules)
    return Sheet(reading, fields, written, first, files, asked)


def _as_typed(lines: list[str]) -> Iterator[str]:
    """The head with its values in quotes: whoever types a title means every sign of it.

    To YAML a colon, a bracket or a star would say something. What is in quotes already, or goes on
    below, is left to it.
    """
    among_options = False
    for line, below in pairwise([*lines, ""]):
        among_options = bool(
            _OPTIONS.fullmatch(line) or (among_options and line.strip()[:1] in ("", "-"))
        )
        pattern = _ITEM if among_options else _VALUE
        found = pattern.fullmatch(line.rstrip())
        goes_on = found and below[: len(found["indent"]) + 1].isspace()
        if found and not goes_on:
            value = found["value"].replace("'", "''")
            yield f"{line[: found.start('value')]}'{value}'"
        else:
            yield line


def _fields(reading: Reading, node: yaml.Node | None) -> dict[str, Entry]:
    """By the rules of the language that the head names."""
    rules = RULES
    if isinstance(node, yaml.MappingNode):
        said = [v.value for k, v in node.value if k.value == "language"]
        rules = TRANSLATION if said and said[0] in TRANSLATION["language"].among else RULES
    return reading.record(node, rules, above=1)


def _words(reading: Reading, lines: list[str], above: int) -> tuple[Written, int]:
    written = markdown.read(lines)
    first = next((n for n, line in enumerate(lines, start=above + 1) if line.strip()), above)
    for misprint in written.misprints:
        reading.flaw(above + 1 + misprint.line, "text", misprint.reason, **misprint.values)
    if not written.text:
        reading.flaw(first, "text", Reason.EMPTY)
    return written, first
