"""Chi has every staff role in the commune next door, and may do nothing here."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.access import STAFF_ROLES, Actor, Grant
from domain.model.bulletin import Field
from domain.model.delivery import Unknown
from tests.integration.storage.cast import (
    AN,
    BINH,
    CHI,
    EM,
    GIANG,
    GROUP,
    OTHER_WARD,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import (
    answer,
    approve,
    file_opinion,
    review_button,
    submit,
    take,
    write,
    write_answer,
)

NEIGHBOUR = Actor(CHI.id, tuple(Grant(role, OTHER_WARD.id) for role in sorted(STAFF_ROLES)))
Act = Callable[[Office], Awaitable[object]]


async def change_a_draft(office: Office) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Forbidden):
        await office.compose.change_draft(NEIGHBOUR, bulletin_id, office.cause(), text="Khác.")


async def read_a_draft(office: Office) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Forbidden):
        await office.compose.preview_bulletin(NEIGHBOUR, bulletin_id, office.cause())


async def ask_about_a_draft(office: Office) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Forbidden):
        await office.compose.ask_field(NEIGHBOUR, bulletin_id, "text", office.cause())


async def discard_a_draft(office: Office) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Forbidden):
        await office.compose.discard_bulletin(NEIGHBOUR, bulletin_id, office.cause())


async def submit_a_draft(office: Office) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Forbidden):
        await office.submit.submit_bulletin(NEIGHBOUR, bulletin_id, office.cause())


async def approve_a_bulletin(office: Office) -> None:
    await submit(office)
    button = await review_button(office)
    with pytest.raises(Forbidden):
        await office.review.approve_bulletin(NEIGHBOUR, button, office.cause())


async def ask_to_return_a_bulletin(office: Office) -> None:
    await submit(office)
    button = await review_button(office, "bulletin:return")
    with pytest.raises(Forbidden):
        await office.review.ask_reason(NEIGHBOUR, button, office.cause())


async def return_a_bulletin(office: Office) -> None:
    revision_id = (await submit(office)).frozen.revision.id
    with pytest.raises(Forbidden):
        await office.review.return_bulletin(NEIGHBOUR, revision_id, "Vì sao?", office.cause())


async def stop_a_bulletin(office: Office) -> None:
    broadcast = await approve(office)
    with pytest.raises(Forbidden):
        await office.release.stop_bulletin(NEIGHBOUR, broadcast.bulletin_id, office.cause())


async def resume_a_bulletin(office: Office) -> None:
    broadcast = await approve(office)
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    with pytest.raises(Forbidden):
        await office.resume.resume_bulletin(NEIGHBOUR, broadcast.bulletin_id, office.cause())


async def ask_to_withdraw_a_bulletin(office: Office) -> None:
    broadcast = await approve(office)
    with pytest.raises(Forbidden):
        await office.withdraw.ask(NEIGHBOUR, broadcast.bulletin_id, office.cause())


async def withdraw_a_bulletin(office: Office) -> None:
    bulletin_id = (await approve(office)).bulletin_id
    with pytest.raises(Forbidden):
        await office.withdraw.withdraw_bulletin(NEIGHBOUR, bulletin_id, office.cause())


async def settle_a_send(office: Office) -> None:
    office.gateway.will(GROUP.address.chat, Unknown("reset"))
    await approve(office)
    await office.go_round()
    button = await office.button(private(AN), "delivery:settle")
    with pytest.raises(Forbidden):
        await office.release.settle_uncertain(NEIGHBOUR, button, office.cause())


async def open_a_case(office: Office) -> None:
    opinion = await file_opinion(office)
    with pytest.raises(Forbidden):
        await office.triage.open_case(NEIGHBOUR, opinion.id, office.cause())


async def take_a_case(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:take")
    with pytest.raises(Forbidden):
        await office.triage.take_case(NEIGHBOUR, button, office.cause())


async def ask_for_an_answer(office: Office) -> None:
    await take(office, await file_opinion(office))
    button = await office.button(private(GIANG), "opinion:answer")
    with pytest.raises(Forbidden):
        await office.answer.ask_answer(NEIGHBOUR, button, office.cause())


async def write_an_answer(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    with pytest.raises(Forbidden):
        await office.answer.preview_answer(NEIGHBOUR, opinion.id, "Xong.", office.cause())


async def send_an_answer(office: Office) -> None:
    button = await write_answer(office, await take(office, await file_opinion(office)))
    with pytest.raises(Forbidden):
        await office.answer.send_answer(NEIGHBOUR, button, office.cause())


async def settle_a_letter(office: Office) -> None:
    office.gateway.will(EM.chat, Unknown("reset"))
    await file_opinion(office)
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    with pytest.raises(Forbidden):
        await office.answer.settle_letter(NEIGHBOUR, button, office.cause())


async def close_a_case(office: Office) -> None:
    opinion = await answer(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:close")
    with pytest.raises(Forbidden):
        await office.triage.close_case(NEIGHBOUR, button, office.cause())


FORBIDDEN: list[Act] = [
    change_a_draft,
    read_a_draft,
    ask_about_a_draft,
    discard_a_draft,
    submit_a_draft,
    approve_a_bulletin,
    ask_to_return_a_bulletin,
    return_a_bulletin,
    stop_a_bulletin,
    resume_a_bulletin,
    ask_to_withdraw_a_bulletin,
    withdraw_a_bulletin,
    settle_a_send,
    open_a_case,
    take_a_case,
    ask_for_an_answer,
    write_an_answer,
    send_an_answer,
    settle_a_letter,
    close_a_case,
]


@pytest.mark.parametrize("act", FORBIDDEN, ids=lambda act: act.__name__)
async def test_chi_may_not(office: Office, act: Act) -> None:
    await act(office)

    assert [entry for entry in await office.record() if entry.event.actor_id == CHI.id] == []


async def test_chi_sees_nothing_of_it(office: Office) -> None:
    await file_opinion(office)
    await submit(office)

    assert (await office.queue.begin(NEIGHBOUR, "")).entries == ()
    assert await office.review.list_waiting(NEIGHBOUR) == ()
    assert (await office.plan.show_week(NEIGHBOUR)).entries == ()


async def test_chi_is_sent_nothing(office: Office) -> None:
    await answer(office)
    await approve(office)
    await office.go_round()

    assert office.gateway.to(private(CHI)) == []


async def test_an_audience_next_door_is_refused(office: Office) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Exception, match="audience_outside"):
        await office.compose.change_draft(
            actor(AN), bulletin_id, office.cause(), audience_unit_id=OTHER_WARD.id
        )


async def test_another_author_of_the_same_ward_does_not_write_ans_draft(office: Office) -> None:
    bulletin_id = await write(office)
    colleague = replace(actor(AN), id=BINH.id)

    with pytest.raises(Forbidden) as refused:
        await office.compose.change_draft(
            colleague, bulletin_id, office.cause(), field=Field.HEALTH
        )
    assert refused.value.key == "compose.not_yours"


async def test_a_colleague_does_not_answer_giangs_case(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    colleague = replace(actor(GIANG), id=BINH.id)

    with pytest.raises(LostRace) as refused:
        await office.answer.preview_answer(colleague, opinion.id, "Xong.", office.cause())
    assert refused.value.key == "triage.taken_by_another"
    assert WARD.id in [grant.unit_id for grant in colleague.grants]
