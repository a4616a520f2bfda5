"""Pictures of a road, and how An adds them to what she writes."""

from typing import Unpack

from domain.model.attachment import AttachmentKind
from domain.model.broadcast import Broadcast
from domain.usecases.compose import DraftFields
from domain.usecases.enclose import MediaScreen
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import review_button, write

ROADS = [b"\xff\xd8 the road from the north", b"\xff\xd8 the bridge", b"\xff\xd8 the way round"]
PAPER = b"%PDF-1.7 1 0 obj << /Type /Catalog >> endobj"
PHOTO, VIDEO = AttachmentKind.PHOTO, AttachmentKind.VIDEO


async def add(
    office: Office,
    bulletin_id: str,
    content: bytes = ROADS[0],
    kind: AttachmentKind = PHOTO,
    name: str = "",
) -> MediaScreen:
    office.gateway.files["f"] = content
    fetched = await office.enclose.fetch(actor(AN), bulletin_id, kind, "f", name)
    return await office.enclose.add(actor(AN), bulletin_id, fetched, office.cause())


async def write_with_pictures(office: Office, count: int = 3, **fields: Unpack[DraftFields]) -> str:
    bulletin_id = await write(office, **fields)
    for content in ROADS[:count]:
        await add(office, bulletin_id, content)
    return bulletin_id


async def submit_with_pictures(
    office: Office, count: int = 3, **fields: Unpack[DraftFields]
) -> str:
    bulletin_id = await write_with_pictures(office, count, **fields)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    return bulletin_id


async def approve_it(office: Office) -> Broadcast:
    """Bình agrees to whatever waits for him last."""
    button = await review_button(office)
    decision = await office.review.approve_bulletin(actor(BINH), button, office.cause())
    assert decision.broadcast is not None
    await office.send_all()
    return decision.broadcast


async def approve_with_pictures(
    office: Office, count: int = 3, **fields: Unpack[DraftFields]
) -> Broadcast:
    await submit_with_pictures(office, count, **fields)
    return await approve_it(office)


def swap(office: Office, content: bytes) -> None:
    """Somebody with the file in their hands puts other bytes in place of the first picture's."""
    rule = "the_bytes_of_a_file_never_change"
    office.past_the_rules(rule, "UPDATE bulletin_media SET content = ?", content)
