"""The way to a case from any message that names it: whoever follows it has read it, on record."""

from domain.model.delivery import ButtonFace
from handlers.telegram.rooms import Rooms


def case_link(rooms: Rooms, opinion_id: str, number: str, language: str = "vi") -> ButtonFace:
    """A link that opens the case in private, for whoever may read it."""
    link = rooms.gateway.deep_link(f"case_{opinion_id}")
    return ButtonFace(rooms.words.text("triage.read", language, code=number), url=link)
