"""Answers for what can be wrong in a content file: YAML read field by field, each with its line."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import yaml

from content.catalog import FIRST_LANGUAGE, Words

LARGEST = 256 * 1024
"""Bytes of a file; one that can be used has a twentieth of them."""


class Reason(StrEnum):
    """What is wrong with a field; the catalogue has a sentence for each."""

    NOT_READABLE = "not_readable"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NO_FRONT_MATTER = "no_front_matter"
    BAD_YAML = "bad_yaml"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    REPEATED_FIELD = "repeated_field"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    UNKNOWN_VALUE = "unknown_value"
    MALFORMED = "malformed"
    DUPLICATE = "duplicate"
    TOO_LONG = "too_long"
    HTML_TAG = "html_tag"
    FOREIGN_MARKUP = "foreign_markup"
    NOT_CLOSED = "not_closed"
    BROKEN_LINK = "broken_link"
    NO_FIRST_LANGUAGE = "no_first_language"
    UNKNOWN_PARENT = "unknown_parent"
    ONLY_QUIZ = "only_quiz"


@dataclass(frozen=True)
class Flaw:
    """One thing wrong in a content file, as data (chỗ sai)."""

    file: str
    line: int
    field: str
    reason: str
    """A Reason, or what another room found wrong, under the same kind of key."""
    values: Mapping[str, object]

    def sentence(self, words: Words, language: str = FIRST_LANGUAGE) -> str:
        reason = words.text(f"flaw.{self.reason}", language, **self.values)
        place = {"file": self.file, "line": self.line, "reason": reason}
        if self.field:
            return words.text("flaw.at_field", language, field=self.field, **place)
        return words.text("flaw.at_line", language, **place)


class FlawedContent(Exception):
    """Content files cannot be used; holds every flaw of every file."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(sorted(flaws, key=lambda flaw: (flaw.file, flaw.line, flaw.field)))
        super().__init__("; ".join(f"{f.file}:{f.line}: {f.field} {f.reason}" for f in self.flaws))


@dataclass(frozen=True)
class Rule:
    """What a field must look like."""

    required: bool = True
    among: tuple[str, ...] = ()
    pattern: str = ""
    is_list: bool = False
    """It holds several things, which are looked at one by one."""
    is_record: bool = False
    """It holds fields of its own."""


@dataclass(frozen=True)
class Entry:
    """A value and the line it stands on."""

    value: str
    line: int
    items: Sequence[yaml.Node] = ()
    """Of a list, what stands in it; of a record, the one that it is."""


@dataclass
class Reading:
    """One file being read, and everything found wrong in it so far."""

    path: Path
    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, line: int, name: str, reason: str, **values: object) -> None:
        self.flaws.append(Flaw(self.path.name, line, name, reason, values))

    def text(self) -> str:
        """The file's text: composed Unicode, plain line ends, no byte order mark."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(LARGEST + 1)
        except OSError:
            self.flaw(1, "", Reason.NOT_READABLE)
            return ""
        if len(raw) > LARGEST:
            self.flaw(1, "", Reason.TOO_LARGE, limit=LARGEST // 1024)
            return ""
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.flaw(raw.count(b"\n", 0, error.start) + 1, "", Reason.NOT_UTF8)
            return ""
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))

    def tree(self, text: str, above: int = 0) -> yaml.Node | None:
        """The YAML tree of a text that has `above` lines of the file before it."""
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.flaw((mark.line if mark else 0) + above + 1, "", Reason.BAD_YAML)
        except (yaml.YAMLError, RecursionError):  # the second: lists in lists in lists
            self.flaw(above + 1, "", Reason.BAD_YAML)
        return None

    def record(
        self, node: yaml.Node | None, rules: Mapping[str, Rule], above: int = 0
    ) -> dict[str, Entry]:
        """The fields of one mapping; what breaks a rule is noted and left out."""
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + above + 1 if node else above + 1
            self.flaw(line, "", Reason.NOT_A_MAPPING)
            return {}
        entries: dict[str, Entry] = {}
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + above + 1
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if self._is_expected(name, line, rules, seen) and (
                entry := self._entry(name, value, line, rules[name])
            ):
                entries[name] = entry
            seen.add(name)
        for name, rule in rules.items():
            if rule.required and name not in seen:
                self.flaw(node.start_mark.line + above + 1, name, Reason.MISSING_FIELD)
        return entries

    def _is_expected(self, name: str, line: int, rules: Mapping[str, Rule], seen: set[str]) -> bool:
        """Whether a field of this name may stand here; if not, it is noted."""
        if not name:
            self.flaw(line, "", Reason.NOT_TEXT)
        elif name not in rules:
            self.flaw(line, name, Reason.UNKNOWN_FIELD, allowed=", ".join(rules))
        elif name in seen:
            self.flaw(line, name, Reason.REPEATED_FIELD)
        return name in rules and name not in seen

    def _entry(self, name: str, node: yaml.Node, line: int, rule: Rule) -> Entry | None:
        if rule.is_list:
            if isinstance(node, yaml.SequenceNode) and node.value:
                return Entry("", line, tuple(node.value))
            self.flaw(line, name, Reason.NOT_A_LIST)
            return None
        if rule.is_record:
            if isinstance(node, yaml.MappingNode):
                return Entry("", line, (node,))
            self.flaw(line, name, Reason.NOT_A_MAPPING)
            return None
        return self._text_entry(name, node, line, rule)

    def _text_entry(self, name: str, node: yaml.Node, line: int, rule: Rule) -> Entry | None:
        if not isinstance(node, yaml.ScalarNode):
            self.flaw(line, name, Reason.NOT_TEXT)
            return None
        value = "" if node.tag.endswith(":null") else str(node.value).strip()
        if not value:
            self.flaw(line, name, Reason.EMPTY)
        elif rule.among and value not in rule.among:
            allowed = ", ".join(rule.among)
            self.flaw(line, name, Reason.UNKNOWN_VALUE, value=value, allowed=allowed)
        elif rule.pattern and not re.fullmatch(rule.pattern, value):
            self.flaw(line, name, Reason.MALFORMED, value=value)
        else:
            return Entry(value, line)
        return None
