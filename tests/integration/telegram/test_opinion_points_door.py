"""A place on the map that goes with an opinion: attached, shown, filed as shown, gone with it."""

import logging
from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Permission
from domain.model.delivery import EntryState
from domain.model.locality import Point
from domain.model.opinion import Opinion
from domain.usecases.attach_point import AttachPoint
from domain.usecases.open_along import OpenAlong
from domain.usecases.visit import Intake, Visit
from tests.databases import only_files
from tests.integration.storage.cast import CHI, EM, GIANG, WARD
from tests.integration.telegram.house import EM_ID, House, Json, says
from tests.integration.telegram.test_plan_doors import hear
from tests.integration.telegram.test_public_replies import SUPERGROUP, bulletin, ours
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import LAMP, left_open, settle, take, write_answer

HERE = {"latitude": 10.0338471, "longitude": 105.7842193}
POINT = Point(10.03385, 105.78422)
SHOWN = "10.03385, 105.78422"
ELSEWHERE = Point(10.5, 105.5)
KEPT = "SELECT opinion_id, latitude, longitude FROM opinion_point"


def shared(number: int = 5, where: Json = HERE, **more: object) -> Json:
    update = says("", EM_ID, number, location=where, **more)
    del update["message"]["text"]
    return update


async def attach(
    office: Office, point: Point | None = POINT, visit: Visit | None = None, is_live: bool = False
) -> Intake:
    attaching = AttachPoint(office.receive)
    return await attaching.attach(visit or await office.visit(), point, is_live)


async def last_look(office: Office) -> Intake:
    """Em writes, attaches a place, agrees and leaves open what may be left open."""
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    intake = await attach(office)
    if not intake.resident.has_consented:
        agree = press(intake.buttons, "intake:agree")
        intake = await office.receive.agree(await office.visit(), agree)
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    return await office.receive.choose_unit(await office.visit(), place)


async def filed(office: Office) -> Opinion:
    intake = await last_look(office)
    button = press(intake.buttons, "intake:file")
    opinion = (await office.receive.file_opinion(await office.visit(), button)).filed
    assert opinion is not None
    await office.send_all()
    return opinion


async def point_of(house: House) -> Point | None:
    draft = (await house.office.known()).draft
    return draft.point if draft else None


def opening(office: Office) -> OpenAlong:
    return OpenAlong(office.memory, office.clock, office.ids, office.letterhead)


async def test_before_consent_it_waits_sealed_and_no_finer_than_is_kept(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await house.hears(says(LAMP), shared())

    assert await point_of(house) == POINT
    assert SHOWN in house.said_to(EM_ID)[-1]
    everything = [house.office.databases.everything(which) for which in ("main", "vault")]
    for digits in ("0338471", "7842193", "10.03385", "105.78422"):
        assert digits.encode() not in b"".join(everything)
        assert digits not in caplog.text
    house.office.wait(minutes=61)
    assert await point_of(house) is None
    await house.office.purge.forget_expired()
    assert house.office.sql("SELECT count(*) FROM opinion_draft", which="vault") == [(0,)]


async def test_without_anything_begun_it_is_not_kept_and_that_is_said(house: House) -> None:
    await house.hears(shared())

    assert house.said_to(EM_ID) == [house.office.words("point.no_draft")]
    assert (await house.office.known()).draft is None


async def test_a_newer_one_takes_its_place(house: House) -> None:
    await house.hears(says(LAMP), shared(), shared(6, {"latitude": 10.5, "longitude": 105.5}))

    assert await point_of(house) == ELSEWHERE


async def test_a_live_one_is_refused_once_and_its_moves_are_never_stored(house: House) -> None:
    await house.hears(says(LAMP))
    live = shared(where=HERE | {"live_period": 900})
    await house.hears(live)
    before = len(house.said_to(EM_ID))
    stored = house.office.sql("SELECT count(*) FROM inbox", which="vault")
    moved = {"edited_message": live["message"] | {"edit_date": 1_700_000_060}}
    over = {"edited_message": shared()["message"] | {"edit_date": 1_700_000_090}}
    await house.hears(moved, over)

    assert house.said_to(EM_ID)[-1] == house.office.words("point.live")
    assert len(house.said_to(EM_ID)) == before
    assert house.office.sql("SELECT count(*) FROM inbox", which="vault") == stored
    assert await point_of(house) is None


async def test_a_forwarded_place_and_that_of_a_venue_are_taken_without_its_name(
    house: House,
) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 1_700_000_000}
    venue = {"location": HERE, "title": "Nhà bà Tư", "address": "Hẻm 12"}
    await house.hears(says(LAMP), shared(venue=venue, forward_origin=origin))

    draft = (await house.office.known()).draft
    assert draft
    assert (draft.point, draft.text) == (POINT, LAMP)


