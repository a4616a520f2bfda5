"""What is done about a conference has one effect, though a process died in the middle.

As in test_replay.py: once cleanly in one office, in the other with a death before the commit and
one after it.
"""

from datetime import timedelta

import pytest

from domain.errors import AlreadyProcessed
from domain.usecases.conference_screen import CALL, CHANGE, CHOOSE, MARK
from tests.integration.usecases.communicators import DUNG, KIM, join
from tests.integration.usecases.conferences import (
    HANH_ACTS,
    START,
    begin,
    call,
    code,
    prepare,
    to_answer,
    to_mark,
    to_send,
)
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.test_attend_conference import other_than
from tests.integration.usecases.test_replay import Act, Prepare, die_in, leave_one_effect


async def prepare_one(office: Office) -> Act:
    view = await begin(office)
    about = (HANH_ACTS, view.conference.id, "kind", "Hội nghị")
    return lambda cause: office.call_conference.say(*about, cause)


async def choose_its_kind(office: Office) -> Act:
    button = press((await begin(office)).buttons, CHOOSE, "kind:tap_huan")
    return lambda cause: office.call_conference.choose(HANH_ACTS, button, cause)


async def call_people(office: Office) -> Act:
    await join(office, DUNG, KIM)
    button = press((await prepare(office)).buttons, CALL)
    return lambda cause: office.call_conference.call(HANH_ACTS, button, cause)


async def answer_it(office: Office) -> Act:
    await join(office, DUNG)
    await call(office)
    button = await to_answer(office, DUNG, "yes")
    return lambda cause: office.invitations.answer(actor(DUNG), button, cause)


async def move_it(office: Office) -> Act:
    await join(office, DUNG)
    one = await call(office)
    proposal = await office.change_conference.propose(HANH_ACTS, one.id, "move_start", "28/11 8h")
    button = press(proposal.buttons, CHANGE)
    return lambda cause: office.change_conference.change(HANH_ACTS, button, cause)


async def cancel_it(office: Office) -> Act:
    await join(office, DUNG)
    one = await call(office)
    asked = await office.call_conference.list_conferences(HANH_ACTS)
    proposal = await office.change_conference.ask_cancel(HANH_ACTS, asked.buttons[0])
    assert proposal.conference.id == one.id
    return lambda cause: office.change_conference.cancel(HANH_ACTS, proposal.buttons[0], cause)


async def be_there(office: Office) -> Act:
    await join(office, DUNG)
    one = await call(office)
    office.clock.moment = START
    shown = (await code(office, one)).code
    return lambda cause: office.attend.check_in(actor(DUNG), shown, cause)


async def type_a_wrong_code(office: Office) -> Act:
    await join(office, DUNG)
    one = await call(office)
    office.clock.moment = START
    wrong = other_than((await code(office, one)).code)
    return lambda cause: office.attend.check_in(actor(DUNG), wrong, cause)


async def mark_somebody(office: Office) -> Act:
    await join(office, DUNG)
    one = await call(office)
    office.clock.moment = START
    button = press(await to_mark(office, one, "dung"), MARK)
    return lambda cause: office.attend.mark(HANH_ACTS, button, cause)


async def send_the_material(office: Office) -> Act:
    await join(office, DUNG, KIM)
    one = await call(office)
    office.clock.moment = START + timedelta(hours=3)
    button = await to_send(office, one, "Bài giảng: https://cantho.gov.vn/bai")
    return lambda cause: office.send_conference_note.send(HANH_ACTS, button, cause)


PLACES: list[Prepare] = [
    prepare_one,
    choose_its_kind,
    call_people,
    answer_it,
    move_it,
    cancel_it,
    be_there,
    mark_somebody,
    send_the_material,
]
HELD = "SELECT state, version, asked, place FROM conference"
GUESTS = "SELECT person_id, invited, reply, came FROM conference_guest ORDER BY person_id"


@pytest.mark.parametrize("prepare", PLACES, ids=lambda prepare: prepare.__name__)
async def test_one_update_has_one_effect(
    office: Office, other_office: Office, prepare: Prepare
) -> None:
    await leave_one_effect(office, other_office, prepare)
    assert other_office.sql(HELD) == office.sql(HELD)
    assert other_office.sql(GUESTS) == office.sql(GUESTS)


async def test_a_wrong_code_that_is_replayed_is_one_try(office: Office) -> None:
    act, cause = await type_a_wrong_code(office), office.cause()
    await die_in(office, act, cause, after=False)
    await die_in(office, act, cause, after=True)
    with pytest.raises(AlreadyProcessed):
        await act(cause)

    assert office.sql("SELECT count FROM wrong_code") == [(1,)]
