"""Bulletins in files made ready for the rules, with all that is wrong in them by file and line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content.bulletins import shelf
from content.bulletins.markdown import Written
from content.bulletins.poll import AskedPoll
from content.bulletins.sheet import Sheet
from content.records import Flaw
from domain.errors import Refusal
from domain.model.findings import Finding, FindingKind, findings_in, findings_of_link
from domain.model.imported_bulletin import BulletinFlaw, FiledBulletin
from domain.model.marks import MarkKind
from handlers.cli.bulletin_enclosures import Enclosures
from handlers.cli.doors import Channel
from handlers.filed_bulletins import as_filed

PLAIN = ("title", "issuing_body", "source", "talking_points")
"""Fields whose words everybody reads just as they are written."""


SAME = {
    "proof.hidden_sign": FindingKind.HIDDEN_SIGN,
    "proof.insecure_link": FindingKind.LINK_SCHEME,
    "proof.odd_link": FindingKind.LINK_SCHEME,
    "proof.other_target": FindingKind.LINK_DISGUISED,
}
"""What the rules for every bulletin find as well, though they know no lines."""


@dataclass(slots=True)
class Reading:
    """What was read from files (kết quả đọc tệp)."""

    filed: list[FiledBulletin] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    sheets: dict[tuple[str, str], Sheet] = field(default_factory=dict)
    """The file of each bulletin in each of its languages."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """The files that go along, by their hash."""

    def names_already(self, said: BulletinFlaw) -> bool:
        """Whether the same stands among its flaws with the very line."""
        file, _ = self.place_of(said)
        same = SAME.get(said.why.key)
        return any(one.file == file and one.reason == same for one in self.flaws)

    def place_of(self, said: BulletinFlaw) -> tuple[str, int]:
        """In which file, and on which line, stands what a rule says no to."""
        sheet = self.sheets[said.name, said.language]
        line = sheet.first_line if said.field == "text" else sheet.line_of(said.field)
        return sheet.reading.path.name, line


async def read_files(path: Path, channel: Channel) -> Reading:
    """All bulletins of a file or a folder; Refusal if there is nothing to read."""
    bulletins, sheets = shelf.read(_paths(path))
    found = Reading(flaws=[flaw for sheet in sheets for flaw in sheet.reading.flaws])
    enclosures, along = Enclosures(channel), {}
    for sheet in sheets:
        found.flaws += _findings(sheet)
        along[sheet.reading.path], flaws = await enclosures.read(sheet)
        found.flaws += flaws
    found.contents = enclosures.contents
    for one in bulletins:
        found.filed.append(as_filed(one, along[one.sheets[0].reading.path]))
        for sheet in one.sheets:
            found.sheets[one.id, sheet.language] = sheet
    return found


def _paths(path: Path) -> list[Path]:
    if not path.is_dir():
        if not path.exists():
            raise Refusal("cli.bulletins_no_file", path=path)
        return [path]
    if not (found := shelf.files_in(path)):
        raise Refusal("cli.bulletins_none", path=path)
    return found


def _findings(sheet: Sheet) -> Iterator[Flaw]:
    """What slipped into the words of a file."""
    name = sheet.reading.path.name
    for field_name in PLAIN:
        for one in findings_in(sheet.value(field_name)):
            yield _flaw(name, sheet.line_of(field_name), field_name, one)
    for named in sheet.files:
        for one in findings_in(named.alt):
            yield _flaw(name, named.alt_line, "alt", one)
    for field_name, said in _of_poll(sheet.poll):
        for one in findings_in(said):
            yield _flaw(name, sheet.line_of(field_name), field_name, one)
    for one in _in_text(sheet.written):
        yield _flaw(name, sheet.line_at(one.begin), "text", one)


def _of_poll(poll: AskedPoll | None) -> Iterator[tuple[str, str]]:
    """The words of a poll, each with the field in which it stands."""
    if poll is not None:
        yield from ((name, poll.value(name)) for name in ("question", "explanation"))
        yield from (("options", option) for option in poll.options)


def _in_text(written: Written) -> Sequence[Finding]:
    links = [span for span in written.spans if span.kind == MarkKind.LINK]
    found = [
        one
        for span in links
        for one in findings_of_link(written.text[span.begin : span.end], span.url, span.begin)
    ]
    return [*findings_in(written.text), *found]


def _flaw(file: str, line: int, name: str, one: Finding) -> Flaw:
    return Flaw(file, line, name, one.kind, {"shown": one.shown, "leads_to": one.leads_to})
