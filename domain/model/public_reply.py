"""What somebody answers to a bulletin in its group: read by all there, filed only on consent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.opinion import OpinionSource
from domain.model.resident import LONGEST_TEXT, Written
from domain.model.text import normalised, one_line, units_over

MOST_HELD = 10
"""Replies of one person that wait for consent at a time."""
LONGEST_HEADING = 120
"""Characters of a bulletin's heading that a case keeps."""


@dataclass(frozen=True, slots=True)
class PublicReply:
    """One message in a group that answers something of ours there (trả lời công khai)."""

    handle: str
    """Becomes the case's handle when it is filed."""
    chat_id: str
    group: str
    """The group as it is called there."""
    unit_id: str
    language: str
    """The group's, until whoever wrote it says otherwise."""
    replied_to: str
    """The heading of the bulletin that it answers."""
    poll_field: Field | None
    """What the poll is about that it answers; None where it answers a bulletin's words."""
    written: Written
    expires_at: datetime
    shown: int = 0
    """In which showing its words stood as they are; 0 if nobody was shown them yet."""

    @property
    def source(self) -> OpinionSource:
        """How it came in, once it is filed."""
        return OpinionSource.POLL_COMMENT if self.poll_field else OpinionSource.GROUP_REPLY

    @property
    def matter(self) -> tuple[str, str, str]:
        """What makes two messages of one person parts of the same opinion."""
        return self.chat_id, self.replied_to, self.poll_field or ""

    def is_filed_with(self, last: "PublicReply") -> bool:
        """Whether it is in the case that this one ends, or in one before it."""
        return self.matter == last.matter and self.written.number <= last.written.number

    def is_edit_of(self, other: "PublicReply") -> bool:
        """Whether this is the other message in newer words."""
        same = (self.chat_id, self.written.number) == (other.chat_id, other.written.number)
        return same and self.written.edited >= other.written.edited


def require_words(text: str) -> None:
    """Refusal for what cannot be an opinion: a sticker, a sign, more than a case can show."""
    if not any(sign.isalnum() for sign in text):
        raise Refusal("reply.words_only")
    if units_over(normalised(text), LONGEST_TEXT):
        raise Refusal("reply.too_long", limit=LONGEST_TEXT)


def called(heading: str) -> str:
    """A heading in one line, as short as a case keeps it."""
    line = one_line(heading)
    return line if len(line) <= LONGEST_HEADING else line[: LONGEST_HEADING - 1].rstrip() + "…"


def text_of(parts: Iterable[PublicReply]) -> str:
    """Word for word, in the order of the messages."""
    return normalised("\n".join(one.written.text for one in parts))


def as_opinions(replies: Iterable[PublicReply]) -> tuple[tuple[PublicReply, ...], ...]:
    """The messages that make up one opinion each: about one matter, and no longer than one is."""
    opinions: list[list[PublicReply]] = []
    for reply in sorted(replies, key=lambda one: (one.matter, one.written.number)):
        whole = [*opinions[-1], reply] if opinions else [reply]
        fits = not units_over(text_of(whole), LONGEST_TEXT)
        if opinions and opinions[-1][0].matter == reply.matter and fits:
            opinions[-1].append(reply)
        else:
            opinions.append([reply])
    return tuple(map(tuple, opinions))


def next_shown(waiting: Sequence[PublicReply]) -> tuple[PublicReply, ...]:
    """What is shown to be agreed to: whole, and no more than becomes one case.

    Two cases of one moment would stand side by side for good, each press has a moment of its own.
    """
    number = max(one.shown for one in waiting) + 1
    return tuple(replace(one, shown=number) for one in as_opinions(waiting)[0])


def agreed_to(waiting: Sequence[PublicReply], number: int) -> tuple[PublicReply, ...]:
    """What that showing showed; nothing once it reads otherwise, or more was said before its end.

    The case goes on under the handle of the last, and counts all before that as filed with it.
    """
    shown = sorted((w for w in waiting if w.shown == number), key=lambda one: one.written.number)
    whole = shown and all(w.shown == number for w in waiting if w.is_filed_with(shown[-1]))
    return tuple(shown) if whole else ()


def corrected(replies: Sequence[PublicReply], edit: PublicReply) -> PublicReply | None:
    """The waiting message in the words of this edit; None if it does not wait here."""
    waiting = next((one for one in replies if edit.is_edit_of(one)), None)
    return replace(waiting, written=edit.written, shown=0) if waiting else None
