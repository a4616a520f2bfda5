"""What is known of Telegram without asking it: what it takes, and how files are made ready."""

from dataclasses import dataclass, field

from channels.films import cleaned
from channels.pictures import Darkroom
from channels.recordings import only_sound
from channels.telegram.gateway import TelegramGateway
from domain.model.attachment import Film
from domain.model.capabilities import Capabilities


@dataclass(frozen=True, slots=True)
class Offline:
    """Telegram for commands that send nothing (không cần kết nối)."""

    darkroom: Darkroom = field(default_factory=Darkroom)

    @property
    def capabilities(self) -> Capabilities:
        return TelegramGateway.capabilities

    async def rewritten(self, file: bytes) -> bytes:
        return await self.darkroom.rewritten(file)

    def cleaned(self, file: bytes) -> Film:
        return cleaned(file)

    def only_sound(self, file: bytes) -> bytes:
        return only_sound(file)
