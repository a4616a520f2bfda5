"""A place on the map, from a resident's phone to whoever handles the case, and gone with it."""

import re

import pytest

from tests.e2e.test_session_media import received
from tests.e2e.town import Json, Town, sentence, until

pytestmark = pytest.mark.e2e

HOLE = "Đường Hai Bà Trưng có ổ gà lớn."
HERE = (10.0338471, 105.7842193)
SHOWN = "10.03385, 105.78422"
FINER = (b"0338471", b"7842193")
"""What a phone says and nobody has to know."""


async def test_a_place_goes_from_the_phone_to_staff_and_is_erased_with_the_case(
    town: Town,
) -> None:
    await town.open()
    em, giang = town.person("Em"), town.person("Giang")
    await em.point(*HERE)
    await em.sees(sentence("point.no_draft"))
    await em.say(HOLE)
    live = await em.point(10.5, 105.5, live_period=900)
    await em.sees(sentence("point.live"))
    await em.point(10.6, 105.6, live_period=900, message_id=live["message_id"])
    await em.point(*HERE, venue={"title": "Nhà bà Tư", "address": "Hẻm 12"})
    await em.sees(f"Đã giữ vị trí {SHOWN}")

    await em.press("đồng ý", "113.*114.*115")
    await em.press("Phản ánh")
    await em.press("Đường sá")
    await em.press("Ninh Kiều")
    await em.press("Bỏ vị trí", f"{SHOWN}.*Cán bộ.*sẽ xem được.*nếu là nhà mình")
    last = await em.last()
    await em.point(10.7, 105.7)
    await em.point(*HERE)
    await em.press("📨", SHOWN, after=last)
    receipt = await em.sees(r"HC-\w{5}-\w{5}.*/tracuu")

    card = await giang.sees("Ý kiến mới.*Có vị trí", chat=town.staff)
    await giang.follow(card, "đọc")
    assert not {"10.03", "105.78"} & set(re.findall(r"\d+\.\d{2}", card["text"]))
    await giang.press("Xem vị trí", f"Có vị trí.*{HOLE}.*")
    (seen,) = await received(giang, "location", 1)
    assert seen["location"] == {"latitude": 10.03385, "longitude": 105.78422}
    assert seen["has_protected_content"]

    data = town.folder / "data"
    kept = [path for path in data.rglob("*") if path.is_file() and "sandbox" not in path.parts]
    held = b"".join(path.read_bytes() for path in kept)
    assert HOLE.encode() in held
    assert not [digits for digits in FINER if digits in held]
    assert "Nhà bà Tư".encode() not in held

    (code,) = re.findall(r"HC-\w{5}-\w{5}", receipt["text"])[:1]
    await em.say(f"/xoa {code}")
    await until(lambda: _none(giang.messages()), "the place taken out of Giang's chat")


async def _none(messages: object) -> bool:
    found: list[Json] = await messages  # type: ignore[misc]
    return not [one for one in found if "location" in one]
