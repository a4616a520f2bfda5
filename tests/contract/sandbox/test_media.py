"""Pictures, documents and recordings, up and down."""

import pytest
from telegram import (
    Bot,
    Document,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    PhotoSize,
)
from telegram.error import BadRequest

from tests.contract.sandbox.practice import BOT, EM, Practice
from tests.contract.sandbox.test_every_method import OGG, PNG
from tests.unit.channels.mp4 import film


async def test_a_document_comes_back_byte_for_byte(bot: Bot, started: None) -> None:
    sent = await bot.send_document(EM, b"a,b\n1,2", filename="bảng kê.csv", caption="<i>kê</i>")

    assert isinstance(sent.document, Document)
    file = await bot.get_file(sent.document.file_id)
    assert await file.download_as_bytearray() == b"a,b\n1,2"


async def test_a_vietnamese_file_name_survives(bot: Bot, started: None) -> None:
    sent = await bot.send_document(EM, b"x", filename="bảng kê.csv")

    assert sent.document
    assert sent.document.file_name == "bảng kê.csv"


async def test_a_picture_has_its_size(bot: Bot, started: None) -> None:
    sent = await bot.send_photo(EM, PNG, caption="<b>ảnh</b>", parse_mode="HTML")

    assert isinstance(sent.photo[-1], PhotoSize)
    assert (sent.photo[-1].width, sent.photo[-1].height) == (40, 30)
    assert sent.caption_entities[0].type == "bold"


async def test_a_file_is_sent_again_by_its_id(bot: Bot, started: None) -> None:
    sent = await bot.send_photo(EM, PNG)

    again = await bot.send_photo(EM, sent.photo[-1].file_id)

    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_a_caption_can_be_edited(bot: Bot, started: None) -> None:
    sent = await bot.send_photo(EM, PNG, caption="cũ")

    edited = await sent.edit_caption("mới")

    assert not isinstance(edited, bool)
    assert (edited.caption, edited.photo) == ("mới", sent.photo)


async def test_what_stands_below_a_film_can_be_edited(bot: Bot, started: None) -> None:
    sent = await bot.send_video(EM, film(), caption="cũ")

    edited = await sent.edit_caption("mới")

    assert not isinstance(edited, bool)
    assert (edited.caption, edited.video) == ("mới", sent.video)


async def test_pictures_and_films_stand_together_and_documents_alone(
    bot: Bot, started: None
) -> None:
    await bot.send_media_group(EM, [InputMediaPhoto(PNG), InputMediaVideo(film())])

    with pytest.raises(BadRequest, match="can't be mixed"):
        await bot.send_media_group(EM, [InputMediaPhoto(PNG), InputMediaDocument(b"a,b")])


async def test_a_picture_has_no_text_to_edit(bot: Bot, started: None) -> None:
    sent = await bot.send_photo(EM, PNG, caption="cũ")

    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sent.edit_text("mới")


@pytest.mark.parametrize(
    ("photo", "words"),
    [(b"no picture", "Image_process_failed"), ("https://a.vn/a.png", "Wrong file identifier")],
)
async def test_what_is_no_picture_is_refused(
    photo: bytes | str, words: str, bot: Bot, started: None
) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.send_photo(EM, photo)


async def test_a_caption_has_1024_units(bot: Bot, started: None) -> None:
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(EM, PNG, caption="ă" * 1025)


async def test_an_unknown_file_is_not_there(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")


async def test_a_persons_picture_reaches_the_bot(practice: Practice, bot: Bot) -> None:
    await practice.upload("ổ gà.png", PNG, user=str(EM), chat=BOT, kind="photo", caption="ổ gà")

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.caption == "ổ gà"
    file = await update.message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PNG


async def test_an_album_is_several_messages_of_one_group(bot: Bot, started: None) -> None:
    album = [InputMediaPhoto(PNG, caption="ổ gà"), InputMediaPhoto(PNG)]

    first, second = await bot.send_media_group(EM, album)

    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("ổ gà", None)


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_two_to_ten_items(count: int, practice: Practice, started: None) -> None:
    media = [{"type": "photo", "media": "attach://a"}] * count

    status, body = await practice.call("sendMediaGroup", chat_id=EM, media=media)

    assert (status, body["description"]) == (400, "Bad Request: group must contain 2-10 items")


async def test_each_picture_of_an_album_counts(practice: Practice, bot: Bot, started: None) -> None:
    await practice.post("tuning", burst=60)
    await bot.send_media_group(EM, [InputMediaPhoto(PNG)] * 10)

    assert len([line for line in await practice.receipts() if line["chat"] == EM]) == 10


async def test_a_persons_album_and_voice_note_reach_the_bot(practice: Practice, bot: Bot) -> None:
    who = {"user": str(EM), "chat": BOT}
    for name in ("a.png", "b.png"):
        await practice.upload(name, PNG, **who, kind="photo", album="k1")
    await practice.upload("v.ogg", OGG, **who, kind="voice")
    await practice.upload("w.ogg", OGG, **who, kind="voice", duration="7")

    heard = [update.to_dict()["message"] for update in await bot.get_updates()]

    assert [message.get("media_group_id") for message in heard] == ["k1", "k1", None, None]
    assert [message["voice"]["duration"] for message in heard[2:]] == [90, 7]


async def test_a_persons_film_reaches_the_bot(practice: Practice, bot: Bot) -> None:
    await practice.upload("p.mp4", b"film", user=str(EM), chat=BOT, kind="video", duration="9")

    (update,) = await bot.get_updates()

    assert update.to_dict()["message"]["video"]["duration"] == 9
