"""Groups: where a unit's bulletins go, and where its staff are told of new cases."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

GROUPS_NAMED = 40
"""Groups in a list that must fit in a message; how many more there are is said below it."""
REGROUPED_NAMED = 5
"""The same, of groups that came or went, beside all else that changed."""


class ChatPurpose(StrEnum):
    """What a group is for; only residents' groups receive bulletins."""

    RESIDENTS = "residents"
    STAFF = "staff"


class ChatState(StrEnum):
    """Whether the bot can still write there."""

    ACTIVE = "active"
    LOST = "lost"


class GroupKind(StrEnum):
    """Whose group it is, as everybody there would say (loại nhóm); never what its people think."""

    HAMLET = "dan_cu"
    WOMEN = "phu_nu"
    YOUTH = "thanh_nien"
    FARMERS = "nong_dan"
    VETERANS = "cuu_chien_binh"
    ELDERLY = "nguoi_cao_tuoi"
    SCHOOL = "truong_hoc"
    TRADERS = "tieu_thuong"
    CHANNEL = "kenh"
    OTHER = "khac"


class Standing(StrEnum):
    """What the bot is in a group (vị thế), as far as it matters to us."""

    OUT = "out"
    SILENT = "silent"
    """A member that may not write."""
    MEMBER = "member"
    ADMIN = "admin"


class ChatNews(StrEnum):
    """What those who bind groups are told of one."""

    LOST = "lost"
    TOPIC_LOST = "topic_lost"
    SILENCED = "silenced"
    BACK = "back"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a channel delivers: the only thing a gateway needs to know of a destination."""

    channel: str
    bot_id: int
    chat: str
    thread: str = ""
    is_group: bool = False
    """Whether many read it: a channel is one of them."""
    is_channel: bool = False
    """Whether nobody but the office writes there (kênh); what is said below it is not ours."""


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
    kind: GroupKind = GroupKind.HAMLET
    tags: tuple[str, ...] = ()
    """Free words of its supervisors, by which some groups can be meant (nhãn), in their order."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A residents' group as its unit's supervisors see it, lost ones included."""

    chat: Chat
    silenced: bool
    """Lost only for as long as the bot may not write there."""
    last_sent_at: datetime | None
    """When a message last arrived there."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The groups that came and went from one revision to another (nhóm thêm, nhóm bớt)."""

    came: tuple[str, ...]
    """The titles of the first of them."""
    count_came: int
    went: tuple[str, ...]
    count_went: int
