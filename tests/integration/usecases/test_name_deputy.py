"""Somebody stands in for another, from one day to another: with their rights, and never beyond."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.clock import LOCAL_ZONE
from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Actor, Grant, Permission, Person, Role
from domain.model.bulletin import BulletinClass, Field
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.unit import Unit
from domain.usecases.name_deputy import END, LIST, PEOPLE, PLACES, TERM, DeputyPage
from domain.usecases.show_plan import OPEN
from domain.usecases.watch_plan import WatchPlan
from tests.databases import REFUSED
from tests.integration.storage.cast import AN, BINH, CITY, GIANG, HANH, WARD
from tests.integration.usecases.communicators import join
from tests.integration.usecases.materials import submit as submit_material
from tests.integration.usecases.materials import written
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, TIDE, file_opinion, submit
from tests.integration.usecases.test_review_rules import set_rule

LAN = Person("lan", "Lan", "telegram:130", (Grant(Role.AUTHOR, CITY.id),))
KHOA = Person("khoa", "Khoa", "telegram:131", (Grant(Role.APPROVER, CITY.id),))
LAN_OF_THE_WARD = Person("lan", "Lan", "telegram:130", (Grant(Role.AUTHOR, WARD.id),))


def opened(office: Office, action: str, unit_id: str) -> Button:
    """Hạnh's own button on a unit's page."""
    until = office.clock.now() + GOOD_FOR
    return Button(office.ids.new(), action, unit_id, "0", 1, to_person(HANH.id), until)


async def listed(office: Office, who: Actor, unit: Unit = CITY) -> DeputyPage:
    return await office.deputies.list_deputies(who, opened(office, LIST, unit.id), office.cause())


async def term_asked(office: Office, deputy: Person, holder: Person, role: Role) -> DeputyPage:
    """Hạnh walks from the unit's page to the question from when to when."""
    use, unit = office.deputies, holder.grants[0].unit_id
    places = await use.ask_place(actor(HANH), opened(office, PLACES, unit), office.cause())
    chosen = press(places.buttons, PEOPLE, f"{role}:{holder.id}@{unit}")
    people = await use.ask_person(actor(HANH), chosen, office.cause())
    named = press(people.buttons, TERM, deputy.id)
    return await use.ask_term(actor(HANH), named, office.cause())


async def name(
    office: Office,
    typed: str = "20/11 - 27/11",
    deputy: Person = LAN,
    holder: Person = BINH,
    role: Role = Role.APPROVER,
) -> DeputyPage:
    await term_asked(office, deputy, holder, role)
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(HANH.id)
    assert dialog is not None
    page = await office.deputies.name_by_words(actor(HANH), dialog, typed, office.cause())
    await office.send_all()
    return page


async def today(office: Office, person: Person) -> Actor:
    """Whoever it is as they stand in the file today."""
    async with office.file.begin() as work:
        found = await work.people.get(person.id)
    return found.actor_on(office.clock.now().astimezone(LOCAL_ZONE).date())


async def test_both_are_told_who_stands_in_until_when(office: Office) -> None:
    await join(office, LAN)
    page = await name(office)

    assert [(one.person.id, one.holder.id) for one in page.deputies] == [("lan", "binh")]
    assert "thay <b>Bình</b>" in office.gateway.to(private(LAN))[-1].markup
    assert "<b>Lan</b> được ủy quyền thay" in office.gateway.to(private(BINH))[-1].markup


async def test_a_deputy_gets_the_cards_and_approves_and_the_record_says_as_whose(
    office: Office,
) -> None:
    await join(office, LAN)
    await name(office)
    assert (await submit(office)).approvers == ("Bình", "Lan")
    await office.send_all()
    button = await office.button(private(LAN), "bulletin:approve")
    await office.review.approve_bulletin(await today(office, LAN), button, office.cause())
    entry = (await office.record())[-1].event

    assert (entry.actor_id, entry.action) == ("lan", "bulletin:approve")
    assert entry.detail.endswith(" deputy_of=binh")