@pytest.mark.parametrize(
    "where",
    [
        {"latitude": 0, "longitude": 0},
        {"latitude": 91.5, "longitude": 105.5},
        {"latitude": 10.5, "longitude": -180.5},
        {"latitude": "10.5", "longitude": 105.5},
        {"latitude": float("nan"), "longitude": 105.5},
        {"latitude": 10**400, "longitude": 105.5},
    ],
    ids=["zero", "pole", "date line", "no number", "nan", "huge"],
)
async def test_what_lies_on_no_map_is_refused_and_leaves_what_was_there(
    house: House, where: Json
) -> None:
    await house.hears(says(LAMP), shared(), shared(6, where))

    assert house.said_to(EM_ID)[-1] == house.office.words("point.nowhere")
    assert await point_of(house) == POINT


async def test_after_a_restart_it_is_asked_for_again(house: House) -> None:
    await house.hears(says(LAMP))
    await house.bring(shared())
    house.rooms.points.shared.clear()
    await house.handle_all()

    assert house.said_to(EM_ID)[-1] == house.office.words("point.forgotten")


async def test_in_a_group_it_is_dropped(house: House) -> None:
    number = await bulletin(house)
    await house.hears(says(LAMP), shared(6, chat=SUPERGROUP, reply_to_message=ours(number)))

    assert await point_of(house) is None
    assert house.rooms.points.shared == {}


async def test_a_replay_after_a_crash_has_it_already(office: Office) -> None:
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    visit = await office.visit()
    office.crashing = CrashingMemory(office.file, after=False)
    with pytest.raises(Crash):
        await attach(office, visit=visit)
    office.crashing = None
    intake = await attach(office, None, await office.visit_of(visit.cause))

    assert intake.draft
    assert intake.draft.point == POINT


async def test_the_last_look_says_where_who_sees_it_and_offers_to_take_it_off(
    house: House,
) -> None:
    office = house.office
    await house.hears(says(LAMP), shared())
    intake = await last_look(office)
    rows = [(b.action, b.choice) for b in intake.buttons]
    said = house.rooms.words.html("intake.with_point", "vi", point=SHOWN)
    await hear(house, EM_ID, "Sửa giúp.")

    assert ("intake:unpin", "") in rows
    assert said.strip() in house.said_to(EM_ID)[-1]
    assert "nếu là nhà mình" in said
    assert "sẽ xem được" in said


async def test_taken_off_it_is_not_filed(office: Office) -> None:
    intake = await last_look(office)
    off = press(intake.buttons, "intake:unpin")
    intake = await AttachPoint(office.receive).take_off(await office.visit(), off)
    button = press(intake.buttons, "intake:file")
    opinion = (await office.receive.file_opinion(await office.visit(), button)).filed

    assert opinion
    assert not opinion.has_point
    assert not [b for b in intake.buttons if b.action == "intake:unpin"]
    assert office.sql(KEPT) == []


@pytest.mark.parametrize("how", ["another", "taken off"])
async def test_it_is_filed_only_as_it_was_shown(office: Office, how: str) -> None:
    intake = await last_look(office)
    if how == "another":
        await attach(office, ELSEWHERE)
    else:
        off = press(intake.buttons, "intake:unpin")
        await AttachPoint(office.receive).take_off(await office.visit(), off)

    button, visit = press(intake.buttons, "intake:file"), await office.visit()
    with pytest.raises(LostRace, match="stale"):
        await office.receive.file_opinion(visit, button)
    assert office.sql("SELECT count(*) FROM opinion") == [(0,)]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_the_filing_files_it_once(office: Office, after: bool) -> None:
    intake = await last_look(office)
    button, visit = press(intake.buttons, "intake:file"), await office.visit()
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await office.receive.file_opinion(visit, button)
    office.crashing = None
    if not after:
        await office.receive.file_opinion(visit, button)

    assert [row[1:] for row in office.sql(KEPT)] == [(POINT.latitude, POINT.longitude)]


