"""Whom a bulletin is meant for among a unit's groups, beyond the place itself."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.errors import Refusal
from domain.model.chat import Chat, GroupKind, GroupLine
from domain.model.plan import Meeting
from domain.model.text import normalised, shown_short

LANGUAGES = ("vi", "km", "en")
"""In which bulletins can be written, and groups can be written to."""
MOST_TAGS = 5
LONGEST_TAG = 24


@dataclass(frozen=True, slots=True)
class Reach:
    """Which groups of the audience's places are meant (phạm vi); what is empty leaves none out."""

    kinds: tuple[GroupKind, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """A group with any of them is meant."""

    @property
    def is_everybody(self) -> bool:
        return not (self.kinds or self.languages or self.tags)

    def includes(self, chat: Chat) -> bool:
        """Whether this group is meant: by its kind, its language and its tags alike."""
        by_kind = not self.kinds or chat.kind in self.kinds
        by_language = not self.languages or chat.language in self.languages
        return (
            by_kind and by_language and (not self.tags or not set(self.tags).isdisjoint(chat.tags))
        )

    def among(self, chats: Iterable[Chat]) -> tuple[Chat, ...]:
        """Those that are meant, in their order."""
        return tuple(chat for chat in chats if self.includes(chat))

    def toggled(self, part: str, value: str) -> "Reach":
        """With this kind, language or tag meant as well, or no longer."""
        chosen = {
            "kinds": list[str](self.kinds),
            "languages": list(self.languages),
            "tags": list(self.tags),
        }
        mine = chosen[part]
        (mine.remove if value in mine else mine.append)(value)
        return Reach.of({name: sorted(values) for name, values in chosen.items()})

    def form(self) -> dict[str, Any]:
        """As it is stored and frozen: only what leaves groups out."""
        parts = {"kinds": self.kinds, "languages": self.languages, "tags": self.tags}
        return {name: list(values) for name, values in parts.items() if values}

    @classmethod
    def of(cls, form: dict[str, Any]) -> "Reach":
        return cls(
            tuple(GroupKind(kind) for kind in form.get("kinds", ())),
            tuple(form.get("languages", ())),
            tuple(form.get("tags", ())),
        )


EVERYBODY = Reach()


@dataclass(frozen=True, slots=True)
class Audience:
    """The groups that a bulletin goes to, and those that it cannot (đối tượng nhận)."""

    chats: tuple[Chat, ...]
    """The first of them by title, or all."""
    count: int
    languages: Mapping[str, int]
    """How many of them are written to in each language."""
    left_out: tuple[GroupLine, ...] = ()
    """Groups that are meant, but to which nothing can be sent at present."""
    met: tuple[Meeting, ...] = ()
    """What else comes to some of them within the hour."""

    @classmethod
    def of(
        cls,
        chats: Sequence[Chat],
        left_out: Sequence[GroupLine],
        met: Sequence[Meeting] = (),
    ) -> "Audience":
        languages = Counter(chat.language for chat in chats)
        return cls(tuple(chats), len(chats), languages, tuple(left_out), tuple(met))


def read_tags(typed: str) -> tuple[str, ...]:
    """The tags that somebody typed, parted by commas, each of them once; Refusal says what is
    wrong with them.
    """
    words = (_tag(one) for one in typed.replace("\n", ",").replace(";", ",").split(","))
    tags = tuple(dict.fromkeys(word for word in words if word))
    for tag in tags:
        if len(tag) > LONGEST_TAG or not any(c.isalnum() for c in tag):
            raise Refusal("groups.bad_tag", tag=shown_short(tag), limit=LONGEST_TAG)
    if len(tags) > MOST_TAGS:
        raise Refusal("groups.too_many_tags", count=len(tags), limit=MOST_TAGS)
    return tags


def tags_of(chats: Sequence[Chat]) -> tuple[str, ...]:
    """All that these groups carry, by name."""
    return tuple(sorted({tag for chat in chats for tag in chat.tags}))


def _tag(typed: str) -> str:
    """In one form, so that two spellings of a tag are one: small letters, single spaces."""
    seen = "".join(c for c in normalised(typed) if unicodedata.category(c)[0] != "C")
    return " ".join(seen.split()).lower()
