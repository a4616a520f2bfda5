"""Staff put labels of their unit's list on a case, and take them off; nobody types any here."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button, around
from domain.model.label import Label, require_room_on
from domain.model.opinion import Opinion
from domain.ports import Cause, Memory, Work
from domain.usecases.case_in_hand import case_buttons, case_for, put_on_record

LABEL = Permission.OPINION_LABEL
PAGE, PUT_ON, TAKE_OFF = "case_label:page", "case_label:put_on", "case_label:take_off"
ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class CaseLabels:
    """What stands on a case, and what can be put on it or taken off (nhãn của ý kiến)."""

    opinion: Opinion
    standing: tuple[Label, ...]
    offered: tuple[Label, ...]
    """What the unit knows, its own in front."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class LabelCase:
    """Labelling a case (gắn nhãn)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show(self, actor: Actor, button: Button, cause: Cause | None = None) -> CaseLabels:
        """A page of the labels that its unit knows."""
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            page = await self._page(work, actor, opinion, int(button.choice or 0))
            await work.commit()
        return page

    async def put_on(self, actor: Actor, button: Button, cause: Cause | None = None) -> CaseLabels:
        """However many have the case open, the last press holds; all of them see what stands."""
        label_id, _, page = button.choice.partition("/")
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            known = await self._known(work, opinion)
            standing = {one.id for one in await work.labels.on(opinion.id)}
            if label_id not in {one.id for one in known}:
                raise LostRace("label.gone")
            if label_id not in standing:
                require_room_on(opinion.number, standing)
                await work.labels.put_on(opinion.id, label_id)
                await put_on_record(work, self.clock, actor, LABEL, opinion, "on")
            shown = await self._page(work, actor, opinion, int(page or 0))
            await work.commit()
        return shown

    async def take_off(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> CaseLabels:
        """The same; what is gone already is gone."""
        label_id, _, page = button.choice.partition("/")
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            if await work.labels.take_off(opinion.id, label_id):
                await put_on_record(work, self.clock, actor, LABEL, opinion, "off")
            shown = await self._page(work, actor, opinion, int(page or 0))
            await work.commit()
        return shown

    async def _case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        """Labels go with the words: after these nothing would ever take them away."""
        opinion = await case_for(work, self.clock, actor, opinion_id, LABEL)
        if not opinion.text:
            raise LostRace("label.too_late", code=opinion.number)
        return opinion

    async def _known(self, work: Work, opinion: Opinion) -> tuple[Label, ...]:
        return await work.labels.of((await work.units.lineage(opinion.unit_id)).unit_ids)

    async def _page(self, work: Work, actor: Actor, opinion: Opinion, page: int) -> CaseLabels:
        known, standing = await self._known(work, opinion), await work.labels.on(opinion.id)
        first, stands = page * ON_A_PAGE, {one.id for one in standing}
        offered = known[first : first + ON_A_PAGE]
        asked = [(TAKE_OFF if one.id in stands else PUT_ON, f"{one.id}/{page}") for one in offered]
        asked += around(PAGE, page, first + ON_A_PAGE < len(known))
        buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
        await work.buttons.add(buttons)
        return CaseLabels(opinion, standing, offered, buttons)