async def test_written_anew_it_is_gone(office: Office) -> None:
    intake = await last_look(office)
    button = press(intake.buttons, "intake:rewrite")
    intake = await office.receive.rewrite(await office.visit(), button)

    assert intake.draft
    assert intake.draft.point is None


async def test_cards_lists_and_the_case_in_private_say_only_that_there_is_one(
    office: Office,
) -> None:
    opinion = await filed(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    said = [call for call in office.gateway.calls if call.chat != EM.chat]

    assert any("Có vị trí" in call.markup for call in said if call.chat == private(GIANG))
    assert any("Có vị trí" in call.markup for call in said if call.chat != private(GIANG))
    for call in said:
        assert "10.03" not in call.markup
        assert call.payload.point is None


async def test_giang_sees_it_in_private_on_record_and_for_a_day(office: Office) -> None:
    opinion = await filed(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:point")
    await opening(office).open_point(actor(GIANG), button, office.cause())
    owed = office.sql("SELECT payload FROM outbox WHERE payload LIKE '%point:%'")
    await office.send_all()
    shown = office.gateway.to(private(GIANG))[-1]
    office.wait(hours=25)
    await office.take_back.delete_expired()

    assert (shown.payload.point, shown.payload.is_guarded) == (POINT, True)
    assert len(owed) == 1
    assert "10.03" not in str(owed)
    assert opinion.number in shown.payload.buttons[0][0].label
    deleted = [call.message_id for call in office.gateway.calls if call.act == "delete"]
    assert shown.message_id in deleted or len(deleted) >= 2
    last = (await office.record())[-1].event
    assert (last.actor_id, last.action, last.subject, last.detail) == (
        GIANG.id,
        Permission.OPINION_OPEN,
        opinion.id,
        "point",
    )


async def test_another_commune_sees_none(office: Office) -> None:
    opinion = await filed(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:point")

    with pytest.raises(Forbidden):
        await opening(office).open_point(actor(CHI), button, office.cause())


async def test_erased_while_it_is_in_line_it_goes_to_nobody(office: Office) -> None:
    opinion = await filed(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:point")
    await opening(office).open_point(actor(GIANG), button, office.cause())
    await office.follow.erase_case(opinion.code, office.cause())
    await office.send_all()

    assert not [call for call in office.gateway.calls if call.payload.point]
    assert EntryState.CANCELLED in (await office.states("view")).values()
    with pytest.raises(Refusal):
        await opening(office).open_point(actor(GIANG), button, office.cause())


@only_files
async def test_erased_it_is_in_no_file_and_a_backup_brings_none_back(office: Office) -> None:
    opinion = await filed(office)
    assert office.sql(KEPT) == [(opinion.id, POINT.latitude, POINT.longitude)]
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql(KEPT) == []
    assert office.sql("SELECT has_point FROM opinion") == [(0,)]
    assert opinion.id in (await office.vault.erased()).cases


async def test_it_is_forgotten_with_the_words(office: Office) -> None:
    opinion = await take(office, await filed(office))
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "solved")
    office.wait(days=119)
    await office.purge.forget_expired()
    assert len(office.sql(KEPT)) == 1
    office.wait(days=2)
    await office.purge.forget_expired()

    assert office.sql(KEPT) == []


async def test_xem_and_its_file_say_where(house: House) -> None:
    await filed(house.office)
    kept = await house.office.rights.view_kept(EM)
    assert [one.point for one in kept.cases] == [POINT]
    await house.hears(says("Còn nữa.", number=2), shared(), says("/xem", number=3))

    assert f"kèm vị trí {SHOWN}" in "\n".join(house.said_to(EM_ID))


async def test_a_consent_taken_back_takes_the_waiting_one_along(house: House) -> None:
    await house.hears(says(LAMP), shared(), says("/rutdongy", number=3))

    assert await point_of(house) is None


def test_where_it_is_stands_in_no_trace_of_it() -> None:
    assert "10" not in repr(POINT)
    assert "10" not in str(replace(POINT))
