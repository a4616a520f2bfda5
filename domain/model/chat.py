"""Groups: where a unit's bulletins go, and where its staff are told of new cases."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChatPurpose(StrEnum):
    """What a group is for; only residents' groups receive bulletins."""

    RESIDENTS = "residents"
    STAFF = "staff"


class ChatState(StrEnum):
    """Whether the bot can still write there."""

    ACTIVE = "active"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a channel delivers: the only thing a gateway needs to know of a destination."""

    channel: str
    bot_id: int
    chat: str
    thread: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """A group bound to a unit, with the community's decision to have it (nhóm)."""

    id: str
    unit_id: str
    purpose: ChatPurpose
    title: str
    address: Address
    language: str
    state: ChatState
    decision: str
    """The community's decision in the words of whoever bound the group (Law 10/2022, art. 13)."""
    bound_by: str
    bound_at: datetime
