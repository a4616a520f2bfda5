"""A resident asks the office about their data, where the bot cannot do it at once."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.model.data_request import DONE_WITHIN
from domain.model.resident import DraftStep, speaking
from domain.usecases.announce import root_of
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit


@dataclass(frozen=True, slots=True)
class AskOffice:
    """Asking for what the law on data owes (yêu cầu về dữ liệu): a case with its own days."""

    receive: Receive

    async def begin(self, visit: Visit, asked: str) -> Intake:
        """Take the next words as the request; it goes to the body that runs the channel."""
        kind = next((one for one in DONE_WITHIN if one == asked), None)
        if kind is None:
            raise Refusal("rights.no_such_request")
        before = await self.receive.draft_of(visit)
        if before is not None and before.is_begun and before.kind is not kind:
            raise Refusal("reply.own_words_first")
        async with self.receive.memory.begin() as work:
            root = await root_of(work)
        draft = before if before and before.is_begun else self.receive.first_draft(visit)
        request = replace(draft, kind=kind, skipped=(DraftStep.FIELD,), unit_id=root.id)
        resident = speaking(visit.known.resident, draft)
        return await self.receive.show(
            visit, resident, await self.receive.saved(request, resident, visit)
        )