async def test_before_and_after_its_days_a_deputy_is_none(office: Office) -> None:
    await join(office, LAN)
    await name(office, "22/11 - 24/11")
    for days, approvers in ((0, ("Bình",)), (2, ("Bình", "Lan")), (3, ("Bình",))):
        office.wait(days=days)
        assert (await submit(office)).approvers == approvers
        may = (await today(office, LAN)).units_for(Permission.BULLETIN_APPROVE)
        assert bool(may) == ("Lan" in approvers)


async def test_it_can_be_ended_early_and_both_are_told(office: Office) -> None:
    await join(office, LAN)
    page = await name(office)
    button = next(one for one in page.buttons if one.action == END)
    page = await office.deputies.end_early(actor(HANH), button, office.cause())
    await office.send_all()

    assert page.deputies == ()
    for person in (LAN, BINH):
        assert "kết thúc sớm" in office.gateway.to(private(person))[-1].markup
    assert (await submit(office)).approvers == ("Bình",)
    with pytest.raises(LostRace):
        await office.deputies.end_early(actor(HANH), button, office.cause())


async def test_a_deputy_does_not_approve_what_they_wrote(office: Office) -> None:
    await join(office, LAN)
    await name(office)
    lan = await today(office, LAN)
    draft = (await office.compose.start_bulletin(lan, office.cause())).draft
    await office.compose.change_draft(
        lan,
        draft.bulletin_id,
        office.cause(),
        title="Triều cường",
        text=TIDE,
        field=Field.OTHER,
        source="CV 1",
        issuing_body="UBND",
    )
    submission = await office.submit.submit_bulletin(lan, draft.bulletin_id, office.cause())
    await office.send_all()
    button = await office.button(private(BINH), "bulletin:approve")

    assert submission.approvers == ("Bình",)
    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(lan, button, office.cause())
    assert refused.value.key == "review.self_approval"


async def test_nobody_approves_in_the_place_of_its_author(office: Office) -> None:
    await join(office, LAN)
    async with office.file.begin() as work:
        await work.people.grant(AN.id, Role.APPROVER, CITY.id)
        await work.commit()
    await name(office, holder=replace(AN, grants=(Grant(Role.APPROVER, CITY.id),)))
    submission = await submit(office)
    await office.send_all()
    button = await office.button(private(BINH), "bulletin:approve")

    assert submission.approvers == ("Bình",)
    with pytest.raises(Refusal, match=r"review\.in_their_stead"):
        await office.review.approve_bulletin(await today(office, LAN), button, office.cause())
    await office.review.approve_bulletin(actor(BINH), button, office.cause())


async def test_nobody_is_asked_about_material_in_the_place_of_its_author(office: Office) -> None:
    await join(office, LAN)
    async with office.file.begin() as work:
        await work.people.grant(AN.id, Role.APPROVER, CITY.id)
        await work.commit()
    await name(office, holder=replace(AN, grants=(Grant(Role.APPROVER, CITY.id),)))

    assert await submit_material(office, await written(office)) == ("Bình",)
    assert await office.review_material.list_waiting(await today(office, LAN)) == ()
    assert len(await office.review_material.list_waiting(actor(BINH))) == 1


async def test_material_approved_by_a_deputy_names_the_holder_on_record(office: Office) -> None:
    await join(office, LAN)
    await name(office)
    await submit_material(office, await written(office))
    await office.send_all()
    lan = await today(office, LAN)
    button = await office.button(private(LAN), "material:review")
    shown = await office.review_material.open(lan, button, office.cause())
    approves = press(shown.buttons, "material:approve")
    await office.review_material.approve(lan, approves, office.cause())

    assert (await office.record())[-1].event.detail.endswith(" deputy_of=binh")


