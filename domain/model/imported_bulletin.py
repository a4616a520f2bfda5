"""Bulletins that come from files: what a file says, and what became of it in somebody's drafts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from domain.errors import Refusal
from domain.model.access import Person
from domain.model.attached import Attached, Enclosed
from domain.model.bulletin import BulletinClass, Draft, Field
from domain.model.poll import PollKind, PollWords
from domain.model.unit import Unit
from domain.model.version import FIRST_LANGUAGE, Version


@dataclass(frozen=True, slots=True)
class FiledPoll:
    """A bulletin's poll as its files have it (thăm dò từ tệp)."""

    words: Mapping[str, PollWords]
    kind: PollKind = PollKind.SINGLE
    correct: int | None = None
    closes: str = ""
    """A span or a moment, in the words of whoever writes; empty: after the usual time."""


@dataclass(frozen=True, slots=True)
class FiledFile:
    """A file that lies beside a bulletin's own (tệp kèm trong thư mục)."""

    attached: Attached
    source: str
    """The hash of its bytes as they lie there: how they are made clean changes with the years."""

    def form(self) -> list[str]:
        """What makes it another one."""
        return [self.attached.kind, self.source, self.attached.name, self.attached.alt]


@dataclass(frozen=True, slots=True)
class FiledBulletin:
    """A bulletin as its files have it; when and where it goes is as typed (bản tin từ tệp)."""

    name: str
    """Its id in the file, by which the same one is known again."""
    versions: tuple[Version, ...]
    """Vietnamese first."""
    field: Field
    bulletin_class: BulletinClass
    source: str
    issuing_body: str = ""
    """Empty: the one of the unit that writes."""
    audience: str = ""
    """A unit's name or code; empty: the unit that writes, and all below it."""
    tags: str = ""
    """Of the groups that are meant there, with commas; empty: all of them."""
    send_at: str = ""
    """In the words of whoever writes; empty: as soon as it is approved."""
    talking_points: str = ""
    files: tuple[FiledFile, ...] = ()
    """What goes along."""
    poll: FiledPoll | None = None

    @property
    def attachments(self) -> Enclosed:
        return tuple(one.attached for one in self.files)

    @property
    def hash(self) -> str:
        """Of all that it says; another order of its fields is no other bulletin."""
        written = json.dumps(self._form(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()

    def _form(self) -> dict[str, Any]:
        # What has no poll, or no files, keeps the hash it had before there were any.
        asked = {"poll": asdict(self.poll)} if self.poll else {}
        files = [one.form() for one in self.files]
        return asked | {
            "name": self.name,
            "versions": [version.form() for version in self.versions],
            "field": self.field,
            "class": self.bulletin_class,
            "source": self.source,
            "issuing_body": self.issuing_body,
            "audience": self.audience,
            "tags": self.tags,
            "send_at": self.send_at,
            "talking_points": self.talking_points,
            "pictures": files or 0,
        }


@dataclass(frozen=True, slots=True)
class ImportedBulletin:
    """Which of somebody's bulletins came from which file, and as it was then (bản tin đã nhập)."""

    author_id: str
    name: str
    bulletin_id: str
    hash: str
    version: int
    """The draft's version as the import left it: a higher one was written on in the chat."""


class Fate(StrEnum):
    """What an import does with one bulletin."""

    NEW = "new"
    CHANGED = "changed"
    """Its author's own draft takes over what has changed in the file."""
    SAME = "same"
    WRITTEN_ON = "written_on"
    """Its author has gone on writing in the chat; that stands."""
    HANDED_IN = "handed_in"
    """It waits for approval or is approved; nothing of it changes."""


CHANGING = frozenset({Fate.NEW, Fate.CHANGED})


@dataclass(frozen=True, slots=True)
class Taken:
    """One bulletin of an import (kết quả nhập)."""

    filed: FiledBulletin
    fate: Fate
    draft: Draft
    audience: Unit
    groups: int
    """How many groups would get it now."""

    @property
    def brought_files(self) -> bool:
        """Whether something came into the draft beside its words."""
        return self.fate in CHANGING and bool(self.draft.attachments)


@dataclass(frozen=True, slots=True)
class BulletinFlaw:
    """What a rule says against one field of one bulletin (chỗ sai)."""

    name: str
    field: str
    why: Refusal
    language: str = FIRST_LANGUAGE
    """In which of its languages."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import did, would do, or why it does nothing (đợt nhập bản tin)."""

    author: Person
    unit: Unit
    taken: tuple[Taken, ...]
    flaws: tuple[BulletinFlaw, ...]

    @property
    def files(self) -> frozenset[str]:
        """The hashes of what came into a draft beside its words."""
        drafts = [one.draft for one in self.taken if one.brought_files]
        return frozenset(file.sha256 for draft in drafts for file in draft.attachments)

    @property
    def changes_nothing(self) -> bool:
        return not any(one.fate in CHANGING for one in self.taken)
