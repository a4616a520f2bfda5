"""Material from An's phone to Dung's, checked by Bình; and neither Chi nor Em sees any of it."""

import pytest

from tests.e2e.newcomer import Newcomer, come_in
from tests.e2e.town import Json, Person, Town, sentence, until

pytestmark = pytest.mark.e2e

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
TITLE = "Đường sá mùa nước nổi"
CHI = Newcomer("Chi", 1099, "communicator", "31213.tan-my-1")
"""She serves in another commune."""


async def documents(person: Person) -> list[Json]:
    return [m for m in await person.messages() if "document" in m and m["from"]["is_bot"]]


async def write(town: Town, an: Person) -> None:
    """A handout for Ninh Kiều, with a file."""
    await an.say("/soan")
    await an.press("Tài liệu cho tuyên truyền viên")
    await an.press("Tài liệu để phát")
    await an.hears(TITLE, "material.ask_handout")
    await an.send("document", b"MZ\x90 program")
    await an.sees(sentence("material.not_taken"))
    await an.send("document", PDF)
    await an.press("Thiên tai", "lĩnh vực")
    await an.sees(sentence("material.ask_source"))
    await an.say("Công điện số 12/CĐ-UBND ngày 01/11/2026")
    await an.press("Người đọc", "Đó là tất cả")
    await an.press("Ninh Kiều", sentence("material.ask_audience"))


async def approve(town: Town, an: Person, binh: Person) -> None:
    last = await binh.last()
    await an.press("Gửi duyệt", "Ninh Kiều")
    await binh.press("Xem và duyệt", TITLE, after=last)
    await binh.press("✅ Duyệt", sentence("material.decide"))
    await an.sees(f"đã duyệt tài liệu.*{TITLE}")


async def finds(person: Person, typed: str) -> Json:
    """What is answered to a search."""
    last = await person.last()
    await person.say(typed)
    return await person.sees("🔎|📚", after=last)


async def test_dung_finds_by_a_misspelt_word_what_an_wrote_and_gets_its_file(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    an, binh, dung = (town.person(name) for name in ("An", "Bình", "Dung"))
    await write(town, an)
    await approve(town, an, binh)

    await finds(dung, "/tailieu duong xa")
    await dung.press(TITLE)
    await dung.press("Nhận tệp", TITLE)
    (message,) = await until(lambda: documents(dung), "the file")
    assert message["has_protected_content"]
    assert await town.practice.file(message["document"]["file_id"]) == PDF

    em = town.person("Em")
    await em.say("/tailieu duong xa")
    await em.sees(sentence("errors.forbidden"))
    found = await finds(await come_in(town, CHI, kept_in), "/tailieu duong xa")
    assert TITLE not in found["text"]
    assert [await town.copies(group, TITLE) for group in town.groups] == [0] * len(town.groups)


async def test_a_newcomer_sees_a_shelf_that_is_full(town: Town) -> None:
    await town.open()
    dung = town.person("Dung")
    shelf = await finds(dung, "/tailieu")
    assert "Gặp cuộc gọi giả danh" in shelf["text"]

    await finds(dung, "/tailieu bhyt")
    await dung.press("Đi khám bảo hiểm y tế")
    await dung.press("Câu 1", "Đi khám")
    await dung.sees("1/4")
    await finds(dung, "/tailieu muoi")
    await dung.press("Phòng sốt xuất huyết")
    await dung.press("Nhận tệp", "Phòng sốt xuất huyết")
    (message,) = await until(lambda: documents(dung), "the file")
    assert (await town.practice.file(message["document"]["file_id"])).startswith(b"%PDF-")
