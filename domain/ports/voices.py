"""What main remembers of recordings that came with opinions."""

from collections.abc import Collection
from typing import Protocol

from domain.model.opinion_voice import VoiceConsent


class Voices(Protocol):
    """Recordings of opinions, each with the consent that it is kept by."""

    async def add(
        self, name: str, opinion_id: str, consent: VoiceConsent, content: bytes
    ) -> None: ...
    async def of(self, opinion_id: str) -> bytes | None:
        """None once it is erased."""
        ...

    async def consent(self, opinion_id: str) -> VoiceConsent | None:
        """Read without the recording."""
        ...

    async def erase_again(self, voice_ids: Collection[str]) -> int:
        """Remove what a backup has brought back; how many."""
        ...
