"""Those who are called to a conference, what they answer, and whether they come."""

from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """What somebody has answered to the invitation."""

    NONE = ""
    YES = "yes"
    NO = "no"


class Came(StrEnum):
    """How it is known that somebody was there."""

    NOT = ""
    CODE = "code"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is called to one, or has come to it uncalled (người dự)."""

    person_id: str
    unit_id: str
    """Where they are what they were called as."""
    invited: bool
    reply: Reply = Reply.NONE
    came: Came = Came.NOT


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to be written to (người được mời)."""

    person_id: str
    languages: tuple[str, ...]
    """The one they chose first, then what they speak with people."""
    unit_id: str


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody of the unit, as a supervisor looks for them by name."""

    person_id: str
    name: str
    unit_id: str
    unit_name: str
    came: Came


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were called, said yes or no, and came (số người dự)."""

    invited: int = 0
    yes: int = 0
    no: int = 0
    came: int = 0
    """Those who came uncalled included."""

    @property
    def silent(self) -> int:
        return self.invited - self.yes - self.no
