"""The words of a broadcast at the moment of sending, if they still are what was approved."""

from dataclasses import dataclass

from domain.errors import Tampered
from domain.model.broadcast import Broadcast
from domain.model.delivery import Payload, Rejected
from domain.ports import Work

NOT_APPROVED = Rejected("words do not match their approval")


@dataclass(frozen=True, slots=True)
class FrozenWords:
    """Re-reads and re-hashes what was approved (băm lại)."""

    async def of(
        self, work: Work, broadcast: Broadcast, chat_id: str, language: str
    ) -> Payload | Rejected:
        """What this very group may be sent."""
        try:
            frozen = await work.bulletins.revision(broadcast.revision_id)
        except Tampered:
            return NOT_APPROVED
        if frozen.hash != broadcast.revision_hash or chat_id not in frozen.chat_ids:
            return NOT_APPROVED
        return Payload(frozen.in_language(language))
