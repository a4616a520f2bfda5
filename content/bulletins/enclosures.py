"""The files that a bulletin's file names: pictures, or one film, recording or document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from content.records import Entry, Reading, Rule

PICTURES = "pictures"
FILE = {"file": Rule(pattern=r"[^/\\]+"), "alt": Rule()}
"""Of each: its file beside the bulletin's, and what it shows or says to whoever has neither."""
ENCLOSING = {
    PICTURES: Rule(required=False, is_list=True),
    "video": Rule(required=False, is_record=True),
    "voice": Rule(required=False, is_record=True),
    "document": Rule(required=False, is_record=True),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A file that goes along, by its name (tệp kèm theo)."""

    field: str
    """Under which it is named."""
    file: str
    alt: str
    line: int
    alt_line: int


def read(reading: Reading, fields: Mapping[str, Entry]) -> tuple[Named, ...]:
    """In the order in which they are named; what is wrong is noted in the reading."""
    found = [
        named
        for field, entry in fields.items()
        if field in ENCLOSING
        for named in _named(reading, field, entry.items)
    ]
    return tuple(found)


def _named(reading: Reading, field: str, nodes: Iterable[yaml.Node]) -> Iterator[Named]:
    for node in nodes:
        fields = reading.record(node, FILE, above=1)
        if fields.keys() == FILE.keys():
            file, alt = fields["file"], fields["alt"]
            yield Named(field, file.value, alt.value, file.line, alt.line)
