"""What is done with a case has one effect, though a process died in the middle.

As in test_replay.py: once cleanly in one office, in the other with a death before the commit and
one after it.
"""

import pytest

from domain.errors import AlreadyProcessed, LostRace
from domain.usecases.reply import APART
from tests.integration.storage.cast import EM, GIANG, OTHER_WARD
from tests.integration.usecases.hands import KHANH, further, hire, opened, previewed, write_back
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import answer, file_opinion, settle, take
from tests.integration.usecases.test_replay import Act, Prepare, by_em, leave_one_effect


async def give_it_to_a_colleague(office: Office) -> Act:
    await hire(office, KHANH)
    await opened(office, GIANG, await file_opinion(office))
    ask = await office.button(private(GIANG), "opinion:assign")
    found = await office.hand_over.list_colleagues(actor(GIANG), ask, office.cause())
    button = press(found.buttons, "opinion:give_to", KHANH.id)
    return lambda cause: office.hand_over.assign_case(actor(GIANG), button, cause)


async def give_it_back(office: Office) -> Act:
    await take(office, await file_opinion(office))
    button = await further(office, GIANG, "opinion:give_back")
    return lambda cause: office.hand_over.give_back(actor(GIANG), button, cause)


async def forward_it(office: Office) -> Act:
    await opened(office, GIANG, await file_opinion(office))
    look = await further(office, GIANG, "opinion:forward")
    places = await office.forward.show_places(actor(GIANG), look, office.cause())
    there = press(places.buttons, "forward:place", f"{OTHER_WARD.id}/0")
    places = await office.forward.show_places(actor(GIANG), there, office.cause())
    here = press(places.buttons, "forward:choose")
    preview = await office.forward.preview(actor(GIANG), here, office.cause())
    button = press(preview.buttons, "forward:send")
    return lambda cause: office.forward.forward_case(actor(GIANG), button, cause)


async def ask_back(office: Office) -> Act:
    opinion = await take(office, await file_opinion(office))
    preview = await previewed(office, opinion, "opinion:ask_back", "Ở đâu?")
    button = press(preview.buttons, "case_letter:send")
    return lambda cause: office.write_back.send(actor(GIANG), button, cause)


async def reply(office: Office) -> Act:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, "opinion:ask_back", "Ở đâu?")
    button = await office.button(EM.chat, "opinion:reply")
    await office.reply.begin(await office.visit(), button)
    intake = await office.receive.begin_opinion(await office.visit(), words=message("Hẻm 12."))
    send = press(intake.buttons, "reply:send")
    return by_em(office, lambda visit: office.reply.send(visit, send))


async def write_something_else(office: Office) -> Act:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, "opinion:ask_back", "Ở đâu?")
    intake = await office.reply.take(await office.visit(), message("Rác chất đống ở chợ."))
    button = press(intake.buttons, APART)
    return by_em(office, lambda visit: office.reply.decide(visit, button))


async def say_why_it_is_not_solved(office: Office) -> Act:
    await answer(office)
    button = press((await settle(office, "not_solved")).further, "opinion:object", "khac")
    return lambda cause: office.follow.object_to(button, cause)


PLACES: list[Prepare] = [
    give_it_to_a_colleague,
    give_it_back,
    forward_it,
    ask_back,
    reply,
    write_something_else,
    say_why_it_is_not_solved,
]


@pytest.mark.parametrize("prepare", PLACES, ids=lambda prepare: prepare.__name__)
async def test_one_update_has_one_effect(
    office: Office, other_office: Office, prepare: Prepare
) -> None:
    # A draft that was handed in is cleared away first, and then no longer there.
    refused = LostRace if prepare is reply else AlreadyProcessed
    await leave_one_effect(office, other_office, prepare, refused)
