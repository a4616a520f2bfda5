"""Words on paper about the moves of a case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.button import Button
from domain.model.case_news import CaseNews
from domain.model.case_note import CaseNote
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from domain.model.matter import Matter, MatterNews
from domain.model.office_word import WaitingLetter
from domain.model.opinion import Addition, Answer, Opinion
from domain.model.unit import Unit


class MatterCards(Protocol):
    """Cards about what several cases have in common, and the answer that goes to all of them."""

    def matter_heading(self, matter: Matter) -> str:
        """The title of the bulletin that answers it, before its author writes another."""
        ...

    def matter_card(self, news: MatterNews, matter: Matter, count: int) -> Payload:
        """What became of its bulletin; neither number nor code of a case, only how many."""
        ...

    def matter_view(self, opinion: Opinion, matter: Matter) -> Payload:
        """Under which matter the case that is being read is gathered."""
        ...

    def public_answer(self, text: FrozenText, said_at: datetime, language: str) -> str:
        """The bulletin as the plain words of a letter: who said it when, and all that it said."""
        ...


class MoveCards(MatterCards, Protocol):
    """Cards to staff and letters to residents when a case changes hands."""

    def news_card(self, news: CaseNews, opinion: Opinion, unit: Unit, by: str = "") -> Payload:
        """Number, unit and due date; never the words. `by` is the colleague who did it."""
        ...

    def joined_view(self, opinion: Opinion, others: Sequence[Opinion]) -> Payload:
        """Which cases are about the same as this one: the one it was joined to, or those joined."""
        ...

    def forwarded_letter(self, opinion: Opinion, unit: Unit) -> Payload:
        """Who answers now, and until when."""
        ...

    def word_to_resident(
        self, opinion: Opinion, word: Answer, buttons: Sequence[Button]
    ) -> Payload:
        """A question, a refusal or a referral, by its kind."""
        ...

    def waiting_view(
        self,
        opinion: Opinion,
        waiting: WaitingLetter,
        letter: Payload,
        names: tuple[str, str],
        buttons: Sequence[Button],
    ) -> Payload:
        """A letter that no resident has got yet: by whom it is, and who returned it and why."""
        ...

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
        """The words and all that belongs to them; `bearer` is the name of whoever brought it."""
        ...

    def case_status(
        self,
        opinion: Opinion,
        unit: Unit,
        answers: Sequence[Answer],
        language: str,
        formerly: Unit | None = None,
    ) -> Payload:
        """What the code opens; `formerly` is the unit in whose place this one is."""
        ...

    def notes_view(self, opinion: Opinion, notes: Sequence[tuple[str, CaseNote]]) -> Payload:
        """What staff noted, each with who did."""
        ...

    def pictures_view(self, opinion: Opinion) -> Payload:
        """The pictures of a case, as a staffer sees them in private."""
        ...

    def point_view(self, opinion: Opinion) -> Payload:
        """The place that came with a case, as a staffer sees it in private."""
        ...

    def voice_view(self, opinion: Opinion) -> Payload:
        """The recording of a case, as a staffer hears it in private."""
        ...

    def voice_alone(self, seconds: int, language: str) -> str:
        """What stands where the words would, of an opinion that is a recording alone."""
        ...

    def closed_letter(self, opinion: Opinion) -> Payload: ...
    def no_reply_letter(self, opinion: Opinion) -> Payload: ...
    def reply_receipt(self, opinion: Opinion) -> Payload:
        """To the resident: what they added is with the case."""
        ...

    def addition_view(self, opinion: Opinion, addition: Addition, numbers_shown: bool) -> Payload:
        """What was added, as a staffer reads it in private: masked unless asked for."""
        ...

    def walk_in_slip(self, opinion: Opinion, unit: Unit) -> Payload:
        """The code of whoever came to the office, for the staffer who copies it on paper."""
        ...
