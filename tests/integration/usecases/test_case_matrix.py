"""Role by act by place: whoever may do something with a case, and nobody else, gets past the door.

Both sides come from the code's own tables, so that a new act without a policy fails here.
"""

from collections.abc import Awaitable, Callable

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import PERMISSIONS, Actor, Grant, Permission, Role
from domain.model.button import Button
from domain.model.delivery import to_person
from domain.model.opinion import Opinion
from domain.usecases.open_along import OpenAlong
from domain.usecases.triage import FURTHER
from tests.integration.storage.cast import CITY, HANH, LATER, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import file_opinion, take

Act = Callable[[Office, Actor, Opinion], Awaitable[object]]

PLACES = {"own": WARD, "child": CITY, "parent": QUARTER, "sibling": OTHER_WARD, "none": None}
"""What the case's unit is to the staffer's, and on which unit the role is held."""
REACHED = {"own", "child"}
FROM_THE_TOP = {Permission.OPINION_MUTE, Permission.OPINION_UNMUTE}
"""What silences somebody towards every unit is for whoever looks after all; here it is the city."""


def reached_for(permission: Permission) -> set[str]:
    return {"child"} if permission in FROM_THE_TOP else REACHED


WITHOUT_A_STAFFER = {
    Permission.OPINION_FILE,
    Permission.OPINION_HEAR,
    Permission.OPINION_RECORD,
    Permission.OPINION_FOLLOW,
    Permission.OPINION_ERASE,
    Permission.OPINION_REMIND,
}
"""Residents', communicators', the desk's and the clock's: nobody does them to a case in a queue."""


def stale(action: str, opinion: Opinion, choice: str = "") -> Button:
    """A button from before the case moved: past the door it changes nothing."""
    return Button("k1", action, opinion.id, choice, 0, to_person(HANH.id), LATER)


