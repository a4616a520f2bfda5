"""Labels: who keeps a unit's list, who puts one on a case, and when they go."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.opinion import Opinion, OpinionState
from domain.model.queue import QueueView
from domain.model.unit import Unit
from domain.usecases.keep_labels import LIST, REMOVE, SHOW, LabelsPage
from domain.usecases.label_case import PUT_ON, TAKE_OFF, CaseLabels
from domain.usecases.show_queue import LIST as SHOW_LIST
from tests.integration.storage.cast import BINH, CITY, EM, GIANG, HANH, OTHER_WARD, WARD
from tests.integration.usecases.alike import join_alike, two_alike
from tests.integration.usecases.hands import KHANH, OANH, forward, further, hire, opened
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import file_opinion, take

LIGHTS, DRAINS = "Chiếu sáng", "Thoát nước"


async def keep(
    office: Office, name: str = LIGHTS, unit: Unit = WARD, who: Person = HANH
) -> LabelsPage:
    asked = Dialog(who.id, Awaited.LABEL, unit.id)
    return await office.keep_labels.keep_label(actor(who), asked, name, office.cause())


def a_button(office: Office, who: Person, action: str, subject: str, choice: str = "") -> Button:
    until = office.clock.now() + GOOD_FOR
    return Button("b", action, subject, choice, 0, to_person(who.id), until)


async def label_id(office: Office, name: str = LIGHTS) -> str:
    found = office.sql("SELECT id FROM label WHERE name = ?", name)
    return str(found[0][0])


async def put(
    office: Office, opinion: Opinion, name: str = LIGHTS, who: Person = GIANG, action: str = PUT_ON
) -> CaseLabels:
    button = a_button(office, who, action, opinion.id, await label_id(office, name))
    labelling = office.label_case
    act = labelling.put_on if action == PUT_ON else labelling.take_off
    return await act(actor(who), button, office.cause())


async def standing(office: Office, opinion: Opinion) -> list[str]:
    async with office.file.begin() as work:
        return [one.name for one in await work.labels.on(opinion.id)]


async def labelled(office: Office) -> Opinion:
    await keep(office)
    opinion = await file_opinion(office)
    await put(office, opinion)
    return opinion


async def test_labels_of_the_unit_and_of_those_above_are_offered_and_no_others(
    office: Office,
) -> None:
    for name, unit in ((LIGHTS, WARD), (DRAINS, CITY), ("Cầu đường", OTHER_WARD)):
        await keep(office, name, unit)
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    button = await further(office, GIANG, "opinion:label")
    page = await office.label_case.show(actor(GIANG), button, office.cause())

    assert [one.name for one in page.offered] == [LIGHTS, DRAINS]
    with pytest.raises(LostRace, match="gone"):
        await put(office, opinion, "Cầu đường")
    page = await office.label_case.put_on(actor(GIANG), press(page.buttons, PUT_ON), office.cause())
    assert [one.name for one in page.standing] == [LIGHTS]
    page = await office.label_case.take_off(
        actor(GIANG), press(page.buttons, TAKE_OFF), office.cause()
    )
    assert not page.standing


async def test_the_last_of_two_presses_holds_and_both_are_told_what_stands(
    office: Office,
) -> None:
    """Khánh has it in hand; Giang has it open too, with buttons from before."""
    await hire(office, KHANH)
    await keep(office)
    opinion = await take(office, await file_opinion(office))
    told = [
        await put(office, opinion, who=who, action=action)
        for who, action in (
            (KHANH, PUT_ON), (GIANG, PUT_ON), (KHANH, TAKE_OFF), (GIANG, TAKE_OFF), (KHANH, PUT_ON)
        )
    ]  # fmt: skip

    assert [[one.name for one in page.standing] for page in told] == [
        [LIGHTS], [LIGHTS], [], [], [LIGHTS]
    ]  # fmt: skip
    assert await standing(office, opinion) == [LIGHTS]
    acts = "SELECT actor_id, detail FROM audit WHERE action = 'opinion:label' ORDER BY seq"
    assert office.sql(acts) == [(KHANH.id, "on"), (KHANH.id, "off"), (KHANH.id, "on")]


async def test_a_case_has_room_for_five_labels(office: Office) -> None:
    opinion = await file_opinion(office)
    for n in range(6):
        await keep(office, f"Việc {n}")
    for n in range(5):
        await put(office, opinion, f"Việc {n}")

    with pytest.raises(Refusal, match="enough"):
        await put(office, opinion, "Việc 5")
    await put(office, opinion, "Việc 4")


async def test_only_whoever_supervises_the_unit_keeps_its_labels(office: Office) -> None:
    for person in (BINH, GIANG):
        with pytest.raises(Forbidden):
            await keep(office, who=person)
        button = a_button(office, person, LIST, WARD.id)
        with pytest.raises(Forbidden):
            await office.keep_labels.list_labels(actor(person), button, office.cause())


async def test_nobody_labels_a_case_of_a_unit_that_is_not_theirs(office: Office) -> None:
    await hire(office, OANH)
    opinion = await labelled(office)
    for action in (PUT_ON, TAKE_OFF):
        with pytest.raises(Forbidden):
            await put(office, opinion, who=OANH, action=action)

    assert await standing(office, opinion) == [LIGHTS]


async def test_a_removed_label_goes_from_its_cases_and_says_first_how_many(
    office: Office,
) -> None:
    opinion = await labelled(office)
    other = await file_opinion(office)
    await put(office, other)
    show = a_button(office, HANH, SHOW, WARD.id, await label_id(office))
    page = await office.keep_labels.show_label(actor(HANH), show, office.cause())
    assert page.cases == 2
    assert await standing(office, opinion) == [LIGHTS]

    remove = press(page.buttons, REMOVE)
    left, count = await office.keep_labels.remove_label(actor(HANH), remove, office.cause())
    assert (left.labels, count) == ((), 2)
    assert office.sql("SELECT count(*) FROM case_label") == [(0,)]
    with pytest.raises(LostRace, match="gone"):
        await office.keep_labels.show_label(actor(HANH), show, office.cause())


async def test_the_record_says_that_a_label_was_kept_or_put_on_and_not_which(
    office: Office,
) -> None:
    await labelled(office)
    kept = await label_id(office)
    acts = "SELECT actor_id, subject, detail FROM audit WHERE action = 'label:keep'"

    assert office.sql(acts) == [(HANH.id, WARD.id, f"added {kept}")]
    put_on = office.sql("SELECT * FROM audit WHERE action = 'opinion:label'")
    assert kept not in str(put_on)
    assert LIGHTS not in str(office.sql("SELECT * FROM audit"))


async def test_forwarding_drops_the_labels_that_the_new_unit_does_not_know(
    office: Office,
) -> None:
    for name, unit in ((LIGHTS, WARD), (DRAINS, CITY)):
        await keep(office, name, unit)
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    await put(office, opinion)
    await put(office, opinion, DRAINS)
    choose = a_button(office, GIANG, "forward:choose", opinion.id, OTHER_WARD.id)
    preview = await office.forward.preview(actor(GIANG), choose, office.cause())
    assert preview.lost == (LIGHTS,)
    assert await standing(office, opinion) == [LIGHTS, DRAINS]

    await forward(office, opinion)
    assert await standing(office, opinion) == [DRAINS]


async def test_what_is_joined_to_a_forwarded_case_drops_its_labels_too(office: Office) -> None:
    await keep(office)
    opinion, master = await two_alike(office)
    await put(office, opinion)
    await join_alike(office, opinion, master)
    await opened(office, GIANG, master)
    choose = a_button(office, GIANG, "forward:choose", master.id, OTHER_WARD.id)

    assert await standing(office, opinion) == [LIGHTS]
    assert (await office.forward.preview(actor(GIANG), choose, office.cause())).lost == (LIGHTS,)
    await forward(office, master)
    assert await standing(office, opinion) == []


async def test_a_joined_case_keeps_its_own_labels(office: Office) -> None:
    for name in (LIGHTS, DRAINS):
        await keep(office, name)
    opinion, master = await two_alike(office)
    await put(office, opinion)
    await put(office, master, DRAINS)
    await join_alike(office, opinion, master)

    assert [await standing(office, one) for one in (opinion, master)] == [[LIGHTS], [DRAINS]]


async def test_its_resident_gets_nothing_of_a_label_but_reads_it_among_all_that_is_kept(
    office: Office,
) -> None:
    await labelled(office)
    (kept,) = (await office.rights.view_kept(EM)).cases

    assert not any(LIGHTS in call.markup for call in office.gateway.to(EM.chat))
    assert [one.name for one in kept.labels] == [LIGHTS]


async def test_labels_go_with_the_words(office: Office) -> None:
    opinion = await labelled(office)
    async with office.file.begin() as work:
        was = await work.opinions.get(opinion.id)
        now, version = office.clock.now(), was.version + 1
        ended = replace(was, closed_at=now, waits_until=now, version=version)
        await work.opinions.save(replace(ended, state=OpinionState.CLOSED), was)
        await work.commit()
    office.wait(days=121)
    await office.purge.forget_expired()

    assert office.sql("SELECT count(*) FROM case_label") == [(0,)]
    with pytest.raises(LostRace, match="too_late"):
        await put(office, opinion)


async def test_an_erased_case_takes_its_labels_along(office: Office) -> None:
    opinion = await labelled(office)
    async with office.file.begin() as work:
        await work.opinions.erase(await work.opinions.get(opinion.id), office.clock.now())
        await work.commit()

    assert office.sql("SELECT count(*) FROM case_label") == [(0,)]
    with pytest.raises(LostRace, match="erased"):
        await put(office, opinion)


async def test_whoever_opens_the_case_reads_its_labels_and_no_card_shows_them(
    office: Office,
) -> None:
    opinion = await labelled(office)
    await opened(office, GIANG, opinion)
    shown = [call for call in office.gateway.calls if LIGHTS in call.markup]

    assert {call.chat for call in shown} == {private(GIANG)}


async def test_a_view_whose_label_was_removed_says_so(office: Office) -> None:
    await labelled(office)
    view = QueueView(label_id=await label_id(office))
    button = a_button(office, GIANG, SHOW_LIST, "", view.written)
    assert len((await office.queue.turn(actor(GIANG), button, office.cause())).entries) == 1
    await office.queue.keep_view(actor(GIANG), button, office.cause())
    show = a_button(office, HANH, SHOW, WARD.id, view.label_id)
    page = await office.keep_labels.show_label(actor(HANH), show, office.cause())
    remove = press(page.buttons, REMOVE)
    await office.keep_labels.remove_label(actor(HANH), remove, office.cause())

    with pytest.raises(LostRace, match="gone_from_view"):
        await office.queue.turn(actor(GIANG), button, office.cause())
    kept = await office.queue.list_views(actor(GIANG), office.cause())
    assert (kept.views, kept.labels) == ((view,), {})
