"""Cards and letters about a case: what staff see of it, and what its resident gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from content.catalog import Words
from domain.model.access import Person
from domain.model.button import Button
from domain.model.case_times import CaseTimes
from domain.model.data_request import ANSWERED_WITHIN, DONE_WITHIN
from domain.model.delivery import ButtonFace, ButtonRows, Payload
from domain.model.opinion import WAITING, Answer, Opinion, OpinionSource, OpinionState
from domain.model.opinion_kind import DATA_REQUESTS
from domain.model.text import masked
from domain.model.unit import Unit
from handlers.faces import face, one_a_row, paired, shortened
from handlers.periods import periods, until_said

EARLIER_ANSWER = 300
"""UTF-16 units shown of an answer below the words of a case."""


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class CasePapers:
    """The part of the letterhead that is about cases (ý kiến và phản hồi)."""

    words: Words
    deep_link: Callable[[str], str]
    times: CaseTimes = field(default_factory=CaseTimes)

    def case_card(self, opinion: Opinion, unit: Unit, reopened: bool) -> Payload:
        """What the staff group sees: code, unit, field, urgency, due date; never the text."""
        key = "triage.card_reopened" if reopened else "triage.card"
        card = self.words.html(
            key,
            code=opinion.number,
            unit=unit.name,
            due=self.words.date(opinion.due_at),
            about=self._as_said(opinion),
        )
        if opinion.has_point:
            card += self.words.html("triage.card_point")
        if opinion.voice:
            card += self.words.html("triage.card_voice")
        if opinion.is_public:
            card += self.words.html("triage.card_public")
        if opinion.is_by_code:
            card += self.words.html("triage.card_walk_in")
        return Payload(card, self._way_to(opinion))

    def case_view(
        self,
        opinion: Opinion,
        unit: Unit,
        answers: Sequence[Answer],
        buttons: Sequence[Button],
        numbers_shown: bool,
        bearer: str,
        labels: Sequence[str] = (),
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
            about=self._as_said(opinion) + self._labels(labels),
            source=self._source(opinion, bearer),
            pictures=self._along(opinion),
            answers=self._since(opinion, answers),
        )
        hidden = text != opinion.text
        shown = [b for b in buttons if hidden or b.action != "opinion:numbers"]
        return Payload(view, paired(face(self.words, button) for button in shown))

    def undeliverable_card(self, opinion: Opinion) -> Payload:
        return Payload(self.words.html("triage.undeliverable", code=opinion.number))

    def unreached_card(self, person: Person, opinion: Opinion | None) -> Payload:
        if opinion is None:
            return Payload(self.words.html("triage.person_unreached", name=person.name))
        told = self.words.html("triage.unreached", name=person.name, code=opinion.number)
        return Payload(told, self._way_to(opinion))

    def unknown_letter_card(self, opinion: Opinion, buttons: Sequence[Button]) -> Payload:
        card = self.words.html("triage.unknown_letter", code=opinion.number)
        return Payload(card, one_a_row(self.words, buttons))

    def receipt_letter(self, opinion: Opinion, unit: Unit) -> Payload:
        language, kind = opinion.language, opinion.kind
        about = {
            "code": opinion.code,
            "body": unit.issuing_body,
            "due": self.words.moment(opinion.due_at, language),
            **periods(self.times),
        }
        if kind not in DATA_REQUESTS:
            return Payload(self.words.html("intake.receipt", language, **about))
        letter = self.words.html(
            "rights.receipt",
            language,
            kind=self.words.text(f"kind.{kind}", language),
            taken_days=ANSWERED_WITHIN,
            done_days=DONE_WITHIN[kind],
            **about,
        )
        return Payload(letter)

    def walk_in_slip(self, opinion: Opinion, unit: Unit) -> Payload:
        """The code for whoever came to the office; the staffer who types copies it on paper."""
        language = opinion.language
        slip = self.words.html(
            "walk_in.slip",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            due=self.words.moment(opinion.due_at, language),
            **periods(self.times),
        )
        return Payload(slip)

    def answer_letter(self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]) -> Payload:
        letter = self.words.html(
            "answer.letter",
            opinion.language,
            body=answer.signed_as,
            code=opinion.code,
            text=said_to_all(self.words, answer, opinion.language),
            until=until_said(self.words, opinion, opinion.language, self.times.reopen_days),
        )
        return Payload(letter, one_a_row(self.words, buttons, opinion.language))

    def carried_answer(
        self, opinion: Opinion, answer: Answer, buttons: Sequence[Button]
    ) -> Payload:
        """To a communicator, so in Vietnamese and with the number; the code is nobody's."""
        card = self.words.html(
            "answer.carried",
            code=opinion.number,
            filed=self.words.date(opinion.filed_at),
            body=answer.signed_as,
            text=answer.text,
        )
        return Payload(card, one_a_row(self.words, buttons))

    def case_status(
        self,
        opinion: Opinion,
        unit: Unit,
        answers: Sequence[Answer],
        language: str,
        formerly: Unit | None = None,
    ) -> Payload:
        """What the code opens: the newest answer whole, and how many there were before it."""
        status = self.words.html(
            "follow.status",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            formerly=self._formerly(formerly, language) if formerly else "",
            filed=self.words.date(opinion.filed_at, language),
            due=self.words.date(opinion.due_at, language),
            state=self.words.text(f"case_state.{opinion.state}", language),
            waits=self._waits(opinion, language),
            answers=self._newest_answer(answers, language) if answers else "",
        )
        return Payload(status)

    def _waits(self, opinion: Opinion, language: str) -> Markup | str:
        """What its resident can still do, and until when."""
        if opinion.state not in WAITING or opinion.waits_until is None:
            return ""
        asked = opinion.state is OpinionState.MORE_INFO_ASKED
        key = "follow.waits_for_more" if asked else "follow.waits_for_word"
        return self.words.html(key, language, date=self.words.date(opinion.waits_until, language))

    def _formerly(self, before: Unit, language: str) -> Markup:
        return self.words.html("follow.formerly", language, body=before.issuing_body)

    def closed_letter(self, opinion: Opinion) -> Payload:
        """What is closed for want of a word can be opened again by a new opinion only."""
        language, closed, until = opinion.language, opinion.closed_at, opinion.waits_until
        over = until is None or (closed is not None and closed > until)
        days = self.times.reopen_days
        letter = self.words.html(
            "follow.closed_in_time" if over else "follow.closed",
            language,
            code=opinion.code,
            until=until_said(self.words, opinion, language, days),
        )
        return Payload(letter)

    def _way_to(self, opinion: Opinion) -> ButtonRows:
        """A link that opens the case in private, for whoever may read it."""
        link = self.deep_link(f"case_{opinion.id}")
        return ((ButtonFace(self.words.text("button.opinion_open"), url=link),),)

    def _as_said(self, opinion: Opinion) -> Markup:
        """What its writer said of it: that it is urgent, what it is, what about."""
        said = [
            self.words.text(f"{name}.{value}")
            for name, value in (("kind", opinion.kind), ("field", opinion.field))
            if value
        ]
        lines = [self.words.html("triage.urgent")] if opinion.urgent else []
        if said:
            lines.append(self.words.html("triage.about", said=" · ".join(said)))
        return Markup("").join(lines)

    def _labels(self, labels: Sequence[str]) -> Markup:
        """What staff sort it under; in no card, which a whole group reads."""
        return self.words.html("label.on_case", labels=", ".join(labels)) if labels else Markup("")

    def _source(self, opinion: Opinion, bearer: str) -> Markup | str:
        """How it came in, if it is not the writer's own; by whom only if they said so."""
        if opinion.is_public:
            return self.words.html("triage.public", about=opinion.replied_to)
        if opinion.source is OpinionSource.SESSION:
            return self.words.html("triage.from_session")
        if opinion.is_by_code:
            return self.words.html("triage.walk_in")
        if opinion.source is OpinionSource.POLL_COMMENT:
            return self.words.html("poll.comment")
        if not (opinion.spread and opinion.interest):
            return ""
        return self.words.html(
            "triage.heard",
            bearer=bearer or self.words.text("triage.bearer_unnamed"),
            spread=self.words.text(f"spread.{opinion.spread}"),
            interest=self.words.text(f"interest.{opinion.interest}"),
        )

    def _since(self, opinion: Opinion, answers: Sequence[Answer]) -> Markup:
        """What the office said last, and what the resident said to that."""
        said = self._earlier_answer(answers[-1]) if answers else Markup("")
        if opinion.objection is None:
            return said
        reason = self.words.text(f"objection.{opinion.objection}")
        return said + self.words.html("triage.objection", reason=reason)

    def _along(self, opinion: Opinion) -> Markup:
        """How many pictures came with it, that a place or a recording did; buttons bring them."""
        along = Markup("")
        if opinion.pictures:
            along += self.words.html("triage.with_pictures", count=opinion.pictures)
        if opinion.has_point:
            along += self.words.html("triage.with_point")
        if opinion.voice:
            along += self.words.html("triage.with_voice", seconds=opinion.voice)
        return along

    def _earlier_answer(self, answer: Answer) -> Markup:
        return self.words.html(
            "triage.earlier_answer",
            said=self.words.text(f"letter_said.{answer.kind}"),
            when=self.words.moment(answer.answered_at),
            text=shortened(answer.text, EARLIER_ANSWER),
        )

    def _newest_answer(self, answers: Sequence[Answer], language: str) -> Markup:
        newest = self.words.html(
            "follow.answer",
            language,
            body=answers[-1].signed_as,
            said=self.words.text(f"letter_said.{answers[-1].kind}", language),
            when=self.words.date(answers[-1].answered_at, language),
            text=answers[-1].text,
        )
        before = len(answers) - 1
        if not before:
            return newest
        return newest + self.words.html("follow.earlier_answers", language, count=before)


def said_to_all(words: Words, answer: Answer, language: str) -> Markup:
    """The words of a letter; of one that goes to several that it does, but not to how many."""
    text = escape(answer.text)
    return text + words.html("answer.shared", language) if answer.shared else text
