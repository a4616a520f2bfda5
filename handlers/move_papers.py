"""Cards and letters about the moves of a case, without what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.case_news import CaseNews
from domain.model.case_note import CaseNote
from domain.model.data_request import must_be_taken_within
from domain.model.delivery import CASE_SHOWN, POINT_SHOWN, VOICE_SHOWN, ButtonFace, Payload
from domain.model.office_word import WaitingLetter
from domain.model.opinion import Addition, Answer, LetterKind, Opinion, OpinionState
from domain.model.text import masked
from domain.model.unit import Unit
from handlers.case_papers import CasePapers, said_to_all
from handlers.faces import one_a_row
from handlers.matter_papers import MatterPapers
from handlers.periods import until_said

MOST_NAMED = 20
"""Cases whose numbers stand in one message."""


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class MovePapers(CasePapers, MatterPapers):
    """The part of the letterhead that is about who has a case (chuyển giao ý kiến)."""

    def news_card(self, news: CaseNews, opinion: Opinion, unit: Unit, by: str = "") -> Payload:
        card = self.words.html(
            f"case_news.{news}",
            code=opinion.number,
            unit=unit.name,
            due=self.words.date(opinion.due_at),
            by=by,
            about=self._as_said(opinion),
            days=must_be_taken_within(opinion.kind, self.times.forward_days),
        )
        return Payload(card, self._way_to(opinion))

    def joined_view(self, opinion: Opinion, others: Sequence[Opinion]) -> Payload:
        is_joined = opinion.state is OpinionState.DUPLICATE_OF
        key = "duplicates.view_joined" if is_joined else "duplicates.view_master"
        numbers = Markup(", ").join(
            Markup("<code>{}</code>").format(one.number) for one in others[:MOST_NAMED]
        )
        left = len(others) - MOST_NAMED
        more = self.words.html("duplicates.and_more", count=left) if left > 0 else ""
        return Payload(self.words.html(key, code=opinion.number, others=numbers, more=more))

    def forwarded_letter(self, opinion: Opinion, unit: Unit) -> Payload:
        language = opinion.language
        letter = self.words.html(
            "moves.forwarded_letter",
            language,
            code=opinion.code,
            body=unit.issuing_body,
            due=self.words.date(opinion.due_at, language),
        )
        return Payload(letter)

    def word_to_resident(
        self, opinion: Opinion, word: Answer, buttons: Sequence[Button]
    ) -> Payload:
        is_question, times = word.kind is LetterKind.QUESTION, self.times
        days = times.more_info_days if is_question else times.reopen_days
        letter = self.words.html(
            f"case_letter.{word.kind}",
            opinion.language,
            body=word.signed_as,
            code=opinion.code,
            text=said_to_all(self.words, word, opinion.language),
            until=until_said(self.words, opinion, opinion.language, days),
        )
        return Payload(letter, one_a_row(self.words, buttons, opinion.language))

    def waiting_view(
        self,
        opinion: Opinion,
        waiting: WaitingLetter,
        letter: Payload,
        names: tuple[str, str],
        buttons: Sequence[Button],
    ) -> Payload:
        author, by = names
        shown = self.words.html(
            "letter.waits" if waiting.waits else "letter.returned_by",
            code=opinion.number,
            name=author,
            by=by,
            reason=waiting.reason,
            letter=Markup(letter.markup),  # noqa: S704 - rendered and escaped here
        )
        return Payload(shown, one_a_row(self.words, buttons))

    def notes_view(self, opinion: Opinion, notes: Sequence[tuple[str, CaseNote]]) -> Payload:
        lines = Markup("").join(
            self.words.html(
                "case_note.line", name=name, when=self.words.moment(one.noted_at), text=one.text
            )
            for name, one in notes
        )
        return Payload(self.words.html("case_note.view", code=opinion.number, lines=lines))

    def pictures_view(self, opinion: Opinion) -> Payload:
        words = self.words.html("triage.pictures_view", code=opinion.number)
        return Payload(words, shows=f"{CASE_SHOWN}{opinion.id}")

    def point_view(self, opinion: Opinion) -> Payload:
        """A place has no words beside it: the button below says which case it came with."""
        words = self.words.text("triage.point_view", code=opinion.number)
        link = self.deep_link(f"case_{opinion.id}")
        rows = ((ButtonFace(words, url=link),),)
        return Payload(words, rows, shows=f"{POINT_SHOWN}{opinion.id}")

    def voice_view(self, opinion: Opinion) -> Payload:
        words = self.words.html("triage.voice_view", code=opinion.number)
        return Payload(words, shows=f"{VOICE_SHOWN}{opinion.id}")

    def voice_alone(self, seconds: int, language: str) -> str:
        return self.words.text("voice.alone", language, seconds=seconds)

    def no_reply_letter(self, opinion: Opinion) -> Payload:
        words = self.words.html("moves.no_reply_letter", opinion.language, code=opinion.code)
        return Payload(words)

    def reply_receipt(self, opinion: Opinion) -> Payload:
        return Payload(self.words.html("reply.receipt", opinion.language, code=opinion.code))

    def addition_view(self, opinion: Opinion, addition: Addition, numbers_shown: bool) -> Payload:
        text = addition.text if numbers_shown else masked(addition.text)
        when = self.words.moment(addition.added_at)
        return Payload(self.words.html("moves.addition", code=opinion.number, when=when, text=text))
