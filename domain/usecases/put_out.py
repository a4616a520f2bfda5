"""How one claimed entry is put in its chat, by what it carries."""

from dataclasses import dataclass

from domain.model.delivery import Payload, SendOutcome, Sent
from domain.model.poll import Ballot
from domain.model.sending import Claimed
from domain.ports import Gateway


@dataclass(frozen=True, slots=True)
class PutOut:
    """Choosing the way (chọn cách gửi): changed in place, a poll, an album, one file, words."""

    gateway: Gateway

    async def put(self, claimed: Claimed) -> SendOutcome:
        """Send it, or change what it corrects; nothing is written down here."""
        address, words, lane = claimed.address, claimed.payload, claimed.entry.lane
        if isinstance(words, Ballot):
            return await self.gateway.send_poll(address, words, lane)
        if claimed.entry.edits:
            return await self._change(claimed, words)
        match claimed.files:
            case ():
                return await self.gateway.send(address, words, lane)
            case (file,):
                return await self.gateway.send_file(address, file, words, lane)
            case files:
                return await self.gateway.send_album(address, files, words, lane)

    async def _change(self, claimed: Claimed, words: Payload) -> SendOutcome:
        """Other words in the same place. Files stay: where they differ, it was sent anew."""
        entry = claimed.entry
        change = self.gateway.edit_caption if claimed.files else self.gateway.edit
        outcome = await change(claimed.address, entry.edits, words)
        if isinstance(outcome, Sent):
            return Sent(outcome.message_id, entry.old_link, entry.more_ids)
        return outcome
