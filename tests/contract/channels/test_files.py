"""Files go up and come down whole, under the name they were given, and never without end."""

import asyncio

import pytest
from PIL import Image
from telegram import Document, InputMediaDocument
from telegram.error import NetworkError

from channels.pictures import rewritten
from channels.recordings import only_sound
from channels.telegram.gateway import PICTURES, TelegramGateway
from domain.errors import Refusal
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.chat import Address
from domain.model.delivery import ButtonFace, Lane, Payload, Rejected, Sent, Unknown
from tests.contract.channels.scene import Scene
from tests.contract.sandbox.test_every_method import OGG, PNG
from tests.unit.channels.faulty_server import Behaviour, answers, gateway_to, request_of, serving
from tests.unit.channels.ogg import PLACE, spoken
from tests.unit.channels.test_pictures import PLANTED, written

NAME = "Hướng dẫn làm thẻ “BHYT” (2).pdf"
CONTENT = bytes(range(256)) * 8192
"""Two MiB, so that it travels in many pieces."""


async def whole(gateway: TelegramGateway, url: str | None, most: int) -> bytes:
    return b"".join([piece async for piece in gateway.request.stream(url or "", most)])


async def sent(scene: Scene, name: str = NAME) -> Document:
    await scene.start()
    message = await scene.gateway.bot.send_document(scene.em, CONTENT, filename=name)
    assert isinstance(message.document, Document)
    return message.document


@pytest.mark.parametrize("name", [NAME, "ឯកសារ.pdf", 'a"b;c.pdf', "a%20b.pdf"])
async def test_a_files_name_arrives_as_it_was_typed(scene: Scene, name: str) -> None:
    assert (await sent(scene, name)).file_name == name


async def test_a_file_comes_down_as_it_went_up(scene: Scene) -> None:
    file = await scene.gateway.bot.get_file(await sent(scene))

    assert await whole(scene.gateway, file.file_path, len(CONTENT)) == CONTENT


