"""An update whose process died is handled again, and has one effect.

Each act is done once, cleanly, in one office. In another the process dies just before its
commit; the same update comes again, and it dies just after it; then the update comes a third
time. Both offices then hold the same.
"""

from collections.abc import Awaitable, Callable

import pytest

from domain.errors import AlreadyProcessed, LostRace
from domain.model.access import OPERATOR, Role
from domain.model.bulletin import Field
from domain.model.button import Button
from domain.model.chat import Address
from domain.model.delivery import Unknown
from domain.model.heard import Bearing
from domain.model.opinion_voice import DraftVoice
from domain.ports import Cause
from domain.usecases.choose_language import ChooseLanguage
from domain.usecases.visit import Visit
from tests.integration.storage.cast import AN, BINH, BOT, EM, GIANG, GROUP, HANH, STAFF_GROUP, WARD
from tests.integration.usecases.communicators import (
    DUNG,
    RUBBISH,
    agreed,
    join,
    told,
    visit_by,
)
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.media import add_photo, add_voice
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.sessions import ASKED, DUNG_ACTS, ask, fill
from tests.integration.usecases.story import (
    LAMP,
    MENDED,
    TIDE,
    answer,
    approve,
    confirm_step,
    file_opinion,
    left_open,
    review_button,
    submit,
    take,
    write,
    write_answer,
)
from tests.integration.usecases.test_invites_of_the_listed import accept, invite, listed
from tests.integration.usecases.test_keep_people import move_button
from tests.integration.usecases.voices import agreed as agreed_by_voice
from tests.integration.usecases.voices import asked, at_the_last_look, attach

Act = Callable[[Cause], Awaitable[object]]
Prepare = Callable[[Office], Awaitable[Act]]
HAMLET = Address("telegram", BOT, "-1009", is_group=True)


def by_em(office: Office, act: Callable[[Visit], Awaitable[object]]) -> Act:
    async def visiting(cause: Cause) -> object:
        return await act(await office.visit_of(cause))

    return visiting


async def start_a_bulletin(office: Office) -> Act:
    return lambda cause: office.compose.start_bulletin(actor(AN), cause)


async def change_a_draft(office: Office) -> Act:
    bulletin_id = await write(office)
    return lambda cause: office.compose.change_draft(actor(AN), bulletin_id, cause, text="Khác.")


async def change_a_draft_by_button(office: Office) -> Act:
    bulletin_id = (await office.compose.start_bulletin(actor(AN))).draft.bulletin_id
    preview = await office.compose.change_draft(
        actor(AN), bulletin_id, None, title="Triều cường", text=TIDE
    )
    button = press(preview.buttons, "compose:field", Field.HEALTH)
    return lambda cause: office.compose.change_by_button(
        actor(AN), button, cause, field=Field.HEALTH
    )


async def submit_by_button(office: Office) -> Act:
    preview = await office.compose.preview_bulletin(actor(AN), await write(office))
    button = press(preview.buttons, "compose:submit")
    return lambda cause: office.submit.submit_by_button(actor(AN), button, cause)


async def edit_what_was_approved(office: Office) -> Act:
    bulletin_id = (await approve(office)).bulletin_id
    return lambda cause: office.compose.change_draft(actor(AN), bulletin_id, cause, text="Khác.")


async def discard_a_bulletin(office: Office) -> Act:
    bulletin_id = await write(office)
    return lambda cause: office.compose.discard_bulletin(actor(AN), bulletin_id, cause)


async def submit_a_bulletin(office: Office) -> Act:
    bulletin_id = await write(office)
    return lambda cause: office.submit.submit_bulletin(actor(AN), bulletin_id, cause)


async def approve_a_bulletin(office: Office) -> Act:
    await submit(office)
    button = await review_button(office)
    return lambda cause: office.review.approve_bulletin(actor(BINH), button, cause)


