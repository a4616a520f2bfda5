"""Polls on paper: what stands above one in a group, what staff see of it, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from content.catalog import FIRST_LANGUAGE, Words
from domain.model.bulletin import Draft, Revision
from domain.model.button import Button
from domain.model.correction import OLD_MESSAGE
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from domain.model.poll import USUALLY_OPEN, Poll, PollWords
from domain.model.poll_copy import Ended
from domain.model.publishing import Published
from handlers.faces import one_a_row
from handlers.poll_results import told
from handlers.schedules import conditions, span

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
        card = self.words.html("poll.card" if buttons else "poll.card_to_read", result=result)
        return Payload(card, one_a_row(self.words, buttons))

    def poll_result(
        self, text: FrozenText, table: Published, ended: Ended, language: str = FIRST_LANGUAGE
    ) -> str:
        poll = text.revision.poll
        asked = poll.in_language(language) if poll else PollWords("", ())
        return told(self.words, asked, table, ended, language)


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
