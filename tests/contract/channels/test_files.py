"""Files go up and come down whole, under the name they were given, and never without end."""

import asyncio

import pytest
from telegram import Document, InputMediaDocument
from telegram.error import NetworkError

from channels.telegram.gateway import TelegramGateway
from tests.contract.channels.scene import Scene
from tests.unit.channels.faulty_server import answers, gateway_to, request_of, serving

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
