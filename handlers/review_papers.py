"""Cards about a bulletin on its way through review: who agreed, what was noted, who waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from content.catalog import Words
from domain.model.access import Person
from domain.model.button import Button
from domain.model.chat import Regrouped
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from domain.model.reminder import ReminderStep
from domain.model.review_note import ReviewNote, ShownNote
from handlers.changes import changed_lines
from handlers.faces import one_a_row, shortened
from handlers.rosters import groups_named
from handlers.schedules import when

EXCERPT = 120
LONGEST_NAMES = 500


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class ReviewPapers:
    """The part of the letterhead that is about reviewing (phê duyệt)."""

    words: Words

    def approvals_said(self, frozen: FrozenText, agreed: Person | None) -> Markup:
        """Of what needs two people, who has agreed so far; nothing of what needs one."""
        if frozen.revision.approvals_needed == 1:
            return Markup("")
        if agreed is None:
            return "\n\n" + self.words.html("review.needs_two")
        return "\n\n" + self.words.html("review.needs_one_more", name=agreed.name)

    def revised_card(self, old: FrozenText, new: FrozenText, regrouped: Regrouped) -> Payload:
        """Struck out what was, underlined what is; then the groups that came and went."""
        lines = changed_lines(self.words, old.revision, new.revision)
        for key, titles, count in (
            ("changes.groups_came", regrouped.came, regrouped.count_came),
            ("changes.groups_went", regrouped.went, regrouped.count_went),
        ):
            if count:
                chats = groups_named(self.words, titles, count)
                lines.append(self.words.html(key, count=count, chats=chats))
        if not lines:
            return Payload(self.words.html("changes.none"))
        return Payload(self.words.html("changes.since", lines=Markup("\n\n").join(lines)))

    def note_card(
        self, frozen: FrozenText, reviewer: Person, note: ReviewNote, buttons: Sequence[Button]
    ) -> Payload:
        said = self._noted(note.quote, note.text)
        card = self._about("review_note.card", frozen, name=reviewer.name, note=said)
        return replace(card, buttons=one_a_row(self.words, buttons))

    def notes_card(self, shown: Sequence[ShownNote]) -> Payload:
        lines = [
            self.words.html(
                "review_note.line",
                name=one.reviewer,
                when=self.words.moment(one.note.noted_at),
                note=self._noted(one.note.quote, one.note.text),
                since=self.words.text(f"review_note.{one.since}"),
            )
            for one in shown
        ]
        return Payload(self.words.html("review_note.list", lines=Markup("\n\n").join(lines)))

    def reminder_card(
        self, frozen: FrozenText, author: Person, step: ReminderStep, buttons: Sequence[Button]
    ) -> Payload:
        card = self._about(
            f"reminder.{step}", frozen, author=author.name, when=when(self.words, frozen.revision)
        )
        return replace(card, buttons=one_a_row(self.words, buttons))

    def reminded_card(
        self, frozen: FrozenText, names: Sequence[str], step: ReminderStep
    ) -> Payload:
        passed = step is ReminderStep.PASSED
        key = "reminder.author_passed" if passed else "reminder.author"
        listed = shortened(self.words.listed(names), LONGEST_NAMES)
        when_due = when(self.words, frozen.revision)
        return self._about(key, frozen, names=listed, when=when_due)

    def _noted(self, quote: str, text: str) -> Markup:
        quoted = Markup("<blockquote>{}</blockquote>").format(quote) if quote else Markup("")
        return quoted + Markup("{}").format(text)

    def half_approved_card(self, frozen: FrozenText, approver: Person) -> Payload:
        return self._about("review.half_approved", frozen, name=approver.name)

    def completed_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        if planned_at is None:
            return self._about("review.template_completed", frozen, name=approver.name)
        first = self.words.moment(planned_at)
        return self._about("review.completed", frozen, name=approver.name, when=first)

    def voided_card(self, frozen: FrozenText, approver: Person, reason: str) -> Payload:
        return self._about("review.voided", frozen, name=approver.name, reason=reason)

    def _about(self, key: str, frozen: FrozenText, **values: object) -> Payload:
        excerpt = shortened(frozen.revision.text, EXCERPT)
        return Payload(self.words.html(key, "vi", excerpt=excerpt, **values))
