"""Who is behind an update: a registered person, or a resident of whom nothing is known."""

import asyncio
from dataclasses import dataclass

from telegram import Message, Update

from domain.clock import LOCAL_ZONE
from domain.model.access import RESIDENT, Actor, Person
from domain.model.chat import Address
from domain.model.locality import Point
from domain.model.resident import Known
from domain.ports import Caller, Cause
from handlers.telegram.incoming import entities_of, file_of
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import CHANNEL, HANDLE, Said, Turn, addresses

NOBODY = Actor("nobody", ())
"""An account that stands for a group or a channel: it has no rights at all."""


@dataclass(frozen=True, slots=True)
class Identify:
    """Makes a turn of an update."""

    rooms: Rooms

    async def __call__(self, update: Update) -> Turn:
        said = Said.of(update)
        who, chat = addresses(update, said, self.rooms.bot.id)
        message, query = said.message, update.callback_query
        pressed = (query.data or "") if query else ""
        unknown = said.faceless or chat.is_group
        caller, known = await asyncio.gather(
            self._caller(said, who.chat, pressed), self._nothing() if unknown else self.known(who)
        )
        return Turn(
            cause=Cause(self.rooms.bot.id, update.update_id),
            handle=str(update.api_kwargs.get(HANDLE, "")),
            who=who,
            chat=chat,
            chat_title=(update.effective_chat.title or "") if update.effective_chat else "",
            message_id=str(message.message_id) if message else "",
            text=(message.text or "") if message and not query else "",
            edited_at=_edited_at(update),
            person=caller.person,
            actor=self._actor(caller.person, said),
            faceless=said.faceless,
            known=known,
            asked=caller.asked,
            point=self._point(update),
            is_live=_is_live(update),
            press_id=query.id if query else "",
            pressed=caller.pressed,
            pressed_markup=_markup(query.message) if query else "",
            file=file_of(message) if message and not query else None,
            answers=self._answered(message) if message and not query else "",
            entities=entities_of(message) if message and not query else (),
            is_forwarded=bool(message and message.forward_origin and not query),
        )

    async def _caller(self, said: Said, account: str, pressed: str) -> Caller:
        account = "" if said.faceless else f"{CHANNEL}:{account}"
        return await self.rooms.memory.caller(account, pressed)

    def _answered(self, message: Message) -> str:
        """The message of ours that this answers; the opening of a topic is no message of ours."""
        answered = message.reply_to_message
        if answered is None or answered.from_user is None or answered.forum_topic_created:
            return ""
        ours = answered.from_user.id == self.rooms.bot.id
        return str(answered.message_id) if ours else ""

    async def _nothing(self) -> Known:
        return Known()

    async def known(self, who: Address) -> Known:
        """What the vault knows of a resident."""
        return await self.rooms.vault.known(who, self.rooms.clock.now())

    def _point(self, update: Update) -> Point | None:
        if update.message is None or update.message.location is None:
            return None
        return self.rooms.points.take(self.rooms.bot.id, update.update_id)

    def _actor(self, person: Person | None, said: Said) -> Actor:
        if said.faceless:
            return NOBODY
        if person is None:
            return RESIDENT
        return person.actor_on(self.rooms.clock.now().astimezone(LOCAL_ZONE).date())


def _markup(message: object) -> str:
    """The pressed message's own words, so that they can be kept when its buttons go."""
    return str(getattr(message, "text_html", "") or "")


def _is_live(update: Update) -> bool:
    location = update.message.location if update.message else None
    # Asked for by name, the library warns of a type that it will have.
    return bool(location and location.to_dict().get("live_period"))


def _edited_at(update: Update) -> int:
    edited = update.edited_message
    return int(edited.edit_date.timestamp()) if edited and edited.edit_date else 0
