"""Photos and voice notes, and how Dung adds them to what she logs."""

from domain.usecases.session_screen import Screen
from tests.integration.usecases.office import Office
from tests.integration.usecases.sessions import DUNG_ACTS, fill, hand_in
from tests.unit.channels.ogg import spoken

JPEG = b"\xff\xd8 what is seen from the back of the room"


async def add_photo(
    office: Office, screen: Screen, content: bytes = JPEG, asked: str = ""
) -> Screen:
    office.gateway.files["f"] = content
    return await office.attach_media.add_photo(
        DUNG_ACTS, screen.session.id, "f", asked, office.cause()
    )


async def add_voice(office: Office, screen: Screen, seconds: float = 80, asked: str = "") -> Screen:
    office.gateway.files["v"] = spoken(seconds)
    return await office.attach_media.add_voice(
        DUNG_ACTS, screen.session.id, "v", asked, office.cause()
    )


async def submit_with_photos(office: Office, *photos: bytes) -> None:
    screen = await fill(office)
    for photo in photos:
        screen = await add_photo(office, screen, photo)
    await hand_in(office, screen)
