"""A supervisor pauses what comes from whoever wrote a case; the vault alone knows from whom."""

from dataclasses import dataclass, replace
from datetime import date

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.mute import DAYS, MuteReason, handle_behind, last_day, read_choice, top_of
from domain.model.opinion import Opinion
from domain.ports import Cause, Memory, Vault, Work
from domain.usecases.case_in_hand import case_buttons, case_for, put_on_record

MUTE, LIFT = Permission.OPINION_MUTE, Permission.OPINION_UNMUTE
WHY, SET = "mute:why", "mute:set"


@dataclass(frozen=True, slots=True)
class Mute:
    """Muting for a time (tạm dừng nhận ý kiến).

    The case remembers that it was muted from here, and no other case does: that would say that
    the same person wrote both.
    """

    memory: Memory
    vault: Vault
    clock: Clock
    ids: Ids

    async def ask(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, tuple[Button, ...]]:
        """First why, then for how long; nothing happens yet."""
        asked = [(WHY, str(reason)) for reason in MuteReason]
        if button.action == WHY:
            asked = [(SET, f"{button.choice}/{days}") for days in DAYS]
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button, MUTE)
            handle_behind(opinion)
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return opinion, buttons

    async def mute(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Until the end of a day; whoever it is hears of it when they next write."""
        reason, days = read_choice(button.choice)
        until = last_day(self.clock.now(), days)
        await self._note(actor, button, MUTE, until)
        return await self._keep(actor, button, MUTE, until, f"{reason} days={days}", cause)

    async def lift(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """What they write is taken in again from now on."""
        await self._note(actor, button, LIFT, None)
        return await self._keep(actor, button, LIFT, None, "", cause)

    async def _note(
        self, actor: Actor, button: Button, permission: Permission, until: date | None
    ) -> None:
        """In the vault first: what a crash leaves undone in main is done by the replay."""
        async with self.memory.look() as work:
            opinion = await self._case(work, actor, button, permission)
        if not await self.vault.mute(handle_behind(opinion), until):
            raise Refusal("mute.nobody", code=opinion.number)

    async def _keep(
        self,
        actor: Actor,
        button: Button,
        permission: Permission,
        until: date | None,
        detail: str,
        cause: Cause | None,
    ) -> Opinion:
        async with self.memory.begin(cause) as work:
            await self._case(work, actor, button, permission)
            was = await work.opinions.get(button.subject)
            opinion = replace(was, muted_until=until)
            await work.opinions.save(opinion, was)
            await put_on_record(work, self.clock, actor, permission, opinion, detail)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion

    async def _case(
        self, work: Work, actor: Actor, button: Button, permission: Permission
    ) -> Opinion:
        opinion = await case_for(work, self.clock, actor, button.subject, permission)
        actor.require(permission, top_of(await work.units.lineage(opinion.unit_id)))
        return opinion
