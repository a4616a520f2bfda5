"""The starter materials on their way: written, handed over and approved by the real verbs."""

import hashlib
from dataclasses import dataclass, replace

from content.materials.shelf import StarterMaterial
from domain.clock import LOCAL_ZONE
from domain.errors import Missing
from domain.model.access import Actor, Permission, Person
from domain.model.bulletin import Field
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.model.material import Material, MaterialKind, MaterialState
from domain.model.typed_material import BodyFields
from domain.model.typed_pairs import read_pairs
from domain.usecases.review_material import ReviewMaterial
from domain.usecases.write_material import WriteMaterial
from handlers.cli.starters import FirstNamed


@dataclass(frozen=True, slots=True)
class StarterMaterials:
    """An author and an approver at work on the starter materials (tài liệu mẫu)."""

    write: WriteMaterial
    review: ReviewMaterial
    author: Person
    approver: Person

    async def make_ready(self, starter: StarterMaterial) -> None:
        """Approved; what an interrupted start has made of it already is left as it is."""
        material = await self._found(starter)
        if material is None:
            ids = FirstNamed(_id_of(starter), self.write.ids)
            kind = MaterialKind(starter.kind)
            await replace(self.write, ids=ids).start(self._as(self.author), kind)
            material = await self._found(starter)
        if material and material.state is MaterialState.DRAFT:
            await self._hand_over(starter)
            material = await self._found(starter)
        if material and material.state is MaterialState.IN_REVIEW:
            await self._approve(material)

    async def _hand_over(self, starter: StarterMaterial) -> None:
        author, material_id = self._as(self.author), _id_of(starter)
        await self.write.change(author, material_id, None, **_body(starter))
        if starter.file:
            file = (starter.file.name, starter.file.read_bytes())
            await self.write.keep_file(author, material_id, *file)
        screen = await self.write.open(author, material_id)
        (submit,) = (b for b in screen.buttons if b.action == Permission.MATERIAL_SUBMIT)
        await self.review.submit(author, submit)

    async def _approve(self, material: Material) -> None:
        async with self.write.memory.begin() as work:
            revision = await work.materials.newest_revision(material.id)
        reviewed = await self.review.open(self._as(self.approver), self._way_to(revision.id))
        (agree,) = (b for b in reviewed.buttons if b.action == Permission.MATERIAL_APPROVE)
        await self.review.approve(self._as(self.approver), agree)

    def _way_to(self, revision_id: str) -> Button:
        (button,) = offer(
            self.review.ids,
            [("material:review", "")],
            subject=revision_id,
            version=1,
            holder=to_person(self.approver.id),
            expires_at=self.review.clock.now() + GOOD_FOR,
        )
        return button

    async def _found(self, starter: StarterMaterial) -> Material | None:
        async with self.write.memory.begin() as work:
            try:
                return await work.materials.get(_id_of(starter))
            except Missing:
                return None

    def _as(self, person: Person) -> Actor:
        return person.actor_on(self.write.clock.now().astimezone(LOCAL_ZONE).date())


def _body(starter: StarterMaterial) -> BodyFields:
    body: BodyFields = {
        "title": starter.title,
        "field": Field(starter.field),
        "source": starter.source,
        "points": starter.points,
        "minutes": int(starter.minutes) if starter.minutes else None,
    }
    if starter.kind == MaterialKind.QUESTIONS:
        return body | {"pairs": read_pairs(starter.text)}
    return body | {"text": starter.text}


def _id_of(starter: StarterMaterial) -> str:
    return hashlib.sha256(f"material:{starter.id}".encode()).hexdigest()[:32]