async def test_a_photo_arrives_with_the_words_and_buttons_below_it(scene: Scene) -> None:
    photo = Attachment(AttachmentKind.PHOTO, "ảnh.png", PNG)
    below = Payload("<b>Tháng 11</b>", ((ButtonFace("Xem", press="a1b2"),),))

    outcome = await scene.gateway.send_file(await scene.start(), photo, below, Lane.PERSON)

    seen = (await scene.seen(scene.private()))[-1]
    assert outcome == Sent(str(seen["message_id"]))
    assert (seen["photo"][0]["width"], seen["photo"][0]["height"]) == (40, 30)
    assert (seen["caption"], seen["caption_entities"][0]["type"]) == ("Tháng 11", "bold")
    assert seen["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a1b2"


async def test_a_document_arrives_under_its_name(scene: Scene) -> None:
    file = Attachment(AttachmentKind.DOCUMENT, NAME, b"mot")

    outcome = await scene.gateway.send_file(await scene.start(), file, Payload(""), Lane.PERSON)

    assert isinstance(outcome, Sent)
    assert (await scene.seen(scene.private()))[-1]["document"]["file_name"] == NAME


async def test_a_file_whose_answer_breaks_off_is_unknown() -> None:
    file = Attachment(AttachmentKind.DOCUMENT, NAME, CONTENT)
    to = Address("telegram", 7, "7773331234")

    async with serving(answers(200, {"ok": True}, 999)) as url, gateway_to(url) as gateway:
        outcome = await gateway.send_file(to, file, Payload(""), Lane.PERSON)

    assert isinstance(outcome, Unknown)


async def test_what_is_no_picture_is_refused_for_good(scene: Scene) -> None:
    photo = Attachment(AttachmentKind.PHOTO, "ảnh.png", b"mot")

    outcome = await scene.gateway.send_file(await scene.start(), photo, Payload(""), Lane.PERSON)

    assert isinstance(outcome, Rejected)


async def test_an_album_arrives_as_one_that_cannot_be_passed_on(scene: Scene) -> None:
    photos = [Attachment(AttachmentKind.PHOTO, f"{n}.png", PNG, is_guarded=True) for n in (1, 2)]

    outcome = await scene.gateway.send_album(
        await scene.start(), photos, Payload("<b>Hai ảnh</b>"), Lane.PERSON
    )

    first, second = (await scene.seen(scene.private()))[-2:]
    assert outcome == Sent(str(first["message_id"]), more_ids=(str(second["message_id"]),))
    assert first["media_group_id"] == second["media_group_id"]
    assert first["has_protected_content"] is second["has_protected_content"] is True
    assert (first["caption"], second.get("caption")) == ("Hai ảnh", None)


async def test_a_recording_arrives_as_a_voice_note(scene: Scene) -> None:
    voice = Attachment(AttachmentKind.VOICE, "1.ogg", OGG)

    await scene.gateway.send_file(await scene.start(), voice, Payload("Lời kể"), Lane.PERSON)

    assert (await scene.seen(scene.private()))[-1]["voice"]["duration"] == 90


async def uploaded(scene: Scene, kind: str, content: bytes) -> str:
    """What the bot learns of a file that Em has sent."""
    await scene.start()
    wish = {"user": str(scene.em), "chat": scene.bot, "kind": kind}
    message = (await scene.practice.upload("tệp", content, **wish))["message"]
    found = message[kind][-1] if kind == "photo" else message[kind]
    return str(found["file_id"])


async def test_of_a_persons_picture_only_what_is_seen_comes_in(scene: Scene) -> None:
    file = written(Image.new("RGB", (300, 200), "green"), "JPEG")

    kept = await scene.gateway.fetch_picture(await uploaded(scene, "photo", file))

    assert PLANTED in file
    assert kept == rewritten(file)


async def test_of_many_pictures_at_once_only_a_few_are_fetched() -> None:
    fetched, most = 0, 0
    told = b'{"ok":true,"result":{"file_path":"photos/1.jpg"}}'

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal fetched, most
        body = told
        if b"/getFile" not in await request_of(reader):
            fetched, body = fetched + 1, b"no picture"
            most = max(most, fetched)
            await asyncio.sleep(0.02)  # so long others could come
            fetched -= 1
        head = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    async with serving(behave) as url, gateway_to(url, connections=32) as gateway:
        fetching = (gateway.fetch_picture("f") for _ in range(3 * PICTURES))
        found = await asyncio.gather(*fetching, return_exceptions=True)

    assert {getattr(one, "key", one) for one in found} == {"file.no_picture"}
    assert 1 <= most <= PICTURES


async def test_of_a_persons_recording_only_the_sound_comes_in(scene: Scene) -> None:
    sent = spoken(2)
    found = await scene.gateway.fetch_voice(await uploaded(scene, "voice", sent))

    assert PLACE in sent
    assert found == only_sound(sent)
    assert PLACE not in found


@pytest.mark.parametrize(
    ("kind", "size", "limit"), [("document", 21 * 1024 * 1024, 20), ("voice", 2**21 + 1, 2)]
)
async def test_a_file_beyond_its_limit_is_refused(
    scene: Scene, kind: str, size: int, limit: int
) -> None:
    file = await uploaded(scene, kind, bytes(size))
    fetch = scene.gateway.fetch_voice if kind == "voice" else scene.gateway.fetch_picture

    with pytest.raises(Refusal) as refusal:
        await fetch(file)
    assert (refusal.value.key, refusal.value.values) == ("file.too_large", {"limit": limit})


@pytest.mark.parametrize("reply", [answers(200, {"ok": True}), answers(502, "<html>")])
async def test_a_file_that_cannot_be_had_is_refused(reply: Behaviour) -> None:
    async with serving(reply) as url, gateway_to(url) as gateway:
        with pytest.raises(Refusal) as refusal:
            await gateway.fetch_picture("f1")

    assert refusal.value.key == "file.not_fetched"


async def test_a_file_that_is_too_long_is_broken_off(scene: Scene) -> None:
    file = await scene.gateway.bot.get_file(await sent(scene))

    with pytest.raises(NetworkError):
        await whole(scene.gateway, file.file_path, len(CONTENT) - 1)


async def test_a_file_without_end_is_read_no_further_than_it_may() -> None:
    given = 0

    async def without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal given
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"n" * 65536)
            await writer.drain()
            given += 65536

    async with serving(without_end) as url, gateway_to(url) as gateway:
        with pytest.raises(NetworkError):
            await whole(gateway, url, 1_000_000)

    assert given < 20_000_000


async def test_a_file_that_is_not_there_is_trouble(scene: Scene) -> None:
    base = scene.gateway.bot.base_file_url

    with pytest.raises(NetworkError):
        await whole(scene.gateway, f"{base}/documents/none.pdf", 9)


async def test_several_files_go_up_in_one_call() -> None:
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await request_of(reader))
        await answers(200, {"ok": True, "result": []})(reader, writer)

    album = [InputMediaDocument(b"mot", filename="một.pdf"), InputMediaDocument(b"hai")]
    async with serving(hear) as url, gateway_to(url) as gateway:
        with pytest.raises(NetworkError):
            await gateway.bot.send_media_group(-1001, album)

    assert all(part in heard[0] for part in ("một.pdf".encode(), b"\r\nmot\r\n", b"\r\nhai\r\n"))
