"""What is said of files that came as one: in one message, and no refusal of theirs twice."""

from collections.abc import Awaitable
from dataclasses import dataclass, field

from domain.errors import Forbidden, LostRace, Missing, Refusal
from domain.model.delivery import Payload, Sent
from handlers.telegram.incoming import Incoming
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(slots=True)
class Album:
    """What was said of files that came as one (loạt ảnh)."""

    id: str
    message_id: str = ""
    refused: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Albums:
    """The last of each chat. A restart forgets it, and one message more is sent (các loạt ảnh)."""

    speak: Speak
    last: dict[str, Album] = field(default_factory=dict)

    async def take(self, turn: Turn, file: Incoming, kept: Awaitable[Payload]) -> None:
        """Say what keeping a file has led to, in the message about its album if there is one."""
        album = self._album(turn, file)
        try:
            payload = await kept
        except (Forbidden, LostRace, Missing):
            raise
        except Refusal as refusal:
            if refusal.key in album.refused:
                return
            album.refused.add(refusal.key)
            raise
        await self._say(turn, album, payload)

    async def _say(self, turn: Turn, album: Album, payload: Payload) -> None:
        if album.message_id:
            gateway = self.speak.rooms.gateway
            if isinstance(await gateway.edit(turn.chat, album.message_id, payload), Sent):
                return
        outcome = await self.speak.show(turn, payload.markup, payload.buttons)
        if isinstance(outcome, Sent):
            album.message_id = outcome.message_id

    def _album(self, turn: Turn, file: Incoming) -> Album:
        """The album that a file belongs to; what came alone is its own."""
        known = self.last.pop(turn.chat.chat, None)
        if not file.album:
            return Album("")
        same = known if known and known.id == file.album else Album(file.album)
        self.last[turn.chat.chat] = same
        return same