@pytest.mark.parametrize("begins", [LAN, BINH])
async def test_a_deputy_and_whom_they_stand_in_for_agree_once(
    office: Office, begins: Person
) -> None:
    await join(office, LAN, KHOA)
    await name(office)
    await set_rule(office, "uu_tien=2")
    await submit(office, bulletin_class=BulletinClass.PRIORITY)
    await office.send_all()
    agree, other = office.review.approve_bulletin, BINH if begins is LAN else LAN
    button = await office.button(private(begins), "bulletin:approve")
    await agree(await today(office, begins), button, office.cause())

    button = await office.button(private(other), "bulletin:approve")
    with pytest.raises(Refusal, match=r"review\.in_their_stead"):
        await agree(await today(office, other), button, office.cause())
    button = await office.button(private(KHOA), "bulletin:approve")
    await agree(await today(office, KHOA), button, office.cause())
    assert office.sql("SELECT state FROM broadcast") == [("planned",)]


async def test_what_a_deputy_agreed_to_stands_when_that_ends_and_its_holder_had_their_say(
    office: Office,
) -> None:
    await join(office, LAN, KHOA)
    page = await name(office)
    await set_rule(office, "uu_tien=2")
    await submit(office, bulletin_class=BulletinClass.PRIORITY)
    await office.send_all()
    agree = office.review.approve_bulletin
    button = await office.button(private(LAN), "bulletin:approve")
    await agree(await today(office, LAN), button, office.cause())
    ended = next(one for one in page.buttons if one.action == END)
    await office.deputies.end_early(actor(HANH), ended, office.cause())

    button = await office.button(private(BINH), "bulletin:approve")
    with pytest.raises(Refusal, match=r"review\.in_their_stead"):
        await agree(actor(BINH), button, office.cause())
    button = await office.button(private(KHOA), "bulletin:approve")
    assert not (await agree(actor(KHOA), button, office.cause())).waits_for_another


async def test_a_deputy_has_no_right_once_the_holder_has_left(office: Office) -> None:
    await join(office, LAN, KHOA)
    await name(office)
    office.sql("UPDATE role_grant SET left_on = '2026-11-20' WHERE person_id = 'binh'")

    assert (await submit(office)).approvers == ("Khoa",)
    assert not (await today(office, LAN)).units_for(Permission.BULLETIN_APPROVE)
    assert (await listed(office, actor(HANH))).deputies == ()
    caller = await office.file.caller("telegram:130")
    assert caller.person is not None
    assert {grant.role for grant in caller.person.grants} == {Role.AUTHOR}


async def test_a_deputy_stays_one_while_the_holder_rests(office: Office) -> None:
    await join(office, LAN)
    await name(office)
    office.sql("UPDATE role_grant SET suspended_on = '2026-11-20' WHERE person_id = 'binh'")

    assert (await submit(office)).approvers == ("Lan",)


async def test_nobody_stands_in_beyond_the_holders_term(office: Office) -> None:
    await join(office, LAN)
    office.sql("UPDATE role_grant SET valid_until = '2026-11-25' WHERE person_id = 'binh'")
    with pytest.raises(Refusal, match=r"deputy\.beyond_role"):
        await name(office, "20/11 - 26/11")
    await name(office, "20/11 - 25/11")


async def test_the_plan_asks_nobody_who_would_be_refused(office: Office) -> None:
    await join(office, LAN)
    async with office.file.begin() as work:
        await work.people.grant(AN.id, Role.APPROVER, CITY.id)
        await work.commit()
    await name(office, holder=replace(AN, grants=(Grant(Role.APPROVER, CITY.id),)))
    await submit(office)
    page = await WatchPlan(office.memory, office.clock, office.ids).show_care(actor(BINH))
    opened_at = next(one for one in page.buttons if one.action == OPEN)
    line = await office.planned.open(actor(BINH), opened_at)

    assert [one.name for one in page.waiting[0].asked] == ["Bình"]
    assert [one.name for one in line.asked] == ["Bình"]


async def test_a_deputy_is_no_second_approver_beside_the_holder(office: Office) -> None:
    await join(office, LAN)
    await name(office)
    await set_rule(office, "uu_tien=2")
    with pytest.raises(Refusal, match=r"compose\.one_approver"):
        await submit(office, bulletin_class=BulletinClass.PRIORITY)


