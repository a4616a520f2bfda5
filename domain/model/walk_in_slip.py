"""The code of what was typed in at the office: nobody can look it up again, so it must arrive."""

from dataclasses import replace
from datetime import timedelta

from domain.model.delivery import OutboxEntry, Payload, card, to_person

CODE_STAYS = timedelta(hours=1)
"""How long the code stays in the staffer's private chat: to be copied, and not to be kept."""


def slip_about(opinion_id: str) -> str:
    """What a case's slip is owed to."""
    return f"walk_in_slip:{opinion_id}"


def slip(entry_id: str, opinion_id: str, person_id: str, payload: Payload) -> OutboxEntry:
    """A card, so that it is repeated when in doubt, and stays where the case is handed on."""
    owed = card(entry_id, slip_about(opinion_id), to_person(person_id), payload)
    return replace(owed, delete_after=CODE_STAYS)
