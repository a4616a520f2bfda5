"""Everything the Telegram doors open onto, wired once in `bot.py`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from telegram import Bot

from content.catalog import Words
from domain.model.duty import OFFICE, of_bot
from domain.model.sending import IN_FLIGHT, Sender
from domain.ports import (
    Gateway,
    Inbox,
    NoSteps,
    Received,
    Steps,
    Vault,
)
from domain.usecases.answer import AnswerCase
from domain.usecases.bind_group import BindGroup
from domain.usecases.claim_replies import ClaimReplies
from domain.usecases.close_polls import ClosePolls
from domain.usecases.deliver import Deliver
from domain.usecases.describe_opinion import DescribeOpinion
from domain.usecases.follow import Follow
from domain.usecases.hear import Hear
from domain.usecases.keep_within import KeepWithin
from domain.usecases.manage_access import ManageAccess
from domain.usecases.meet_channel import MeetChannel
from domain.usecases.mute import Mute
from domain.usecases.open_by_code import OpenByCode
from domain.usecases.purge import Purge
from domain.usecases.receive import Receive
from domain.usecases.reply import Reply
from domain.usecases.reseal import Reseal
from domain.usecases.rights import Rights
from domain.usecases.share_poll import SharePoll
from domain.usecases.stand_in_front import StandInFront
from domain.usecases.stand_watch import StandWatch
from domain.usecases.standing import FollowStanding
from domain.usecases.take_back import TakeBack
from domain.usecases.take_reply import TakeReply
from domain.usecases.triage import Triage
from handlers.telegram.news_rooms import NewsRooms
from handlers.telegram.points import Points

Tally = Counter[str]


class Updates(Protocol):
    """How raw updates come from the channel."""

    async def poll(self, offset: int, seconds: int, /) -> list[Received]:
        """Ask for them from an offset on, waiting so long for the first."""
        ...

    def read(self, body: bytes, /) -> Received | None:
        """One that a webhook brought; None if it was not said to us, ValueError if it is none."""
        ...

    def original(self, update: Mapping[str, object], /) -> str:
        """What the message is called that this edits in a private chat; '' if it edits none."""
        ...

    async def set_webhook(self, url: str, secret: str, /) -> None: ...
    async def end_webhook(self) -> None: ...


@dataclass(frozen=True)
class Rooms(NewsRooms):
    """The rooms behind the doors, and the use cases built on them."""

    vault: Vault
    inbox: Inbox
    updates: Updates
    bot: Bot
    """Only for reading updates into the library's objects; nothing is sent through it."""
    words: Words
    steps: Steps = field(default_factory=NoSteps)
    is_front: bool = True
    """Whether this is the bot that people talk to; the others only carry bulletins."""
    first: "Rooms | None" = None
    """The rooms of the bot that people talk to, if this one is beside it."""
    alone: bool = True
    """Whether no other process can be at work on the same databases."""
    in_flight: int = IN_FLIGHT
    """How many sends of this bot may be under way at once."""

    points: Points = field(default_factory=Points)
    tally: Tally = field(default_factory=Counter)
    """Updates that never came to the inbox, by what became of them; since the process started."""

    def beside(self, gateway: Gateway, bot: Bot, updates: Updates) -> "Rooms":
        """The same rooms, for a further bot."""
        return replace(self, gateway=gateway, bot=bot, updates=updates, is_front=False, first=self)

    @property
    def sender(self) -> Sender:
        return Sender(self.bot.id, self.is_front)

    @cached_property
    def me(self) -> str:
        """This process, as other processes know it."""
        return self.first.me if self.first else self.ids.new()

    @cached_property
    def watch(self) -> StandWatch:
        """Of whoever receives and sends for this bot."""
        return StandWatch(self.memory, self.clock, of_bot(self.bot.id), self.me, self.alone)

    @cached_property
    def front(self) -> StandInFront:
        """Of whichever bot people talk to."""
        return StandInFront(self.memory, self.clock, self.bot.id, self.me, self.alone)

    @cached_property
    def office_watch(self) -> StandWatch:
        """Of whoever runs the ticks that are not one bot's."""
        return StandWatch(self.memory, self.clock, OFFICE, self.me, self.alone)

    @cached_property
    def deliver(self) -> Deliver:
        return Deliver(
            self.memory,
            self.vault,
            self.gateway,
            self.clock,
            self.ids,
            self.letterhead,
            self.sender,
            self.steps,
            watch=self.watch,
        )

    @cached_property
    def close_polls(self) -> ClosePolls:
        return ClosePolls(self.memory, self.gateway, self.clock, self.sender, self.steps)

    @cached_property
    def share_poll(self) -> SharePoll:
        return SharePoll(self.memory, self.gateway, self.clock, self.sender)

    @cached_property
    def take_back(self) -> TakeBack:
        return TakeBack(self.memory, self.gateway, self.clock, self.sender)

    @cached_property
    def receive(self) -> Receive:
        return Receive(
            self.memory,
            self.vault,
            self.clock,
            self.ids,
            self.letterhead,
            self.steps,
            self.times,
        )

    @cached_property
    def describe_opinion(self) -> DescribeOpinion:
        return DescribeOpinion(self.receive)

    @cached_property
    def take_reply(self) -> TakeReply:
        rooms = (self.memory, self.vault, self.clock, self.ids, self.letterhead)
        return TakeReply(*rooms, self.steps, self.times)

    @cached_property
    def claim_replies(self) -> ClaimReplies:
        return ClaimReplies(self.take_reply, self.steps)

    @cached_property
    def hear(self) -> Hear:
        return Hear(self.receive)

    @cached_property
    def reply(self) -> Reply:
        return Reply(self.receive)

    @cached_property
    def triage(self) -> Triage:
        return Triage(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def mute(self) -> Mute:
        return Mute(self.memory, self.vault, self.clock, self.ids)

    @cached_property
    def answer(self) -> AnswerCase:
        return AnswerCase(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def follow(self) -> Follow:
        rooms = (self.memory, self.vault, self.clock, self.ids, self.letterhead)
        return Follow(*rooms, self.times)

    @property
    def keep_within(self) -> KeepWithin:
        return KeepWithin(self.vault, self.clock)

    @cached_property
    def open_by_code(self) -> OpenByCode:
        return OpenByCode(self.memory, self.vault, self.clock, self.follow)

    @cached_property
    def access(self) -> ManageAccess:
        return ManageAccess(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def binding(self) -> BindGroup:
        return BindGroup(self.memory, self.clock, self.ids)

    @cached_property
    def meet_channel(self) -> MeetChannel:
        return MeetChannel(self.standing, self.clock)

    @cached_property
    def standing(self) -> FollowStanding:
        return FollowStanding(self.memory, self.ids, self.letterhead)

    @cached_property
    def rights(self) -> Rights:
        return Rights(self.memory, self.vault, self.clock)

    @cached_property
    def reseal(self) -> Reseal:
        return Reseal(self.memory, self.vault.chest, self.clock, self.steps)

    @cached_property
    def purge(self) -> Purge:
        return Purge(self.memory, self.vault, self.inbox, self.clock)
