"""One update as the doors see it: who speaks, where, what was said or pressed."""

from dataclasses import dataclass

from telegram import Message, Update, User
from telegram.constants import ChatID, ChatType

from domain.model.access import Actor, Permission, Person
from domain.model.button import Button
from domain.model.chat import Address
from domain.model.dialog import Dialog
from domain.model.locality import Point
from domain.model.marks import Entity
from domain.model.resident import Known, Written
from domain.ports import Cause
from domain.usecases.visit import Visit
from handlers.telegram.incoming import Incoming

CHANNEL = "telegram"
HANDLE = "inbox_handle"
"""Where the pump leaves the update's lasting name, beside Telegram's own fields."""
FACELESS = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT})
"""Accounts that stand for a group or a channel: nobody can tell who speaks through them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn to speak, with everything a door may need to answer it."""

    cause: Cause
    handle: str
    who: Address
    """The private chat of whoever speaks; for the vault and for private replies only."""
    chat: Address
    """Where it was said."""
    chat_title: str
    message_id: str
    text: str
    edited_at: int
    """When the message was edited, on Telegram's clock; 0 if it was not."""
    person: Person | None
    actor: Actor
    faceless: bool
    known: Known
    """Of a resident, in private; of anybody else nothing."""
    asked: Dialog | None = None
    """What they were asked last, and this may answer."""
    point: Point | None = None
    """A place that was shared, while it is known; nothing of it is stored or logged."""
    is_live: bool = False
    """Whether that place moves along with whoever shares it."""
    press_id: str = ""
    pressed: Button | None = None
    """The button behind a press; None if there is none of its id."""
    pressed_markup: str = ""
    file: Incoming | None = None
    answers: str = ""
    """The message of the bot's own that this answers, in a group; '' if it answers none."""
    entities: tuple[Entity, ...] = ()
    """How stretches of the text were formatted."""
    is_forwarded: bool = False
    """Whether somebody else may have written it first; by whom is not looked at."""

    @property
    def language(self) -> str:
        return self.known.language

    @property
    def is_private(self) -> bool:
        return not self.chat.is_group

    @property
    def arguments(self) -> str:
        """What follows the command."""
        return "".join(self.text.split(maxsplit=1)[1:]).strip()

    def written(self, text: str) -> Written | None:
        """Words of this message as a draft keeps them; None if there are none."""
        return Written(int(self.message_id or 0), text, self.edited_at) if text else None

    @property
    def visit(self) -> Visit:
        reach = self.actor.units_for(Permission.OPINION_HEAR)
        desk = self.actor.units_for(Permission.OPINION_RECORD)
        return Visit(self.who, self.cause, self.handle, self.known, reach, desk)


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of an update that every kind of it has, under one name."""

    user: User | None
    message: Message | None
    faceless: bool

    @classmethod
    def of(cls, update: Update) -> "Said":
        query = update.callback_query
        message = update.effective_message
        user = query.from_user if query else update.effective_user
        sender = message.sender_chat if message and not query else None
        faceless = user is None or user.id in FACELESS or sender is not None
        return cls(user, message, faceless)


def addresses(update: Update, said: Said, bot_id: int) -> tuple[Address, Address]:
    """The private chat of whoever speaks, and the chat where it was said."""
    private = Address(CHANNEL, bot_id, str(said.user.id) if said.user else "")
    place = update.effective_chat
    if place is None or place.type == ChatType.PRIVATE:
        return private, private
    thread, is_channel = "", place.type == ChatType.CHANNEL
    if said.message is not None and said.message.is_topic_message:
        thread = str(said.message.message_thread_id or "")
    return private, Address(CHANNEL, bot_id, str(place.id), thread, True, is_channel)
