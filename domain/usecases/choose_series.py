"""An author says which part of which series a bulletin is: an existing one's next, or a new one."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Actor
from domain.model.bulletin import Draft
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.series import MOST_PARTS, Series
from domain.ports import Cause
from domain.usecases.compose import Compose
from domain.usecases.drafting import Preview, own_bulletin
from domain.usecases.own_buttons import put_own_buttons

OPEN, CHOOSE, LEAVE = "series:open", "series:choose", "series:leave"
SERIES_OFFERED = 6


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """The draft, and the parts that could follow (trang chọn loạt bài)."""

    draft: Draft
    offered: tuple[Series, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ChooseSeries:
    """Choosing a series (chọn loạt bài)."""

    compose: Compose

    async def open(self, actor: Actor, button: Button, cause: Cause | None = None) -> SeriesPage:
        """The next part of each series of the unit; a plain message names a new one."""
        compose = self.compose
        async with compose.memory.begin(cause) as work:
            bulletin = await own_bulletin(work, actor, button.subject)
            draft = await work.bulletins.draft(bulletin.id)
            await work.dialogs.open(Dialog(actor.id, Awaited.BULLETIN_SERIES, bulletin.id))
            known = await work.plan.series(bulletin.unit_id, bulletin.id)
            latest = [one for one in known if one.part < MOST_PARTS][:SERIES_OFFERED]
            offered = tuple(one.following() for one in latest)
            asked = [(CHOOSE, f"{one.name} {one.part}/{one.parts}") for one in offered]
            asked += [(LEAVE, "")] if draft.series else []
            buttons = await put_own_buttons(
                work, compose, actor.id, [*asked, ("compose:open", "")], bulletin.id, draft.version
            )
            await work.commit()
        return SeriesPage(draft, offered, buttons)

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> Preview:
        """This part, or none."""
        name, _, part = button.choice.rpartition(" ")
        series = None
        if button.action == CHOOSE:
            number, slash, parts = part.partition("/")
            if not slash:
                raise Refusal("button.unknown")
            series = Series(name, int(number), int(parts))
        return await self.compose.change_by_button(actor, button, cause, series=series)