async def return_a_bulletin(office: Office) -> Act:
    revision = (await submit(office)).frozen.revision.id
    return lambda cause: office.review.return_bulletin(actor(BINH), revision, "Sai giờ.", cause)


async def stop_a_bulletin(office: Office) -> Act:
    bulletin_id = (await approve(office)).bulletin_id
    await office.let_go()
    return lambda cause: office.release.stop_bulletin(actor(AN), bulletin_id, cause)


async def resume_a_bulletin(office: Office) -> Act:
    bulletin_id = (await approve(office)).bulletin_id
    await office.let_go()
    await office.release.stop_bulletin(actor(AN), bulletin_id, office.cause())
    return lambda cause: office.resume.resume_bulletin(actor(AN), bulletin_id, cause)


async def withdraw_a_bulletin(office: Office) -> Act:
    bulletin_id = (await approve(office)).bulletin_id
    await office.go_round()
    return lambda cause: office.withdraw.withdraw_bulletin(actor(AN), bulletin_id, cause)


async def send_again(office: Office) -> Act:
    office.gateway.will(GROUP.address.chat, Unknown("reset"))
    await approve(office)
    await office.go_round()
    button = await office.button(private(AN), "delivery:settle", "again")
    return lambda cause: office.release.settle_uncertain(actor(AN), button, cause)


async def write_in(office: Office) -> Act:
    words = message(LAMP)
    return by_em(office, lambda visit: office.receive.begin_opinion(visit, words=words))


async def write_more(office: Office) -> Act:
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    words = message("Hẻm rất tối.")
    return by_em(office, lambda visit: office.receive.begin_opinion(visit, words=words))


async def agree(office: Office) -> Act:
    button = press(await written(office), "intake:agree")
    return by_em(office, lambda visit: office.receive.agree(visit, button))


async def offer_a_recording(office: Office) -> Act:
    return by_em(office, lambda visit: attach(office).offer(visit, DraftVoice(9, "v", 45)))


async def agree_to_a_recording(office: Office) -> Act:
    button = press((await asked(office, LAMP)).buttons, "voice:agree")
    return by_em(office, lambda visit: attach(office).agree(visit, button))


async def leave_a_recording_out(office: Office) -> Act:
    intake = await at_the_last_look(office, await agreed_by_voice(office, LAMP))
    button = press(intake.buttons, "voice:remove")
    return by_em(office, lambda visit: attach(office).leave_out(visit, button))


async def decline(office: Office) -> Act:
    button = press(await written(office), "intake:decline")
    return by_em(office, lambda visit: office.receive.cancel_draft(visit, button))


async def choose_a_language(office: Office) -> Act:
    button = press(await written(office), "language:choose", "km")
    return by_em(office, lambda visit: ChooseLanguage(office.receive).choose(visit, button))


async def written(office: Office) -> tuple[Button, ...]:
    return (await office.receive.begin_opinion(await office.visit(), words=message(LAMP))).buttons


async def choose_a_place(office: Office) -> Act:
    button = press(await written(office), "intake:agree")
    agreed = await office.receive.agree(await office.visit(), button)
    button = press((await left_open(office, agreed)).buttons, "intake:unit", WARD.id)
    return by_em(office, lambda visit: office.receive.choose_unit(visit, button))


async def say_what_it_is(office: Office) -> Act:
    button = press(await written(office), "intake:agree")
    agreed = await office.receive.agree(await office.visit(), button)
    button = press(agreed.buttons, "intake:kind", "phan_anh")
    return by_em(office, lambda visit: office.describe_opinion.choose(visit, button))


async def go_a_step_back(office: Office) -> Act:
    button = press((await confirm_step(office)).buttons, "intake:back")
    return by_em(office, lambda visit: office.describe_opinion.go_back(visit, button))


async def mark_it_urgent(office: Office) -> Act:
    button = press((await confirm_step(office)).buttons, "intake:urgent")
    return by_em(office, lambda visit: office.describe_opinion.mark_urgent(visit, button))


