"""Words on paper: how everything that is owed to somebody looks, in the catalogue's words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markupsafe import Markup

from content.catalog import LANGUAGES, Words
from domain.model.access import Invite, Person, Role
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Revision
from domain.model.button import Button
from domain.model.chat import Chat, ChatNews
from domain.model.delivery import ButtonFace, Payload, ReceiptLine, Tally
from domain.model.frozen import FrozenText
from domain.model.opinion import Answer, Opinion
from domain.model.text import masked
from domain.model.unit import Unit
from handlers.faces import face, one_a_row, shortened
from handlers.retractions import RetractionCards
from handlers.rosters import LONGEST_TITLE, groups_named, receipts
from handlers.schedules import conditions, span, when

EXCERPT = 120
EARLIER_ANSWER = 400
"""UTF-16 units shown of an answer below the words of a case."""


@dataclass(frozen=True, slots=True)
class CatalogLetterhead(RetractionCards):
    """The office's letterhead; staff are written to in Vietnamese, residents in their language."""

    words: Words
    deep_link: Callable[[str], str]

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def bulletin(self, revision: Revision, language: str) -> str:
        """The bulletin as the group gets it: who issues it, the words, the source, who sent it."""
        page = self.words.html(
            "bulletin.page",
            language,
            body=revision.issuing_body,
            text=revision.text,
            source=revision.source,
            link=self.deep_link("gopy"),
        )
        return self.correction_head(revision, language) + page

    def review_card(
        self,
        frozen: FrozenText,
        author: Person,
        chats: Sequence[Chat],
        fires: Sequence[datetime],
        buttons: Sequence[Button],
    ) -> tuple[Payload, ...]:
        """The page alone, exactly as the groups will see it; then who asks, and the buttons."""
        total = frozen.audience.count
        frame = self.words.html(
            "review.card",
            author=author.name,
            excerpt=self._excerpt(frozen),
            field=self.words.text(f"field.{frozen.revision.field}"),
            bulletin_class=self.words.text(f"class.{frozen.revision.bulletin_class}"),
            conditions=conditions(self.words, frozen.revision, fires),
            count=total,
            chats=groups_named(self.words, [chat.title for chat in chats], total),
        )
        row = tuple(face(self.words, button) for button in buttons)
        return Payload(frozen.in_language("vi")), Payload(frame, (row,))

    def returned_card(
        self, frozen: FrozenText, approver: Person, reason: str, buttons: Sequence[Button]
    ) -> Payload:
        excerpt = self._excerpt(frozen)
        card = self.words.html(
            "review.returned", name=approver.name, reason=reason, excerpt=excerpt
        )
        return Payload(card, one_a_row(self.words, buttons))

    def approved_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        if planned_at is None:
            return self._card(
                "emergency.approved", name=approver.name, excerpt=self._excerpt(frozen)
            )
        return self._card(
            "review.approved",
            name=approver.name,
            when=self._first_time(frozen, planned_at),
            count=frozen.audience.count,
            excerpt=self._excerpt(frozen),
        )

    def receipts_card(
        self,
        frozen: FrozenText,
        late_by: timedelta,
        tally: Tally,
        lines: Sequence[ReceiptLine],
        buttons: Sequence[Button],
    ) -> Payload:
        shown = {line.entry_id: line.chat_title for line in lines}
        kept = [button for button in buttons if button.subject in shown]
        card = self.words.html(
            "release.receipts",
            excerpt=self._excerpt(frozen),
            sent=tally.sent,
            total=tally.total,
            lines=receipts(self.words, lines, tally.total),
            late=self._late(late_by),
            note=self.words.html("release.uncertain_note") if tally.uncertain else "",
        )
        return Payload(card.rstrip(), tuple((self._named(b, shown[b.subject]),) for b in kept))

    def tampered_card(self, planned_at: datetime, tally: Tally) -> Payload:
        """Without the words: what is stored of them cannot be trusted any more."""
        when = self.words.moment(planned_at)
        return self._card("release.tampered", when=when, sent=tally.sent)

    def expired_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        """Of what recurs, only this one time is over."""
        once = frozen.revision.recurrence is None
        key = "release.expired" if once else "release.expired_this_time"
        when = self.words.moment(planned_at)
        return self._card(key, when=when, excerpt=self._excerpt(frozen))

    def emergency_card(self, frozen: FrozenText, person: Person) -> Payload:
        excerpt, count = self._excerpt(frozen), frozen.audience.count
        return self._card("emergency.released", name=person.name, excerpt=excerpt, count=count)

    def day_off_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        when = self.words.moment(planned_at)
        return self._card("lateness.day_off", when=when, excerpt=self._excerpt(frozen))

    def skipped_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        when = self.words.moment(planned_at)
        return self._card("lateness.skipped", when=when, excerpt=self._excerpt(frozen))

    def late_card(
        self, frozen: FrozenText, broadcast: Broadcast, buttons: Sequence[Button]
    ) -> Payload:
        card = self.words.html(
            "lateness.ask",
            when=self.words.moment(broadcast.planned_at),
            until=self.words.moment(broadcast.not_after),
            excerpt=self._excerpt(frozen),
        )
        return Payload(card, one_a_row(self.words, buttons))

    def decided_card(self, frozen: FrozenText, person: Person, goes_out: bool) -> Payload:
        key = "lateness.other_sent" if goes_out else "lateness.other_skipped"
        return self._card(key, name=person.name, excerpt=self._excerpt(frozen))

    def chat_card(self, chat: Chat, news: ChatNews) -> Payload:
        return self._card(f"chat_news.{news}", title=chat.title)

    def case_card(self, opinion: Opinion, unit: Unit, reopened: bool) -> Payload:
        """What the staff group sees: code, unit and due date; never the text."""
        key = "triage.card_reopened" if reopened else "triage.card"
        card = self.words.html(
            key, code=opinion.number, unit=unit.name, due=self.words.date(opinion.due_at)
        )
        link = self.deep_link(f"case_{opinion.id}")
        return Payload(card, ((ButtonFace(self.words.text("button.opinion_open"), url=link),),))

    def case_view(
        self,
        opinion: Opinion,
        unit: Unit,
        answers: Sequence[Answer],
        buttons: Sequence[Button],
        numbers_shown: bool,
    ) -> Payload:
        """The case as a staffer reads it in private: the words, masked unless asked for."""
        text = opinion.text if numbers_shown else masked(opinion.text)
        view = self.words.html(
            "triage.view",
            code=opinion.number,
            unit=unit.name,
            filed=self.words.date(opinion.filed_at),
            due=self.words.date(opinion.due_at),
            state=self.words.text(f"opinion_state.{opinion.state}"),
            tongue=self.words.text(f"language.{opinion.language}"),
            text=text,
            answers=self._earlier_answer(answers[-1]) if answers else "",
        )
        hidden = text != opinion.text
        shown = [b for b in buttons if hidden or b.action != "opinion:numbers"]
        return Payload(view, one_a_row(self.words, shown))

    def undeliverable_card(self, opinion: Opinion) -> Payload:
        return self._card("triage.undeliverable", code=opinion.number)

    def unknown_letter_card(self, opinion: Opinion, buttons: Sequence[Button]) -> Payload:
        card = self.words.html("triage.unknown_letter", code=opinion.number)
        return Payload(card, one_a_row(self.words, buttons))

    def invite_card(self, invite: Invite, unit: Unit, buttons: Sequence[Button]) -> Payload:
        card = self.words.html(
            "access.invite_used",
            name=invite.name,
            role=self.words.text(f"role.{invite.role}"),
            unit=unit.name,
        )
        return Payload(card, (tuple(face(self.words, button) for button in buttons),))

    def welcome_card(self, person: Person, role: Role, unit: Unit) -> Payload:
        role_name = self.words.text(f"role.{role}")
        return self._card("access.welcome", name=person.name, role=role_name, unit=unit.name)

    def receipt_letter(self, opinion: Opinion, unit: Unit) -> Payload:
        language = opinion.language
        letter = self.words.html(
            "intake.receipt",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            due=self.words.date(opinion.due_at, language),
        )
        return Payload(letter)

    def answer_letter(self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]) -> Payload:
        letter = self.words.html(
            "answer.letter",
            opinion.language,
            body=answer.signed_as,
            code=opinion.code,
            text=answer.text,
        )
        return Payload(letter, one_a_row(self.words, buttons, opinion.language))

    def case_status(
        self, opinion: Opinion, unit: Unit, answers: Sequence[Answer], language: str
    ) -> Payload:
        """What the code opens: the newest answer whole, and how many there were before it."""
        status = self.words.html(
            "follow.status",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            filed=self.words.date(opinion.filed_at, language),
            due=self.words.date(opinion.due_at, language),
            state=self.words.text(f"case_state.{opinion.state}", language),
            answers=self._newest_answer(answers, language) if answers else "",
        )
        return Payload(status)

    def closed_letter(self, opinion: Opinion) -> Payload:
        return Payload(self.words.html("follow.closed", opinion.language, code=opinion.code))

    def possible_repeat(self, payload: Payload) -> Payload:
        warning = self.words.html("release.possible_repeat")
        return replace(payload, markup=f"{warning}\n\n{payload.markup}")

    def _card(self, key: str, **values: object) -> Payload:
        return Payload(self.words.html(key, "vi", **values))

    def _named(self, button: Button, title: str) -> ButtonFace:
        shown = face(self.words, button)
        return replace(shown, label=f"{shown.label}: {shortened(title, LONGEST_TITLE)}")

    def _earlier_answer(self, answer: Answer) -> Markup:
        return self.words.html(
            "triage.earlier_answer",
            when=self.words.moment(answer.answered_at),
            text=shortened(answer.text, EARLIER_ANSWER),
        )

    def _newest_answer(self, answers: Sequence[Answer], language: str) -> Markup:
        newest = self.words.html(
            "follow.answer",
            language,
            body=answers[-1].signed_as,
            when=self.words.date(answers[-1].answered_at, language),
            text=answers[-1].text,
        )
        before = len(answers) - 1
        if not before:
            return newest
        return newest + self.words.html("follow.earlier_answers", language, count=before)

    def _first_time(self, frozen: FrozenText, planned_at: datetime) -> str:
        first = self.words.moment(planned_at)
        if frozen.revision.recurrence is None:
            return first
        rule = when(self.words, frozen.revision)
        return self.words.text("schedule.rule_and_first", rule=rule, first=first)

    def _late(self, late_by: timedelta) -> Markup:
        if not late_by:
            return Markup("")
        return "\n" + self.words.html("lateness.note", span=span(self.words, late_by))

    def _excerpt(self, frozen: FrozenText) -> str:
        return shortened(frozen.revision.text, EXCERPT)
