"""Polls on paper: what stands above one in a group, what staff see of it, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Draft, Revision
from domain.model.button import Button
from domain.model.correction import OLD_MESSAGE
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from domain.model.poll import USUALLY_OPEN, Poll, PollWords
from domain.model.poll_copy import Ended
from domain.model.publishing import Cell, Published
from handlers.faces import one_a_row
from handlers.schedules import conditions, span

BAR = 10
"""Blocks of a full bar."""
VOTE, COMMENT = "poll_", "gopy_"
"""What the links under a poll bring along, before the bulletin's id."""


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class PollPapers:
    """The part of the letterhead that is about polls (thăm dò)."""

    words: Words
    deep_link: Callable[[str], str]

    def poll_note(self, revision: Revision, language: str) -> Markup:
        """What members are told before they vote; nothing where nothing is asked."""
        if revision.poll is None:
            return Markup("")
        note = self.words.html(
            "poll.note",
            language,
            question=revision.poll.in_language(language).question,
            closes=closing(self.words, revision.poll, language),
            vote=self.deep_link(VOTE + revision.bulletin_id),
            comment=self.deep_link(COMMENT + revision.bulletin_id),
        )
        return Markup("\n\n") + note

    def follow_head(self, revision: Revision, language: str) -> Markup:
        """What stands above a bulletin that follows a poll, with the way back to it."""
        if revision.follows is None:
            return Markup("")
        return self.words.html("poll.follows", language, old=OLD_MESSAGE) + "\n\n"

    def poll_card(
        self, text: FrozenText, table: Published, ended: Ended, buttons: Sequence[Button]
    ) -> Payload:
        result = self.poll_result(text, table, ended)
        card = self.words.html("poll.card", result=result)
        return Payload(card, one_a_row(self.words, buttons))

    def poll_result(self, text: FrozenText, table: Published, ended: Ended) -> str:
        """The published table in words and bars, and what it is not."""
        poll = text.revision.poll
        asked = poll.in_language("vi") if poll else PollWords("", ())
        parts = [self.words.text("poll.result_head", question=asked.question)]
        if table.votes is None:
            parts.append(self.words.text("poll.too_few"))
        elif not table.cells:
            parts.append(self.words.text("poll.only_total", votes=table.votes))
        else:
            parts.append("\n".join(self._lines(asked, table.groups, table.cells, bars=True)))
            parts.append(self.words.text("poll.total", votes=table.votes, groups=ended.counted))
            parts += self._places(asked, table)
        if ended.uncounted:
            parts.append(self.words.text("poll.uncounted", groups=ended.uncounted))
        parts.append(self.words.text("poll.no_survey"))
        return "\n\n".join(parts)

    def _places(self, asked: PollWords, table: Published) -> list[str]:
        rows = []
        for row in table.rows:
            places = self.words.listed(row.places)
            key = "poll.place" if len(row.places) == 1 else "poll.places"
            head = self.words.text(key, places=places, votes=row.votes)
            lines = self._lines(asked, table.groups, row.cells, bars=False)
            rows.append("\n".join([head, *lines]))
        return rows

    def _lines(
        self,
        asked: PollWords,
        groups: Sequence[Sequence[int]],
        cells: Sequence[Cell],
        *,
        bars: bool,
    ) -> list[str]:
        lines = []
        for group, cell in zip(groups, cells, strict=True):
            option = " / ".join(asked.options[n] for n in group)
            said = self._share_said(cell)
            lines.append(f"• {option}: {said}" + (f"\n{bar(cell)}" if bars else ""))
        return lines

    def _share_said(self, cell: Cell) -> str:
        share = self.words.text("poll.share", percent=cell.percent)
        if cell.is_nearly_all:
            share = self.words.text("poll.nearly_all")
        elif cell.is_hardly_any:
            share = self.words.text("poll.hardly_any")
        if cell.count is None:
            return share
        return self.words.text("poll.votes", votes=cell.count, share=share)


def bar(cell: Cell) -> str:
    """A share as blocks, for readers who see it sooner than they read it."""
    full = min(BAR, max(1, round(cell.percent * BAR / 100)))
    return "▰" * full + "▱" * (BAR - full)


def closing(words: Words, poll: Poll, language: str = "vi") -> str:
    """When it closes: at a moment, or so long after it was sent."""
    if poll.closes_at is not None:
        return words.moment(poll.closes_at, language)
    length = span(words, poll.open_for or USUALLY_OPEN, language)
    return words.text("poll.closes_after", language, span=length)


def beside(words: Words, one: Draft | Revision, fires: Sequence[datetime]) -> Markup:
    """All that is approved besides the words: the conditions, and the poll if there is one."""
    return Markup("\n").join([conditions(words, one, fires), *asked_lines(words, one)])


def asked_lines(words: Words, one: Draft | Revision) -> list[Markup]:
    """The question as its author and approver see it, in every language."""
    if one.poll is None:
        return []
    kind = words.text(f"poll_kind.{one.poll.kind}")
    lines = [words.html("poll.panel", kind=kind, closes=closing(words, one.poll))]
    for version in one.poll.words.values():
        lines.append(Markup("<b>{}</b>").format(version.question))
        lines += [_option(version, n, one.poll.correct) for n in range(len(version.options))]
        if version.explanation:
            lines.append(words.html("poll.explained", explanation=version.explanation))
    return lines


def _option(version: PollWords, n: int, correct: int | None) -> Markup:
    mark = " ✅" if n == correct else ""
    return Markup("• {}{}").format(version.options[n], mark)
