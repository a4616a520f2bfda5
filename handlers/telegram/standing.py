"""The door for what happens to the bot itself in a group: added, removed, silenced, moved."""

from dataclasses import dataclass

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType

from domain.model.chat import Address, Standing
from handlers.telegram.identify import Identify
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

PLACES = (ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
RULING = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


@dataclass(frozen=True, slots=True)
class StandingDoor:
    """What the bot is in a group (vị thế), as Telegram tells it."""

    identify: Identify
    speak: Speak

    async def changed(self, update: Update, _: object) -> None:
        """Added, removed, made or unmade an administrator, silenced or let speak again."""
        change = update.my_chat_member
        if change is None or change.chat.type not in PLACES:
            return
        turn = await self.identify(update)
        if turn.chat.is_channel:
            # Nothing is said there that nobody approved: its supervisors are asked.
            was = standing_in_channel(change.old_chat_member)
            standings = was, standing_in_channel(change.new_chat_member)
            about = (turn.chat, standings, turn.chat_title, turn.actor, turn.cause)
            await self.identify.rooms.meet_channel.change_standing(*about)
            return
        was, standing = standing_of(change.old_chat_member), standing_of(change.new_chat_member)
        follow = self.identify.rooms.standing
        if not await follow.change_standing(turn.chat, was, standing, turn.cause):
            await self._introduce(turn, was, standing)

    async def moved(self, update: Update, _: object) -> None:
        """A group became a supergroup: both its numbers say so."""
        message = update.effective_message
        if message is None:
            return
        turn = await self.identify(update)
        old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
        here = turn.chat.chat
        place = Address(turn.chat.channel, turn.chat.bot_id, str(old or here), is_group=True)
        await self.identify.rooms.standing.move_group(place, str(new or here), turn.cause)

    async def _introduce(self, turn: Turn, was: Standing, standing: Standing) -> None:
        """In a group that nobody has bound: who this is, what it keeps, and what to do next."""
        if standing is Standing.ADMIN and was is not Standing.ADMIN:
            await self.speak.reply(turn, "standing.hello_admin")
        elif standing is Standing.MEMBER and was is Standing.OUT:
            await self.speak.reply(turn, "standing.hello")


def standing_in_channel(member: ChatMember) -> Standing:
    """There only an administrator is anything, and writes only with the right to post."""
    if not isinstance(member, ChatMemberAdministrator):
        return Standing.OUT
    return Standing.MEMBER if member.can_post_messages else Standing.SILENT


def standing_of(member: ChatMember) -> Standing:
    """As far as it matters here: away, silent, an ordinary member, an administrator."""
    if member.status in GONE:
        return Standing.OUT
    if isinstance(member, ChatMemberRestricted):
        if not member.is_member:
            return Standing.OUT
        return Standing.MEMBER if member.can_send_messages else Standing.SILENT
    return Standing.ADMIN if member.status in RULING else Standing.MEMBER
