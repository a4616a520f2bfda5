"""Cards about a bulletin on its way through review: who agreed, and who still has to."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from content.catalog import Words
from domain.model.access import Person
from domain.model.chat import Regrouped
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from handlers.changes import changed_lines
from handlers.faces import shortened
from handlers.rosters import groups_named

EXCERPT = 120


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

    def half_approved_card(self, frozen: FrozenText, approver: Person) -> Payload:
        return self._about("review.half_approved", frozen, name=approver.name)

    def completed_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        if planned_at is None:
            return self._about("review.template_completed", frozen, name=approver.name)
        when = self.words.moment(planned_at)
        return self._about("review.completed", frozen, name=approver.name, when=when)

    def voided_card(self, frozen: FrozenText, approver: Person, reason: str) -> Payload:
        return self._about("review.voided", frozen, name=approver.name, reason=reason)

    def _about(self, key: str, frozen: FrozenText, **values: object) -> Payload:
        excerpt = shortened(frozen.revision.text, EXCERPT)
        return Payload(self.words.html(key, "vi", excerpt=excerpt, **values))
