"""One person takes approved material back, on record, and its author and approver are told."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.delivery import card, to_person
from domain.model.material import Material, MaterialState
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

WITHDRAW = Permission.MATERIAL_WITHDRAW


@dataclass(frozen=True, slots=True)
class WithdrawMaterial:
    """Taking material back (thu hồi tài liệu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[str, tuple[Button, ...]]:
        """Its title, and the button that does it."""
        async with self.memory.begin(cause) as work:
            material = await self._approved(work, actor, button.subject)
            revision = await work.materials.newest_revision(material.id)
            buttons = await put_own_buttons(
                work, self, actor.id, [(WITHDRAW, "")], material.id, material.revision
            )
            await work.commit()
        return revision.body.title, buttons

    async def withdraw(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Nobody is shown it any more from now on."""
        async with self.memory.begin(cause) as work:
            was = await self._approved(work, actor, button.subject)
            if was.revision != button.version:
                raise LostRace("button.stale")
            revision = await work.materials.newest_revision(was.id)
            await work.materials.save(was.moved_to(MaterialState.WITHDRAWN), was)
            person = await work.people.get(actor.id)
            payload = self.letterhead.withdrawn_material_card(revision, person)
            approval = await work.materials.approval(revision.id)
            both = (was.author_id, approval.approver_id) if approval else (was.author_id,)
            for other in (one for one in both if one != actor.id):
                about = f"material:withdrawn:{revision.id}"
                await work.outbox.add([card(self.ids.new(), about, to_person(other), payload)])
            event = AuditEvent(self.clock.now(), actor.id, WITHDRAW, revision.id, revision.hash)
            await work.audit.append(event)
            await work.commit()

    async def _approved(self, work: Work, actor: Actor, material_id: str) -> Material:
        material = await work.materials.get(material_id)
        actor.require(WITHDRAW, await work.units.lineage(material.unit_id))
        if material.state is not MaterialState.APPROVED:
            raise LostRace("material.moved_on")
        return material
