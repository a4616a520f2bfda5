"""What Dung usually does: she logs a session, and Hạnh decides on it."""

from domain.model.access import Actor
from domain.model.button import Button
from domain.usecases.session_screen import Screen
from domain.usecases.submit_session import Handed
from tests.integration.storage.cast import HANH
from tests.integration.usecases.communicators import DUNG
from tests.integration.usecases.office import Office, actor, press

WORDS = {
    "start": "hôm qua 19h",
    "minutes": "90",
    "place": "Nhà văn hóa Khu vực 1",
    "topic": "Phòng chống sốt xuất huyết",
    "field": "y_te_bhyt",
    "mode": "truc_tiep",
    "form": "hop_dan",
    "people": "45",
}
ASKED = "Khi nào phường phun thuốc muỗi ở hẻm 12 <lần hai> & cống có nạo vét không?"
DUNG_ACTS, HANH_ACTS = actor(DUNG), actor(HANH)


async def fill(office: Office, by: Actor = DUNG_ACTS, **changed: str) -> Screen:
    """A session in which nothing is missing."""
    screen = await office.log_session.start_session(by, office.cause())
    for key, typed in (WORDS | changed).items():
        screen = await office.fill_session.answer_field(
            by, screen.session.id, key, typed, office.cause()
        )
    return screen


async def submit(office: Office, by: Actor = DUNG_ACTS, **changed: str) -> Handed:
    screen = await fill(office, by, **changed)
    return await hand_in(office, screen, by)


async def hand_in(office: Office, screen: Screen, by: Actor = DUNG_ACTS) -> Handed:
    button = press(screen.buttons, "session:submit")
    return await office.submit_session.submit_session(by, button, office.cause())


async def ask(office: Office, screen: Screen, words: str = ASKED) -> Screen:
    """Somebody asked something; back to the summary."""
    await office.fill_session.add_question(DUNG_ACTS, screen.session.id, words, office.cause())
    return await office.log_session.open_session(DUNG_ACTS, screen.session.id, office.cause())


def to_edit(screen: Screen, key: str) -> Button:
    return press(screen.buttons, "session:edit", key)


async def decide(
    office: Office, action: str, by: Actor = HANH_ACTS, note: str = "Ghi lại số người."
) -> None:
    """Confirm or return the first session that waits."""
    waiting = await office.confirm_sessions.list_waiting(by, office.cause())
    first = press(waiting.buttons, "session:review", "0")
    reviewed = await office.confirm_sessions.open_session(by, first, office.cause())
    button = press(reviewed.screen.buttons, action)
    if action == "session:confirm":
        await office.confirm_sessions.confirm(by, button, office.cause())
        return
    await office.confirm_sessions.ask_note(by, button, office.cause())
    await office.confirm_sessions.return_session(by, button.subject, note, office.cause())
