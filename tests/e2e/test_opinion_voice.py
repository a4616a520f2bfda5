"""A voice note's whole life: two consents, a last look, staff who listen, an answer, the end."""

import pytest

from channels.recordings import only_sound
from tests.e2e.test_session_media import received
from tests.e2e.town import Town, labels
from tests.unit.channels.ogg import PHONE, PLACE, spoken

pytestmark = pytest.mark.e2e

SPOKEN = spoken(45)
SOUND = only_sound(SPOKEN)


def kept(town: Town, what: bytes) -> list[str]:
    """The files of the office in which this stands."""
    data = town.folder / "data"
    files = [path for path in data.rglob("*") if path.is_file() and "sandbox" not in path.parts]
    assert files
    return [path.name for path in files if what in path.read_bytes()]


async def test_a_voice_is_heard_by_its_own_consent_on_record_and_forgotten(town: Town) -> None:
    await town.open()
    em, giang = town.person("Em"), town.person("Giang")
    await em.send("voice", SPOKEN)
    await em.press("đồng ý", "chưa ai nghe.*113.*114.*115")
    await em.sees("đoán ra ai nói.*Ai nghe.*120 ngày.*viết bằng chữ")
    assert kept(town, SOUND[-60:]) == []
    await em.press("Đồng ý gửi ghi âm")
    await em.press("Phản ánh")
    await em.press("Đường sá")
    await em.press("Ninh Kiều")
    look = await em.sees("Ý kiến bằng giọng nói.*Ghi âm gửi kèm: 45 giây")
    assert any("Bỏ ghi âm" in label for label in labels(look))
    assert kept(town, SOUND[-60:]) == []
    await em.press("📨", "Ghi âm gửi kèm")
    receipt = await em.sees(r"HC-\w{5}-\w{5}.*/tracuu")
    code = receipt["text"].partition("Mã ý kiến: ")[2].split()[0]

    card = await giang.sees("Ý kiến mới", chat=town.staff)
    assert "🎙 Có ghi âm" in card["text"]
    await giang.follow(card, "đọc")
    await giang.press("Nghe ghi âm", "Kèm ghi âm 45 giây.*Ý kiến bằng giọng nói")
    (note,) = await received(giang, "voice", 1)
    assert note["has_protected_content"]
    assert await town.practice.file(note["voice"]["file_id"]) == SOUND
    assert [m for m in await giang.messages(town.staff) if "voice" in m] == []
    assert kept(town, b"opinion:listen") != []
    assert PLACE in SPOKEN
    assert kept(town, PLACE) == kept(town, PHONE) == []
    assert kept(town, SOUND[-60:]) != []

    await giang.press("Nhận xử lý")
    await giang.press("Trả lời")
    await giang.say("Đã cho người đến xem.")
    await giang.press("📨", "Đã cho người đến xem")
    await em.sees("Đã cho người đến xem")
    await em.say("/xem")
    archive = (await received(em, "document", 2))[-1]
    assert SOUND in await town.practice.file(archive["document"]["file_id"])
    await em.say(f"/xoa {code}")
    await em.sees(f"Đã xóa ý kiến {code}")
    assert kept(town, SOUND[-60:]) == []
