"""Cards about sessions: how many wait, and one that came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.catalog import Words
from domain.model.access import Person
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.session import OutreachSession
from handlers.faces import one_a_row
from handlers.session_pages import draft_name


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class SessionPapers:
    """The part of the letterhead that is about sessions (buổi tuyên truyền)."""

    words: Words

    def sessions_card(self, count: int, buttons: Sequence[Button]) -> Payload:
        card = self.words.html("confirm.digest", count=count)
        return Payload(card, one_a_row(self.words, buttons))

    def confirmed_sessions_card(
        self, count: int, by: Person, one: OutreachSession | None
    ) -> Payload:
        if one is None:
            return Payload(self.words.html("confirm.confirmed_card", count=count, name=by.name))
        session = draft_name(self.words, one, "vi")
        return Payload(self.words.html("confirm.confirmed_one", session=session, name=by.name))

    def returned_session_card(
        self, session: OutreachSession, by: Person, buttons: Sequence[Button]
    ) -> Payload:
        card = self.words.html(
            "confirm.returned_card",
            name=by.name,
            session=draft_name(self.words, session, "vi"),
            note=session.note,
        )
        return Payload(card, one_a_row(self.words, buttons))
