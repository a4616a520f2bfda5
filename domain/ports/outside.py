"""Words on paper, and the places where a test may end the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.model.access import Person, Role
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Draft, Revision
from domain.model.button import Button
from domain.model.chat import Chat, ChatNews, Regrouped
from domain.model.commendation import Commendation
from domain.model.conference import Conference, Notice
from domain.model.delivery import Payload, ReceiptLine, Tally
from domain.model.deputy import Deputy
from domain.model.field_work import ServiceAct
from domain.model.frozen import FrozenText
from domain.model.invite import Invite
from domain.model.morning import Morning
from domain.model.opinion import Answer, Opinion
from domain.model.poll_copy import Ended
from domain.model.post_foot import PostFoot
from domain.model.proofreading import Misprint
from domain.model.publishing import Published
from domain.model.reach import Audience
from domain.model.reminder import ReminderStep
from domain.model.review_note import ReviewNote, ShownNote
from domain.model.roster_check import Finding
from domain.model.session import OutreachSession
from domain.model.unit import Unit
from domain.model.withdrawal import Recalled
from domain.ports.materials import MaterialCards
from domain.ports.moves import MoveCards


class Letterhead(MaterialCards, MoveCards, Protocol):
    """Words on paper: everything that is owed to somebody, as it will be shown."""

    def languages(self) -> tuple[str, ...]: ...
    def bulletin(self, revision: Revision, language: str) -> str: ...
    def post_foot(self, revision: Revision, language: str) -> PostFoot:
        """What stands below it where it is a post in a channel."""
        ...

    def review_card(
        self,
        frozen: FrozenText,
        author: Person,
        audience: Audience,
        fires: Sequence[datetime],
        buttons: Sequence[Button],
        agreed: Person | None = None,
    ) -> tuple[Payload, ...]:
        """What an approver gets: talking points, the page as the groups will see it, the rest.

        `chats` are the first of its groups, `fires` the next times of one that recurs, `agreed`
        is whoever was the first of two to approve it.
        """
        ...

    def proof_cards(
        self, one: Draft | Revision, misprints: Sequence[Misprint]
    ) -> tuple[Payload, ...]:
        """What looks wrong in it, and all links in full; nothing where there is neither."""
        ...

    def files_cards(self, frozen: FrozenText) -> tuple[Payload, ...]:
        """What goes along with it and what is said of each file; nothing where there is none."""
        ...

    def returned_card(
        self, frozen: FrozenText, approver: Person, reason: str, buttons: Sequence[Button]
    ) -> Payload: ...
    def approved_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        """Without a time: a template, which waits until somebody releases it."""
        ...

    def revised_card(self, old: FrozenText, new: FrozenText, regrouped: Regrouped) -> Payload:
        """What an approver sees of a bulletin that was submitted before: what differs since."""
        ...

    def note_card(
        self, frozen: FrozenText, reviewer: Person, note: ReviewNote, buttons: Sequence[Button]
    ) -> Payload:
        """What the author is told when an approver has noted something."""
        ...

    def notes_card(self, shown: Sequence[ShownNote]) -> Payload:
        """The notes beside a draft, and at the next review."""
        ...

    def reminder_card(
        self, frozen: FrozenText, author: Person, step: ReminderStep, buttons: Sequence[Button]
    ) -> Payload: ...
    def reminded_card(
        self, frozen: FrozenText, names: Sequence[str], step: ReminderStep
    ) -> Payload:
        """What the author is told: who was reminded, or that the time has gone by."""
        ...

    def half_approved_card(self, frozen: FrozenText, approver: Person) -> Payload:
        """What the author is told when the first of two has agreed."""
        ...

    def completed_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        """What the first of two is told when the second has agreed."""
        ...

    def voided_card(self, frozen: FrozenText, approver: Person, reason: str) -> Payload:
        """What the first of two is told when somebody else has sent it back."""
        ...

    def emergency_card(self, frozen: FrozenText, person: Person) -> Payload:
        """What everybody in charge is told when somebody has released a template."""
        ...

    def receipts_card(
        self,
        frozen: FrozenText,
        late_by: timedelta,
        tally: Tally,
        lines: Sequence[ReceiptLine],
        buttons: Sequence[Button],
    ) -> Payload: ...
    def tampered_card(self, planned_at: datetime, tally: Tally) -> Payload: ...
    def expired_card(self, frozen: FrozenText, planned_at: datetime) -> Payload: ...
    def day_off_card(self, frozen: FrozenText, planned_at: datetime) -> Payload: ...
    def skipped_card(self, frozen: FrozenText, planned_at: datetime) -> Payload: ...
    def late_card(
        self, frozen: FrozenText, broadcast: Broadcast, buttons: Sequence[Button]
    ) -> Payload: ...
    def decided_card(self, frozen: FrozenText, person: Person, goes_out: bool) -> Payload:
        """What the other of author and approver is told."""
        ...

    def halted_card(self, frozen: FrozenText, person: Person, goes_on: bool) -> Payload:
        """What author and approver are told when somebody stops it, or lets it go on."""
        ...

    def withdrawn_card(
        self, text: FrozenText | None, person: Person, recalled: Recalled
    ) -> Payload:
        """How a withdrawal ended; without its words if they are no longer what was approved."""
        ...

    def changes_card(self, old: FrozenText, new: FrozenText) -> Payload:
        """What an approver sees of a correction: the passages that differ."""
        ...

    def poll_card(
        self, text: FrozenText, table: Published, ended: Ended, buttons: Sequence[Button]
    ) -> Payload:
        """What those who asked are told once a poll has ended everywhere."""
        ...

    def poll_result(
        self, text: FrozenText, table: Published, ended: Ended, language: str = ...
    ) -> str:
        """The same as plain words of a language, for the bulletin that publishes it."""
        ...

    def channel_card(self, title: str, button: Button) -> Payload:
        """A channel let the bot post: whoever may, is asked to which unit it belongs."""
        ...

    def chat_card(self, chat: Chat, news: ChatNews) -> Payload: ...
    def morning_card(self, morning: Morning, language: str) -> Payload:
        """What goes out today, as a card and in answer to whoever asks."""
        ...

    def nudge_card(self, unit: Unit, language: str) -> Payload:
        """To a communicator who has logged no session this month."""
        ...

    def commendation_card(
        self, given: Commendation, author: Person, unit: Unit, language: str
    ) -> Payload:
        """A good word to whoever it is for."""
        ...

    def case_card(self, opinion: Opinion, unit: Unit, reopened: bool) -> Payload: ...
    def unknown_letter_card(self, opinion: Opinion, buttons: Sequence[Button]) -> Payload: ...
    def undeliverable_card(self, opinion: Opinion) -> Payload: ...
    def unreached_card(self, person: Person, opinion: Opinion | None) -> Payload:
        """To others: somebody on the staff did not get what they must see, of a case or at all."""
        ...

    def invite_card(
        self, invite: Invite, roles: Sequence[Role], unit: Unit, buttons: Sequence[Button]
    ) -> Payload:
        """Who came in, and all that they will be."""
        ...

    def service_card(self, person: Person, act: ServiceAct, unit: Unit) -> Payload:
        """What somebody in the field is told when a supervisor has decided; at a move where to."""
        ...

    def conference_card(
        self,
        notice: Notice,
        conference: Conference,
        unit: Unit,
        buttons: Sequence[Button],
        language: str,
    ) -> Payload:
        """What somebody who is called is told, and why."""
        ...

    def material_card(
        self, conference: Conference, unit: Unit, text: str, language: str
    ) -> Payload: ...
    def roster_card(
        self, unit: Unit, month: date, counts: Mapping[Finding, int], buttons: Sequence[Button]
    ) -> Payload:
        """What a supervisor is told of a month's check."""
        ...

    def deputy_card(self, one: Deputy, unit: Unit, reader: Person, ends: bool) -> Payload:
        """What whoever stands in, and whom they stand in for, are told as it begins or ends."""
        ...

    def welcome_card(self, person: Person, role: Role, unit: Unit) -> Payload: ...
    def receipt_letter(self, opinion: Opinion, unit: Unit) -> Payload: ...
    def answer_letter(
        self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]
    ) -> Payload: ...
    def carried_answer(
        self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]
    ) -> Payload:
        """What whoever brought a question is to carry back to where it was asked."""
        ...

    def sessions_card(self, count: int, buttons: Sequence[Button]) -> Payload:
        """How many sessions wait for whoever decides on them."""
        ...

    def confirmed_sessions_card(
        self, count: int, by: Person, one: OutreachSession | None, /
    ) -> Payload:
        """How many of somebody's sessions were confirmed; which, if it was one alone."""
        ...

    def returned_session_card(
        self, session: OutreachSession, by: Person, buttons: Sequence[Button]
    ) -> Payload: ...
    def audience_left_card(self, draft: Draft) -> Payload:
        """To its author: groups left its audience with their unit, so it is approved anew."""
        ...

    def possible_repeat(self, payload: Payload) -> Payload:
        """The same card, marked as perhaps sent twice."""
        ...


class Steps(Protocol):
    """Numbered places in the sending path, where a test may end the process."""

    def reached(self, step: str) -> None: ...


class NoSteps:
    """What production uses: the places are passed without a thought."""

    def reached(self, step: str) -> None:
        """Go on."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How much one round of forgetting removed."""

    drafts: int = 0
    addresses: int = 0
    texts: int = 0
    orphans: int = 0
    buttons: int = 0
    media: int = 0
    updates: int = 0
    """Blank rows of the inbox, and what could not be handled."""
    marks: int = 0
    """That an update had its effect."""
    readings: int = 0
    """How many read on a day."""