async def read(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.triage.open_case(actor, opinion.id, office.cause())


async def turn_menu(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.triage.turn_menu(actor, stale(FURTHER, opinion), office.cause())


async def take_it(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.triage.take_case(actor, stale("opinion:take", opinion), office.cause())


async def listen(office: Office, actor: Actor, opinion: Opinion) -> None:
    """There is nothing to hear, which only whoever may hear is told."""
    rooms = (office.memory, office.clock, office.ids, office.letterhead)
    try:
        await OpenAlong(*rooms).open_voice(actor, stale("opinion:listen", opinion), office.cause())
    except Refusal as refused:
        if refused.key != "triage.voice_gone":
            raise


async def answer(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.answer.preview_answer(actor, opinion.id, "Đã sửa.", office.cause())


async def close(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.triage.close_case(actor, stale("opinion:close", opinion), office.cause())


async def assign(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:assign", opinion)
    await office.hand_over.list_colleagues(actor, button, office.cause())


async def reassign(office: Office, actor: Actor, opinion: Opinion) -> None:
    """Of what Giang has in hand; whoever may not is told that it is hers."""
    button = stale("opinion:give_to", opinion, HANH.id)
    try:
        await office.hand_over.assign_case(actor, button, office.cause())
    except LostRace as refused:
        if refused.key == "triage.taken_by_another":
            raise Forbidden("errors.forbidden") from refused


async def give_back(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.hand_over.give_back(actor, stale("opinion:give_back", opinion), office.cause())


async def forward(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:forward", opinion)
    await office.forward.show_places(actor, button, office.cause())


async def send_forward(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("forward:send", opinion, f"{OTHER_WARD.id}/x")
    await office.forward.forward_case(actor, button, office.cause())


async def sound_an_alarm(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:alarm", opinion)
    await office.sound_alarm.sound(actor, button, office.cause())


async def look_for_the_same(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:merge", opinion)
    await office.join_cases.list_alike(actor, button, office.cause())


async def join(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("merge:into", opinion, opinion.id)
    await office.join_cases.join(actor, button, office.cause())


async def set_apart(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:set_apart", opinion)
    await office.join_cases.set_apart(actor, button, office.cause())


async def look_for_words(office: Office, actor: Actor, opinion: Opinion) -> None:
    """Whoever looks elsewhere finds nothing of it, which is a closed door too."""
    page = await office.queue.begin(actor, "đèn đường", office.cause())
    if opinion.id not in {entry.id for entry in page.entries}:
        raise Forbidden("errors.forbidden")


async def approve_letter(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:approve_letter", opinion)
    await office.approve_letter.approve(actor, button, office.cause())


async def return_letter(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("opinion:return_letter", opinion)
    await office.approve_letter.ask_reason(actor, button, office.cause())


async def mute(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.mute.ask(actor, stale("opinion:mute", opinion), office.cause())


async def really_mute(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("mute:set", opinion, "xuc_pham/1")
    await office.mute.mute(actor, button, office.cause())


async def lift(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.mute.lift(actor, stale("opinion:unmute", opinion), office.cause())


async def note(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.note_case.ask_note(actor, stale("opinion:note", opinion), office.cause())


async def show_labels(office: Office, actor: Actor, opinion: Opinion) -> None:
    await office.label_case.show(actor, stale("opinion:label", opinion), office.cause())


async def put_a_label_on(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("case_label:put_on", opinion, "l1")
    await office.label_case.put_on(actor, button, office.cause())


async def take_a_label_off(office: Office, actor: Actor, opinion: Opinion) -> None:
    button = stale("case_label:take_off", opinion, "l1")
    await office.label_case.take_off(actor, button, office.cause())


def write_back(action: Permission) -> Act:
    async def ask(office: Office, actor: Actor, opinion: Opinion) -> None:
        await office.write_back.ask_words(actor, stale(action, opinion), office.cause())

    return ask


ACTS: list[tuple[Permission, Act]] = [
    (Permission.OPINION_OPEN, read),
    (Permission.OPINION_OPEN, turn_menu),
    (Permission.OPINION_LISTEN, listen),
    (Permission.OPINION_SEARCH, look_for_words),
    (Permission.OPINION_TAKE, take_it),
    (Permission.OPINION_ANSWER, answer),
    (Permission.OPINION_CLOSE, close),
    (Permission.OPINION_ASSIGN, assign),
    (Permission.OPINION_REASSIGN, reassign),
    (Permission.OPINION_GIVE_BACK, give_back),
    (Permission.OPINION_FORWARD, forward),
    (Permission.OPINION_FORWARD, send_forward),
    (Permission.OPINION_ALARM, sound_an_alarm),
    (Permission.OPINION_MERGE, look_for_the_same),
    (Permission.OPINION_MERGE, join),
    (Permission.OPINION_SET_APART, set_apart),
    (Permission.OPINION_APPROVE_LETTER, approve_letter),
    (Permission.OPINION_RETURN_LETTER, return_letter),
    (Permission.OPINION_MUTE, mute),
    (Permission.OPINION_MUTE, really_mute),
    (Permission.OPINION_UNMUTE, lift),
    (Permission.OPINION_NOTE, note),
    (Permission.OPINION_LABEL, show_labels),
    (Permission.OPINION_LABEL, put_a_label_on),
    (Permission.OPINION_LABEL, take_a_label_off),
    (Permission.OPINION_ASK_BACK, write_back(Permission.OPINION_ASK_BACK)),
    (Permission.OPINION_DECLINE, write_back(Permission.OPINION_DECLINE)),
    (Permission.OPINION_REFER, write_back(Permission.OPINION_REFER)),
]


async def gets_past(office: Office, act: Act, actor: Actor, opinion: Opinion) -> bool:
    try:
        await act(office, actor, opinion)
    except Forbidden:
        return False
    except LostRace:
        return True
    return True


@pytest.mark.parametrize(("permission", "act"), ACTS)
async def test_who_gets_past_the_door_is_who_the_table_names(
    office: Office, permission: Permission, act: Act
) -> None:
    opinion = await take(office, await file_opinion(office))
    expected = {
        (role, place): permission in PERMISSIONS[role] and place in reached_for(permission)
        for role in Role
        for place in PLACES
    }
    found = {}
    for role, place in expected:
        unit = PLACES[place]
        grants = (Grant(role, unit.id),) if unit else ()
        found[role, place] = await gets_past(office, act, Actor(HANH.id, grants), opinion)

    assert found == expected


def test_no_act_on_a_case_is_without_a_policy() -> None:
    on_cases = {one for one in Permission if one.startswith("opinion:")}

    assert {permission for permission, _ in ACTS} | WITHOUT_A_STAFFER == on_cases


def test_every_act_is_somebodys() -> None:
    held = frozenset[Permission]().union(*PERMISSIONS.values())

    assert set(Permission) == held
