"""The door for people and groups coming in: invites, confirmations, /ketnoi."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.bind_group import PlaceQuestion
from handlers.faces import label, one_a_row, told_apart
from handlers.telegram.groups import GroupsDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import CHANNEL, Turn


@dataclass(frozen=True, slots=True)
class AccessDoor:
    """Joining, confirming and binding groups (tham gia, kết nối nhóm)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            Permission.PERSON_CONFIRM: self.confirm,
            "bind:channel": self.propose_channel,
            "bind:unit": self.choose_unit,
            "bind:page": self.turn_page,
            "bind:purpose": self.choose_purpose,
        }

    async def accept(self, turn: Turn, token: str) -> None:
        """/start with an invite"""
        if turn.faceless or not turn.is_private:
            await self.refuse_in_public(turn)
            return
        account = f"{CHANNEL}:{turn.who.chat}"
        active = await self.rooms.access.accept_invite(account, token, turn.cause)
        await self.speak.reply(turn, "access.active" if active else "access.waits")

    async def refuse_in_public(self, turn: Turn) -> None:
        """An invite that was opened in a group, or by nobody in particular: it stays unused."""
        await self.speak.reply(turn, "errors.faceless" if turn.faceless else "invite.in_private")

    async def confirm(self, turn: Turn, button: Button) -> None:
        invite = await self.rooms.access.confirm_person(turn.actor, button, turn.cause)
        key = "access.confirmed" if invite.confirmed_at else "access.turned_down"
        await self.speak.close_press(turn, key, name=invite.name)

    async def propose_group(self, turn: Turn) -> None:
        """/ketnoi in a group: the questions are asked in private"""
        if turn.is_private:
            await self.speak.reply(turn, "bind.in_groups_only")
            return
        is_admin = await self.rooms.gateway.is_admin(turn.chat)
        question = await self.rooms.binding.propose_group(
            turn.actor, turn.chat, turn.chat_title, turn.cause, as_admin=is_admin
        )
        rows = self._places(question)
        told = await self.speak.tell_privately(turn, "bind.ask_unit", rows, title=turn.chat_title)
        await self.speak.reply(turn, "bind.goes_on_privately" if told else "bind.open_private")

    async def propose_channel(self, turn: Turn, button: Button) -> None:
        """From the card that tells of a channel: to which unit it belongs."""
        question = await self.rooms.binding.propose_channel(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        key, rows = "bind.ask_channel_unit", self._places(question)
        await self.speak.reply(turn, key, rows, title=button.choice)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        question = await self.rooms.binding.turn_page(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "bind.more_units", self._places(question))

    async def choose_unit(self, turn: Turn, button: Button) -> None:
        buttons = await self.rooms.binding.choose_unit(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        key = "bind.ask_purpose" if buttons else "bind.ask_decision"
        await self.speak.reply(turn, key, one_a_row(self.rooms.words, buttons))

    async def choose_purpose(self, turn: Turn, button: Button) -> None:
        bind, as_admin = self.rooms.binding.choose_purpose, await self._as_admin(turn)
        chat = await bind(turn.actor, button, turn.cause, as_admin=as_admin)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if chat is None:
            await self.speak.reply(turn, "bind.ask_decision")
        else:
            await self.speak.reply(turn, "bind.bound_staff", title=chat.title)

    async def take_decision(self, turn: Turn) -> None:
        bind, as_admin = self.rooms.binding.record_decision, await self._as_admin(turn)
        chat = await bind(turn.actor, turn.text, turn.cause, as_admin=as_admin)
        key = "bind.bound_channel" if chat.address.is_channel else "bind.bound_residents"
        await self.speak.reply(turn, key, title=chat.title)
        await GroupsDoor(self.rooms, self.speak).introduce(turn, chat)

    async def _as_admin(self, turn: Turn) -> bool:
        """Whether the bot rules the group by now: it may have been made so since /ketnoi."""
        place = await self.rooms.binding.proposed_place(turn.actor)
        if place is None or place.is_channel:
            return False
        return await self.rooms.gateway.is_admin(place)

    def _places(self, question: PlaceQuestion) -> ButtonRows:
        names, words = told_apart(question.places), self.rooms.words
        return tuple(
            (ButtonFace(names.get(b.choice) or label(words, b), press=b.id),)
            for b in question.buttons
        )
