"""The poll at the head of a bulletin's file: what it asks, what can be chosen, until when."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from content.records import Entry, Reading, Reason, Rule

KINDS = ("single", "multiple", "quiz")
QUIZ = "quiz"
_OF_EVERY_LANGUAGE = {
    "question": Rule(),
    "options": Rule(is_list=True),
    "explanation": Rule(required=False),
}
POLL = {
    **_OF_EVERY_LANGUAGE,
    "kind": Rule(required=False, among=KINDS),
    "correct": Rule(required=False, pattern=r"[1-9]\d?"),
    "closes": Rule(required=False),
}
"""Of the poll itself, which is in the file in the first language."""
TRANSLATION = _OF_EVERY_LANGUAGE
"""Of the same in another language: its words, in the same order."""


@dataclass(frozen=True, slots=True)
class AskedPoll:
    """A poll as a file has it (thăm dò trong tệp)."""

    fields: Mapping[str, Entry]
    options: tuple[str, ...]

    def value(self, name: str) -> str:
        """A field's value; nothing if it is not there."""
        entry = self.fields.get(name)
        return entry.value if entry else ""

    @property
    def correct(self) -> int | None:
        """The place of the right option, from nought."""
        typed = self.value("correct")
        return int(typed) - 1 if typed else None


def read(reading: Reading, held: Entry | None, rules: Mapping[str, Rule]) -> AskedPoll | None:
    """The poll as far as it can be read; what is wrong in it is noted in the reading."""
    if held is None:
        return None
    fields = reading.record(held.items[0], rules, above=1)
    listed = fields.get("options")
    poll = AskedPoll(fields, _options(reading, listed) if listed else ())
    _require_quiz(reading, poll, held.line)
    return poll


def _options(reading: Reading, listed: Entry) -> tuple[str, ...]:
    found = []
    for node in listed.items:
        line = node.start_mark.line + 2
        if not isinstance(node, yaml.ScalarNode):
            reading.flaw(line, "options", Reason.NOT_TEXT)
        elif not node.value.strip():
            reading.flaw(line, "options", Reason.EMPTY)
        else:
            found.append(str(node.value).strip())
    return tuple(found)


def _require_quiz(reading: Reading, poll: AskedPoll, line: int) -> None:
    """A right option is named where there is a quiz, and only there."""
    if "kind" not in poll.fields or poll.value("kind") != QUIZ:
        if entry := poll.fields.get("correct"):
            reading.flaw(entry.line, "correct", Reason.ONLY_QUIZ)
        return
    entry = poll.fields.get("correct")
    if entry is None:
        reading.flaw(line, "correct", Reason.MISSING_FIELD)
    elif len(poll.options) > 1 and int(entry.value) > len(poll.options):
        allowed = ", ".join(str(n) for n in range(1, len(poll.options) + 1))
        values = {"value": entry.value, "allowed": allowed}
        reading.flaw(entry.line, "correct", Reason.UNKNOWN_VALUE, **values)