async def turn_out_to_be_a_complaint(office: Office) -> Act:
    button = press(await written(office), "intake:agree")
    agreed = await office.receive.agree(await office.visit(), button)
    button = press(agreed.buttons, "intake:formal", "khieu_nai")
    return by_em(office, lambda visit: office.describe_opinion.lead_elsewhere(visit, button))


async def rewrite(office: Office) -> Act:
    button = press((await confirm_step(office)).buttons, "intake:rewrite")
    return by_em(office, lambda visit: office.receive.rewrite(visit, button))


async def file_an_opinion(office: Office) -> Act:
    button = press((await confirm_step(office)).buttons, "intake:file")
    return by_em(office, lambda visit: office.receive.file_opinion(visit, button))


async def open_a_case(office: Office) -> Act:
    opinion = await file_opinion(office)
    return lambda cause: office.triage.open_case(actor(GIANG), opinion.id, cause)


async def take_a_case(office: Office) -> Act:
    opinion = await file_opinion(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:take")
    return lambda cause: office.triage.take_case(actor(GIANG), button, cause)


async def write_an_answer(office: Office) -> Act:
    opinion = await take(office, await file_opinion(office))
    return lambda cause: office.answer.preview_answer(actor(GIANG), opinion.id, MENDED, cause)


async def send_an_answer(office: Office) -> Act:
    button = await write_answer(office, await take(office, await file_opinion(office)))
    return lambda cause: office.answer.send_answer(actor(GIANG), button, cause)


async def let_a_letter_go_again(office: Office) -> Act:
    office.gateway.will(EM.chat, Unknown("reset"))
    await file_opinion(office)
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    return lambda cause: office.answer.settle_letter(actor(GIANG), button, cause)


async def call_it_unsolved(office: Office) -> Act:
    await answer(office)
    await office.send_all()
    button = await office.button(EM.chat, "opinion:settle", "not_solved")
    return lambda cause: office.follow.settle_case(button, cause)


async def erase_a_case(office: Office) -> Act:
    code = (await answer(office)).code
    return lambda cause: office.follow.erase_case(code, cause)


async def take_consent_back(office: Office) -> Act:
    await confirm_step(office)
    return lambda cause: office.rights.withdraw_consent(EM, cause)


async def accept_an_invite(office: Office) -> Act:
    token = await office.access.invite_person(OPERATOR, WARD.code, "Lan", Role.TRIAGER)
    return lambda cause: office.access.accept_invite("telegram:201", token, cause)


async def confirm_somebody(office: Office) -> Act:
    await (await accept_an_invite(office))(office.cause())
    await office.send_all()
    button = await office.button(private(HANH), "person:confirm", "yes")
    return lambda cause: office.access.confirm_person(actor(HANH), button, cause)


async def confirm_somebody_listed(office: Office) -> Act:
    await listed(office)
    await accept(office, await invite(office))
    await office.send_all()
    button = await office.button(private(HANH), "person:confirm", "yes")
    return lambda cause: office.access.confirm_person(actor(HANH), button, cause)


async def move_somebody(office: Office) -> Act:
    button = await move_button(office)
    return lambda cause: office.staff.decide(actor(HANH), button, cause)


async def propose_a_group(office: Office) -> Act:
    return lambda cause: office.binding.propose_group(actor(HANH), HAMLET, "Ấp 1", cause)


async def bind_a_group(office: Office) -> Act:
    places = (await office.binding.propose_group(actor(HANH), HAMLET, "Ấp 1")).buttons
    place = press(places, "bind:unit", WARD.id)
    purposes = await office.binding.choose_unit(actor(HANH), place)
    await office.binding.choose_purpose(actor(HANH), press(purposes, "bind:purpose", "residents"))
    return lambda cause: office.binding.record_decision(actor(HANH), "Họp dân.", cause)


async def see_the_morning(office: Office) -> Act:
    await join(office, DUNG)
    await approve(office)
    return lambda cause: office.morning.show(actor(DUNG), cause)


async def open_a_morning_bulletin(office: Office) -> Act:
    await see_the_morning(office)
    button = press((await office.morning.show(actor(DUNG))).buttons, "morning:open")
    return lambda cause: office.morning.open(actor(DUNG), button, cause)


async def say_that_it_is_read(office: Office) -> Act:
    await see_the_morning(office)
    button = press((await office.morning.show(actor(DUNG))).buttons, "morning:read")
    return lambda cause: office.morning.mark_read(actor(DUNG), button, cause)


async def choose_the_hour_of_the_card(office: Office) -> Act:
    await join(office, DUNG)
    button = press((await office.morning.ask_hour(actor(DUNG))).buttons, "morning:at", "06:00")
    return lambda cause: office.morning.choose(actor(DUNG), button, cause)


async def log_a_session(office: Office) -> Act:
    await join(office, DUNG)
    return lambda cause: office.log_session.start_session(DUNG_ACTS, cause)


async def answer_a_field(office: Office) -> Act:
    await join(office, DUNG)
    session_id = (await fill(office)).session.id
    return lambda cause: office.fill_session.answer_field(
        DUNG_ACTS, session_id, "people", "50", cause
    )


async def raise_a_question(office: Office) -> Act:
    await join(office, DUNG)
    session_id = (await fill(office)).session.id
    return lambda cause: office.fill_session.add_question(DUNG_ACTS, session_id, ASKED, cause)


async def add_a_fourth_photo(office: Office) -> Act:
    await join(office, DUNG)
    screen = await fill(office)
    for _ in range(3):
        screen = await add_photo(office, screen)
    session_id = screen.session.id
    return lambda cause: office.attach_media.add_photo(DUNG_ACTS, session_id, "f", "", cause)


async def add_a_voice_note(office: Office) -> Act:
    await join(office, DUNG)
    session_id = (await add_voice(office, await fill(office))).session.id
    return lambda cause: office.attach_media.add_voice(DUNG_ACTS, session_id, "v", "", cause)


async def take_a_photo_away(office: Office) -> Act:
    await join(office, DUNG)
    screen = await add_photo(office, await fill(office), asked="photos")
    button = press(screen.buttons, "session:remove")
    return lambda cause: office.attach_media.remove(DUNG_ACTS, button, cause)


async def change_the_form(office: Office) -> Act:
    return lambda cause: office.change_form.add_field(actor(HANH), "Ai chủ trì?", cause)


async def hand_a_session_in(office: Office) -> Act:
    await join(office, DUNG)
    button = press((await ask(office, await fill(office))).buttons, "session:submit")
    return lambda cause: office.submit_session.submit_session(DUNG_ACTS, button, cause)


def by_dung(office: Office, act: Callable[[Visit], Awaitable[object]]) -> Act:
    async def visiting(cause: Cause) -> object:
        return await act(await visit_by(office, DUNG, cause))

    return visiting


async def begin_what_was_heard(office: Office) -> Act:
    await join(office, DUNG)
    words = message(RUBBISH)
    return by_dung(office, lambda visit: office.hear.begin(visit, words))


async def choose_what_was_heard(office: Office) -> Act:
    await join(office, DUNG)
    button = press((await agreed(office, DUNG)).buttons, "heard:bearing", Bearing.UNNAMED)
    return by_dung(office, lambda visit: office.hear.choose(visit, button))


async def file_what_was_heard(office: Office) -> Act:
    await join(office, DUNG)
    button = press((await told(office, DUNG, Bearing.NAMED)).buttons, "heard:file")
    return by_dung(office, lambda visit: office.hear.file(visit, actor(DUNG), button))


async def file_it_without_a_name(office: Office) -> Act:
    await join(office, DUNG)
    button = press((await told(office, DUNG, Bearing.UNNAMED)).buttons, "heard:file")
    return by_dung(office, lambda visit: office.hear.file(visit, actor(DUNG), button))


FILING = (file_an_opinion, file_what_was_heard, file_it_without_a_name)

PLACES: list[Prepare] = [
    log_a_session,
    answer_a_field,
    raise_a_question,
    add_a_fourth_photo,
    add_a_voice_note,
    take_a_photo_away,
    change_the_form,
    hand_a_session_in,
    start_a_bulletin,
    change_a_draft,
    change_a_draft_by_button,
    submit_by_button,
    edit_what_was_approved,
    discard_a_bulletin,
    submit_a_bulletin,
    approve_a_bulletin,
    return_a_bulletin,
    stop_a_bulletin,
    resume_a_bulletin,
    withdraw_a_bulletin,
    send_again,
    write_in,
    write_more,
    offer_a_recording,
    agree_to_a_recording,
    leave_a_recording_out,
    agree,
    decline,
    choose_a_language,
    choose_a_place,
    say_what_it_is,
    go_a_step_back,
    mark_it_urgent,
    turn_out_to_be_a_complaint,
    rewrite,
    file_an_opinion,
    open_a_case,
    take_a_case,
    write_an_answer,
    send_an_answer,
    let_a_letter_go_again,
    call_it_unsolved,
    erase_a_case,
    take_consent_back,
    accept_an_invite,
    confirm_somebody,
    confirm_somebody_listed,
    move_somebody,
    propose_a_group,
    bind_a_group,
    see_the_morning,
    open_a_morning_bulletin,
    say_that_it_is_read,
    choose_the_hour_of_the_card,
    begin_what_was_heard,
    choose_what_was_heard,
    file_what_was_heard,
    file_it_without_a_name,
]


SHOWN = {
    "outbox": "origin_kind, destination, state, attempt",
    "opinion": "text, state, version, owner_id, bearer_id",
    "bulletin": "state, revision",
    "read_count": "unit_id, readers",
    "session_media": "kind, number, content",
}


async def footprint(office: Office) -> dict[str, object]:
    """What an office holds: rows of each table, states, and what Em has said so far."""
    held: dict[str, object] = {}
    for which in ("main", "vault"):
        for name in office.databases.tables(which):
            held[f"{which}.{name}"] = office.sql(f"SELECT count(*) FROM {name}", which=which)
    for name, columns in SHOWN.items():
        # In no order but their own: a database gives rows as it likes.
        held[name] = sorted(office.sql(f"SELECT {columns} FROM {name}"), key=str)
    held["record"] = [(e.event.actor_id, e.event.action) for e in await office.record()]
    draft = (await office.known()).draft
    held["draft"] = draft and (draft.step, draft.text, draft.unit_id, draft.version)
    held["resident"] = (await office.known()).resident
    return held


async def die_in(office: Office, act: Act, cause: Cause, after: bool) -> None:
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await act(cause)
    office.crashing = None


async def leave_one_effect(
    office: Office,
    other_office: Office,
    prepare: Prepare,
    refused: type[Exception] = AlreadyProcessed,
) -> None:
    """However the process dies around its commit, an update leaves what it leaves undisturbed."""
    await (await prepare(office))(office.cause())

    act, cause = await prepare(other_office), other_office.cause()
    await die_in(other_office, act, cause, after=False)
    await die_in(other_office, act, cause, after=True)
    with pytest.raises(refused):
        await act(cause)

    assert await footprint(other_office) == await footprint(office)


@pytest.mark.parametrize("prepare", PLACES, ids=lambda prepare: prepare.__name__)
async def test_one_update_has_one_effect(
    office: Office, other_office: Office, prepare: Prepare
) -> None:
    # A draft that was filed is cleared away first, and then no longer there.
    refused = LostRace if prepare in FILING else AlreadyProcessed
    await leave_one_effect(office, other_office, prepare, refused)
