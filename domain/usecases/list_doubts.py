"""All open doubts in one place: where nobody knows whether a bulletin arrived."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.broadcast import Doubt
from domain.model.button import Button
from domain.model.frozen import FrozenText
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.release import may_repeat

DOUBTS_SHOWN = 25
"""Each may bring two buttons along, and all must fit in a message."""


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """One doubt, the words it is about, and what can be said of it."""

    doubt: Doubt
    text: FrozenText | None
    """None when what is stored is no longer what was approved."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ListDoubts:
    """Looking at what nobody knows (chưa rõ đã tới)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show(self, actor: Actor, cause: Cause | None = None) -> tuple[DoubtLine, ...]:
        """The open doubts of the actor's units, the oldest first."""
        places = actor.units_for(Permission.DELIVERY_SETTLE)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            doubts = await work.broadcasts.doubts(places, DOUBTS_SHOWN)
            lines = tuple([await self._line(work, actor, doubt) for doubt in doubts])
            await work.commit()
        return lines

    async def _line(self, work: Work, actor: Actor, doubt: Doubt) -> DoubtLine:
        now = self.clock.now()
        bulletin = await work.bulletins.get(doubt.broadcast.bulletin_id)
        repeatable = may_repeat(bulletin, doubt.broadcast) and now < doubt.broadcast.not_after
        if await work.bulletins.is_corrected(doubt.broadcast.revision_id):
            repeatable = False
        choices = ("again", "arrived") if repeatable else ("arrived",)
        buttons = await put_own_buttons(
            work,
            self,
            actor.id,
            [(Permission.DELIVERY_SETTLE, choice) for choice in choices],
            doubt.entry_id,
            doubt.attempt,
        )
        try:
            text = await work.bulletins.frozen_text(doubt.broadcast.revision_id)
        except Tampered:
            text = None
        return DoubtLine(doubt, text, buttons)
