"""An author sends the file of a handout: fetched with no transaction open, then kept."""

from dataclasses import dataclass

from domain.model.access import Actor
from domain.ports import Cause, Gateway
from domain.usecases.material_screen import MaterialScreen
from domain.usecases.write_material import WriteMaterial


@dataclass(frozen=True, slots=True)
class AttachHandout:
    """Sending a file (gửi tệp tài liệu)."""

    write: WriteMaterial
    gateway: Gateway

    async def add_file(
        self, actor: Actor, material_id: str, file: str, name: str, cause: Cause | None = None
    ) -> MaterialScreen:
        """Take a document in, in place of the one before; Refusal if it is not of a kind we take.

        A picture has no name of its own: only what is seen on it is kept.
        """
        await self.write.require_handout(actor, material_id, cause)
        if name:
            content = await self.gateway.fetch_document(file)
        else:
            content = await self.gateway.fetch_picture(file)
        return await self.write.keep_file(actor, material_id, name, content, cause)
