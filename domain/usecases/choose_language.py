"""A resident speaks another language: before consent only for as long as the draft waits."""

from dataclasses import dataclass, replace

from domain.model.button import ANYONE, GOOD_FOR, Button, offer
from domain.model.resident import speaking
from domain.ports import Offer
from domain.usecases.intake_steps import LANGUAGES
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Choosing a language (chọn ngôn ngữ)."""

    receive: Receive

    async def offer(self, visit: Visit) -> tuple[Button, ...]:
        """A button for each language; it acts on whoever presses it."""
        now = self.receive.clock.now()
        buttons = offer(
            self.receive.ids,
            [("language:choose", language) for language in LANGUAGES],
            subject="language",
            version=1,
            holder=ANYONE,
            expires_at=now + GOOD_FOR,
        )
        await self.receive.memory.offer(Offer(visit.cause, buttons, now))
        return buttons

    async def choose(self, visit: Visit, button: Button) -> Intake:
        """Speak another language from now on, and show the present step in it."""
        receive, resident = self.receive, visit.known.resident
        draft = await receive.draft_of(visit)
        if not resident.has_consented:
            # Nothing is kept before consent: the language lasts as long as the waiting draft.
            waiting = replace(draft or receive.first_draft(visit), language=button.choice)
            await receive.vault.save_draft(visit.who, waiting, draft, receive.clock.now())
            return await receive.show(visit, speaking(resident, waiting), waiting, button)
        resident = replace(resident, language=button.choice)
        await receive.vault.save_resident(visit.who, resident)
        if draft is None:
            return Intake(resident, greeting=True)
        return await receive.show(visit, resident, draft, button)
