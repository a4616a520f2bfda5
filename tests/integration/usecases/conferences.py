"""What Hạnh usually does: she calls the ward's people to a training; they answer and come."""

from datetime import UTC, datetime

from domain.model.access import Actor, Grant, Person, Role
from domain.model.button import Button
from domain.model.conference import Conference
from domain.model.guest import Turnout
from domain.usecases.attend_conference import CodeView
from domain.usecases.conference_screen import (
    ANSWER,
    ASK_CANCEL,
    ASK_MATERIAL,
    CALL,
    CANCEL,
    CHANGE,
    CODE,
    FIND,
    MARK,
    NEW,
    OPEN,
    SEND,
    ConferenceView,
)
from tests.integration.storage.cast import HANH, WARD
from tests.integration.usecases.office import Office, actor, press, private

START = datetime(2026, 11, 26, 1, tzinfo=UTC)
"""Thursday, eight in the morning."""
SAID = {
    "kind": "Tập huấn",
    "title": "Kỹ năng <số> & an toàn mạng",
    "start": "26/11/2026 08:00",
    "minutes": "đến 10h",
    "place": "Hội trường UBND phường, 12 Hòa Bình",
    "audience": "tat_ca",
    "note": "Mang theo sổ tay.",
}
HANH_ACTS = Actor(HANH.id, (Grant(Role.SUPERVISOR, WARD.id),))
"""Hạnh, who is in charge of the ward alone."""


async def begin(office: Office, unit_id: str = WARD.id) -> ConferenceView:
    listed = await office.call_conference.list_conferences(HANH_ACTS, office.cause())
    button = next(b for b in listed.buttons if (b.action, b.subject) == (NEW, unit_id))
    return await office.call_conference.prepare(HANH_ACTS, button, office.cause())


async def prepare(office: Office, unit_id: str = WARD.id, **changed: str) -> ConferenceView:
    """A draft to which nothing is missing."""
    view = await begin(office, unit_id)
    for key, typed in (SAID | changed).items():
        view = await office.call_conference.say(
            HANH_ACTS, view.conference.id, key, typed, office.cause()
        )
    return view


async def call(office: Office, unit_id: str = WARD.id, **changed: str) -> Conference:
    """People are called, and their invitations have gone out."""
    view = await prepare(office, unit_id, **changed)
    button = press(view.buttons, CALL)
    view = await office.call_conference.call(HANH_ACTS, button, office.cause())
    await office.send_all()
    return view.conference


async def opened(office: Office, conference: Conference) -> ConferenceView:
    """As Hạnh sees it now."""
    listed = await office.call_conference.list_conferences(HANH_ACTS, office.cause())
    button = next(b for b in listed.buttons if (b.action, b.subject) == (OPEN, conference.id))
    return await office.call_conference.open(HANH_ACTS, button, office.cause())


async def turnout(office: Office, conference: Conference) -> Turnout:
    async with office.file.begin() as work:
        return await work.conferences.turnout(conference.id)


async def to_answer(office: Office, person: Person, reply: str) -> Button:
    """The button under the newest invitation that they got."""
    return await office.button(private(person), ANSWER, reply)


async def answer(office: Office, person: Person, reply: str) -> None:
    button = await to_answer(office, person, reply)
    await office.invitations.answer(actor(person), button, office.cause())


async def change(office: Office, conference: Conference, what: str, typed: str) -> Conference:
    """Another time or place, looked at and agreed to."""
    proposal = await office.change_conference.propose(
        HANH_ACTS, conference.id, f"move_{what}", typed, office.cause()
    )
    button = press(proposal.buttons, CHANGE)
    view = await office.change_conference.change(HANH_ACTS, button, office.cause())
    await office.send_all()
    return view.conference


async def cancel(office: Office, conference: Conference) -> None:
    asked = press((await opened(office, conference)).buttons, ASK_CANCEL)
    proposal = await office.change_conference.ask_cancel(HANH_ACTS, asked, office.cause())
    button = press(proposal.buttons, CANCEL)
    await office.change_conference.cancel(HANH_ACTS, button, office.cause())
    await office.send_all()


async def code(office: Office, conference: Conference) -> CodeView:
    """What the hall is shown now."""
    button = press((await opened(office, conference)).buttons, CODE)
    return await office.attend.show_code(HANH_ACTS, button, office.cause())


async def check_in(office: Office, person: Person, typed: str) -> bool:
    _, is_new = await office.attend.check_in(actor(person), typed, office.cause())
    return is_new


async def to_mark(office: Office, conference: Conference, typed: str) -> tuple[Button, ...]:
    """The buttons of those who are found by what was typed."""
    press((await opened(office, conference)).buttons, FIND)
    found = await office.attend.find(HANH_ACTS, conference.id, typed, office.cause())
    return found.buttons


async def mark(office: Office, conference: Conference, typed: str) -> None:
    button = press(await to_mark(office, conference, typed), MARK)
    await office.attend.mark(HANH_ACTS, button, office.cause())


async def to_send(office: Office, conference: Conference, text: str) -> Button:
    press((await opened(office, conference)).buttons, ASK_MATERIAL)
    proposal = await office.send_conference_note.propose(
        HANH_ACTS, conference.id, text, office.cause()
    )
    return press(proposal.buttons, SEND)


async def send_conference_note(office: Office, conference: Conference, text: str) -> None:
    button = await to_send(office, conference, text)
    await office.send_conference_note.send(HANH_ACTS, button, office.cause())
    await office.send_all()


async def hold(office: Office, conference: Conference) -> None:
    """Its time passes, and the clock has seen it."""
    async with office.file.begin() as work:
        ends = (await work.conferences.get(conference.id)).ends
    office.clock.moment = ends
    office.wait(minutes=30)
    await office.follow_conferences.follow_due()