async def test_what_a_triagers_deputy_does_names_the_holder_on_record(office: Office) -> None:
    await join(office, LAN_OF_THE_WARD)
    await name(office, deputy=LAN_OF_THE_WARD, holder=GIANG, role=Role.TRIAGER)
    opinion, lan = await file_opinion(office), await today(office, LAN)
    await office.triage.open_case(lan, opinion.id, office.cause())
    await office.send_all()
    take = await office.button(private(LAN), "opinion:take")
    await office.triage.take_case(lan, take, office.cause())
    preview = await office.answer.preview_answer(lan, opinion.id, MENDED, office.cause())
    send = press(preview.buttons, "answer:send")
    await office.answer.send_answer(lan, send, office.cause())

    done = [one.event for one in await office.record() if one.event.actor_id == LAN.id]
    assert [(event.action, event.detail) for event in done] == [
        (Permission.OPINION_OPEN, "deputy_of=giang"),
        (Permission.OPINION_TAKE, "deputy_of=giang"),
        (Permission.OPINION_ANSWER, "deputy_of=giang"),
    ]


async def test_a_triagers_deputy_opens_cases(office: Office) -> None:
    await join(office, LAN_OF_THE_WARD)
    await name(office, deputy=LAN_OF_THE_WARD, holder=GIANG, role=Role.TRIAGER)
    opinion = await file_opinion(office)
    lan = await today(office, LAN)

    await office.triage.open_case(lan, opinion.id, office.cause())


async def test_whoever_stands_in_for_a_supervisor_names_nobody_further(office: Office) -> None:
    await join(office, LAN)
    await name(office, holder=HANH, role=Role.SUPERVISOR)
    with pytest.raises(Refusal) as refused:
        await listed(office, await today(office, LAN))

    assert refused.value.key == "deputy.by_deputy"


async def test_only_a_supervisor_of_the_unit_names_deputies(office: Office) -> None:
    for person in (AN, BINH, GIANG):
        with pytest.raises(Forbidden):
            await listed(office, actor(person))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("hôm nào đó", "deputy.not_understood"),
        ("31/11 - 5/12", "moment.no_such_day"),
        ("27/11 - 24/11", "deputy.upside_down"),
        ("1/12/2026 - 1/6/2027", "deputy.too_long"),
        ("18/11 - 27/11", "deputy.past"),
    ],
)
async def test_days_that_cannot_be_are_named_and_asked_again(
    office: Office, typed: str, key: str
) -> None:
    await join(office, LAN)
    with pytest.raises(Refusal) as refused:
        await name(office, typed)

    assert refused.value.key == key
    assert office.sql("SELECT awaited FROM dialog WHERE person_id = 'hanh'") == [("deputy_term",)]


async def test_nobody_is_named_twice_for_the_same_days(office: Office) -> None:
    await join(office, LAN)
    await name(office)
    with pytest.raises(Refusal) as refused:
        await name(office, "25/11 - 30/11")
    assert refused.value.key == "deputy.already"

    await name(office, "1/12 - 5/12")


async def test_some_weeks_from_today_are_a_press_away(office: Office) -> None:
    await join(office, LAN)
    page = await term_asked(office, LAN, BINH, Role.APPROVER)
    button = press(page.buttons, "deputy:name", "2")
    shown = await office.deputies.name_for_weeks(actor(HANH), button, office.cause())
    grant = shown.deputies[0].grant

    assert grant.valid_from is not None
    assert grant.valid_until == grant.valid_from + timedelta(days=13)


@pytest.mark.parametrize("values", ["NULL, NULL", "'2026-11-20', NULL", "NULL, '2026-11-27'"])
async def test_the_database_refuses_a_deputy_without_an_end(office: Office, values: str) -> None:
    with pytest.raises(REFUSED, match="for a time"):
        office.sql(
            "INSERT INTO role_grant (person_id, role, unit_id, valid_from, valid_until, decision,"
            f" deputy_of) VALUES ('an', 'approver', 'ct', {values}, '', 'binh')"
        )
