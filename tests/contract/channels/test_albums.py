"""The same files to many: taken up once, known by a name afterwards, and never by a wrong one."""

import asyncio
from typing import Any

from domain.model.attachment import Attachment, AttachmentKind
from domain.model.chat import Address
from domain.model.delivery import Lane, Payload, Sent
from domain.model.frozen import fingerprint
from tests.contract.channels.scene import Scene
from tests.contract.sandbox.test_every_method import OGG, PNG
from tests.unit.channels.mp4 import film

BELOW = Payload("<b>Ba ảnh</b> về đường vào ấp")


def pictures(count: int = 3) -> list[Attachment]:
    contents = [PNG + bytes([n]) for n in range(count)]
    return [
        Attachment(AttachmentKind.PHOTO, f"anh-{n}.jpg", content, sha256=fingerprint(str(n)))
        for n, content in enumerate(contents)
    ]


async def names(scene: Scene, group: Address, count: int) -> list[str]:
    """What the channel calls the pictures of the last messages there."""
    seen: list[dict[str, Any]] = (await scene.seen(group))[-count:]
    return [message["photo"][-1]["file_id"] for message in seen]


async def test_an_album_reaches_the_second_group_under_its_names(scene: Scene) -> None:
    first, second = [await scene.group(n) for n in range(2)]
    outcomes = [
        await scene.gateway.send_album(group, pictures(), BELOW, Lane.BULK)
        for group in (first, second)
    ]

    assert all(isinstance(one, Sent) and len(one.more_ids) == 2 for one in outcomes)
    assert await names(scene, first, 3) == await names(scene, second, 3)


async def test_of_many_at_once_only_one_brings_the_bytes(scene: Scene) -> None:
    groups = [await scene.group(n) for n in range(6)]
    sends = [scene.gateway.send_album(one, pictures(), BELOW, Lane.BULK) for one in groups]
    await asyncio.gather(*sends)

    assert len({tuple(await names(scene, one, 3)) for one in groups}) == 1


async def test_a_name_that_is_refused_gives_way_to_the_bytes(scene: Scene) -> None:
    first, second = [await scene.group(n) for n in range(2)]
    one = pictures(1)[0]
    await scene.gateway.send_file(first, one, BELOW, Lane.BULK)
    refused = {"method": "sendPhoto", "chat": int(second.chat), "kind": "error", "status": 400}
    await scene.practice.post("faults", **refused, times=1)

    outcome = await scene.gateway.send_file(second, one, BELOW, Lane.BULK)

    assert isinstance(outcome, Sent)
    assert await names(scene, first, 1) != await names(scene, second, 1)


async def test_other_bytes_under_the_same_name_are_other_files(scene: Scene) -> None:
    first, second = [await scene.group(n) for n in range(2)]
    await scene.gateway.send_album(first, pictures(2), BELOW, Lane.BULK)
    await scene.gateway.send_album(second, pictures(3)[1:], BELOW, Lane.BULK)

    assert await names(scene, first, 2) != await names(scene, second, 2)


async def test_what_has_no_fingerprint_is_never_sent_by_name(scene: Scene) -> None:
    group, photo = await scene.group(), Attachment(AttachmentKind.PHOTO, "1.png", PNG)
    for _ in range(2):
        await scene.gateway.send_file(group, photo, BELOW, Lane.BULK)

    assert len(set(await names(scene, group, 2))) == 2


async def test_a_film_arrives_with_its_length_and_its_caption_changes_in_place(
    scene: Scene,
) -> None:
    group = await scene.group()
    clip = Attachment(AttachmentKind.VIDEO, "phim.mp4", film(), seconds=12, width=640, height=360)
    sent = await scene.gateway.send_file(group, clip, BELOW, Lane.BULK)
    assert isinstance(sent, Sent)

    await scene.gateway.edit_caption(group, sent.message_id, Payload("<b>Đã sửa</b>"))

    seen = (await scene.seen(group))[-1]
    assert (seen["caption"], seen["video"]["file_size"]) == ("Đã sửa", len(film()))


async def test_all_messages_of_an_album_can_be_deleted(scene: Scene) -> None:
    group = await scene.group()
    sent = await scene.gateway.send_album(group, pictures(), BELOW, Lane.BULK)
    assert isinstance(sent, Sent)

    for number in (sent.message_id, *sent.more_ids):
        await scene.gateway.delete(group, number)

    assert not [one for one in await scene.seen(group) if "photo" in one]


async def test_a_recording_is_sent_by_name_too(scene: Scene) -> None:
    groups = [await scene.group(n) for n in range(2)]
    voice = Attachment(AttachmentKind.VOICE, "loi.ogg", OGG, sha256=fingerprint("loi"))
    for group in groups:
        await scene.gateway.send_file(group, voice, BELOW, Lane.BULK)

    found = [(await scene.seen(group))[-1]["voice"]["file_id"] for group in groups]
    assert found[0] == found[1]
