"""A supervisor keeps a unit's labels for cases; they serve the units below it too."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.label import Label, read_label, require_room
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.standing_unit import standing_unit

LIST, SHOW = "label:list", "label:show"
WRITE, REMOVE = "label:write", "label:remove"
BACK = "staff:unit"
KEEP = Permission.LABEL_KEEP


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """A unit's own labels (trang nhãn)."""

    unit: Unit
    labels: tuple[Label, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One of them, and on how many cases it stands."""

    label: Label
    cases: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class KeepLabels:
    """Keeping labels for cases (lập danh mục nhãn)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_labels(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> LabelsPage:
        async with self.memory.begin(cause) as work:
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def show_label(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> LabelPage:
        """What would go with it, before it is removed."""
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, button.subject)
            label = await _own(work, unit.id, button.choice)
            cases = await work.labels.count(label.id)
            asked = [(REMOVE, label.id), (LIST, "")]
            buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
            await work.commit()
        return LabelPage(label, cases, buttons)

    async def ask_label(self, actor: Actor, button: Button, cause: Cause | None = None) -> Unit:
        """Take the next plain message as a new one."""
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.LABEL, unit.id))
            await work.commit()
        return unit

    async def keep_label(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> LabelsPage:
        """Add what was typed to the unit's list."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            unit_id = (await standing_unit(work, actor, KEEP, dialog.subject)).id
            name = read_label(typed)
            above = (await work.units.lineage(unit_id)).unit_ids
            known = await work.labels.of(above)
            own = [one for one in known if one.unit_id == unit_id]
            require_room(name, own, [one for one in known if one.unit_id != unit_id])
            label = Label(self.ids.new(), unit_id, name, actor.id, now)
            await work.labels.add(label)
            await work.dialogs.close(actor.id)
            await work.audit.append(AuditEvent(now, actor.id, KEEP, unit_id, f"added {label.id}"))
            page = await self._page(work, actor, unit_id)
            await work.commit()
        return page

    async def remove_label(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[LabelsPage, int]:
        """Also from the cases that it stands on; how many these were."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            unit_id = (await standing_unit(work, actor, KEEP, button.subject)).id
            label = await _own(work, unit_id, button.choice)
            count = await work.labels.remove(label.id)
            done = f"removed {label.id} cases={count}"
            await work.audit.append(AuditEvent(now, actor.id, KEEP, unit_id, done))
            await work.buttons.use(button.id, now)
            page = await self._page(work, actor, unit_id)
            await work.commit()
        return page, count

    async def _page(self, work: Work, actor: Actor, unit_id: str) -> LabelsPage:
        unit = await standing_unit(work, actor, KEEP, unit_id)
        labels = await work.labels.of([unit.id])
        asked = [*((SHOW, one.id) for one in labels), (WRITE, "")]
        buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
        buttons += await put_own_buttons(work, self, actor.id, [(BACK, unit.id)], "")
        return LabelsPage(unit, labels, buttons)


async def _own(work: Work, unit_id: str, label_id: str) -> Label:
    """The unit's own label; LostRace if somebody removed it."""
    label = await work.labels.find(label_id)
    if label is None or label.unit_id != unit_id:
        raise LostRace("label.gone")
    return label
