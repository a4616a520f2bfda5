"""A unit that is merged or moved moves its cases, and all else that lies with it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.model.access import OPERATOR, PERMISSIONS, Actor, Grant, Permission, Person, Role
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.chat import ChatPurpose
from domain.model.letter_template import MOST_TEMPLATES
from domain.model.opinion import LetterKind, Opinion, OpinionState
from domain.model.opinion_words import Level, Sought
from domain.model.queue import QueueView
from domain.model.reorganisation import ChangeKind, ChangeLine
from domain.ports.queue import Reader
from domain.usecases.reorganise import Reorganise, Reorganised
from storage.engine import connection_of
from storage.opinion_figures import count_all, kept
from tests.integration.storage.cast import (
    CITY,
    EM,
    GIANG,
    GROUP,
    HANH,
    OTHER_WARD,
    QUARTER,
    QUARTER_GROUP,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.alike import join_alike, two_alike
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import LAMP, approve, confirm_step, file_opinion, take
from tests.integration.usecases.test_case_matrix import ACTS, PLACES, gets_past, reached_for
from tests.integration.usecases.test_labels import keep as keep_label
from tests.integration.usecases.test_labels import put as put_label
from tests.integration.usecases.test_labels import standing as labels_on
from tests.integration.usecases.test_letter_templates import keep as keep_template

DAY = date(2026, 11, 20)
MERGE = ChangeLine(2, WARD.code, ChangeKind.MERGE, OTHER_WARD.code, DAY, True)
MOVE = ChangeLine(2, QUARTER.code, ChangeKind.MOVE, OTHER_WARD.code)


def use(office: Office, memory: object = None) -> Reorganise:
    return Reorganise(memory or office.memory, office.clock, office.ids, office.letterhead)  # type: ignore[arg-type]


async def reorganise(office: Office, *lines: ChangeLine, keep: bool = True) -> Reorganised:
    return await use(office).reorganise(OPERATOR, lines, "f" * 64, keep)


async def now_of(office: Office, opinion: Opinion) -> Opinion:
    async with office.memory.begin() as work:
        return await work.opinions.get(opinion.id)


async def person(office: Office) -> Person:
    async with office.memory.begin() as work:
        return await work.people.get(GIANG.id)


async def found_in(office: Office, unit_id: str) -> set[str]:
    """What a search for two of its words finds in a unit's subtree."""
    async with office.memory.begin() as work:
        reader = Reader(GIANG.id, (unit_id,), office.clock.now())
        sought = Sought.of("đèn đường", Level.EXACT)
        page = await work.queue.find(reader, QueueView(unit_id=unit_id), sought, 50)
        return {entry.id for entry in page.entries}


async def listed_in(office: Office, unit_id: str) -> set[str]:
    async with office.memory.begin() as work:
        reader = Reader(GIANG.id, (unit_id,), office.clock.now())
        return {entry.id for entry in await work.queue.page(reader, QueueView(), 50)}


async def figures_are_true(office: Office) -> bool:
    async with office.memory.begin() as work:
        connection = connection_of(work._session)  # type: ignore[attr-defined]
        return await connection.run_sync(count_all) == await connection.run_sync(kept)


async def test_a_merged_unit_moves_its_cases(office: Office) -> None:
    own = await file_opinion(office)
    async with office.memory.begin() as work:
        below = replace(own, id="o2", code="HC-2", number="YK-2", handle="h2", unit_id=QUARTER.id)
        await work.opinions.add(below)
        await work.commit()

    await reorganise(office, MERGE)

    moved = await now_of(office, own)
    assert (moved.unit_id, moved.due_at, moved.state) == (OTHER_WARD.id, own.due_at, own.state)
    assert (await now_of(office, below)).unit_id == QUARTER.id
    for unit, cases in {CITY: {own.id, "o2"}, OTHER_WARD: {own.id, "o2"}, WARD: set()}.items():
        assert await listed_in(office, unit.id) == cases
        assert await found_in(office, unit.id) == cases
    assert await found_in(office, QUARTER.id) == {"o2"}
    assert await figures_are_true(office)


async def test_a_moved_unit_moves_its_cases(office: Office) -> None:
    own = await file_opinion(office)
    async with office.memory.begin() as work:
        below = replace(own, id="o2", code="HC-2", number="YK-2", handle="h2", unit_id=QUARTER.id)
        await work.opinions.add(below)
        await work.commit()

    await reorganise(office, MOVE)

    assert await found_in(office, WARD.id) == {own.id}
    assert await found_in(office, OTHER_WARD.id) == {"o2"}
    assert await figures_are_true(office)
    async with office.memory.begin() as work:
        assert (await work.units.lineage(QUARTER.id)).unit_ids == ("kv", "cr", "ct")


async def test_who_gets_past_the_door_after_a_merger_is_who_the_table_names(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))
    await reorganise(office, MERGE)
    places = PLACES | {"own": OTHER_WARD, "sibling": WARD}

    for permission, act in ACTS:
        expected = {
            (role, place): permission in PERMISSIONS[role] and place in reached_for(permission)
            for role in Role
            for place in places
        }
        found = {}
        for role, place in expected:
            unit = places[place]
            grants = (Grant(role, unit.id),) if unit else ()
            found[role, place] = await gets_past(office, act, Actor(HANH.id, grants), opinion)
        assert found == expected, permission


async def test_labels_of_a_merged_unit_are_its_successors_and_two_of_one_name_become_one(
    office: Office,
) -> None:
    for name, unit in (("Chiếu sáng", WARD), ("Thoát nước", WARD), ("CHIẾU SÁNG", OTHER_WARD)):
        await keep_label(office, name, unit)
    own = await file_opinion(office)
    for name in ("Chiếu sáng", "Thoát nước"):
        await put_label(office, own, name)
    await reorganise(office, MERGE)

    assert await labels_on(office, own) == ["CHIẾU SÁNG", "Thoát nước"]
    assert set(office.sql("SELECT unit_id FROM label")) == {(OTHER_WARD.id,)}


async def test_templates_of_a_merged_unit_are_its_successors_and_no_name_stands_twice(
    office: Office,
) -> None:
    await keep_template(office, "Đèn đường\nĐèn cũ.")
    await keep_template(office, "Thoát nước\nCũ.")
    await keep_template(office, "Đèn đường\nHỏi lại.", note=LetterKind.QUESTION)
    theirs = replace(HANH, grants=(Grant(Role.SUPERVISOR, OTHER_WARD.id),))
    await keep_template(office, "ĐÈN ĐƯỜNG\nMới.", OTHER_WARD, who=theirs)
    done = await reorganise(office, MERGE)

    kept = office.sql("SELECT unit_id, kind, name, text FROM letter_template")
    assert set(kept) == {
        (OTHER_WARD.id, "answer", "Thoát nước", "Cũ."),
        (OTHER_WARD.id, "answer", "ĐÈN ĐƯỜNG", "Mới."),
        (OTHER_WARD.id, "answer", "Đèn đường (2)", "Đèn cũ."),
        (OTHER_WARD.id, "question", "Đèn đường", "Hỏi lại."),
    }
    assert (done.carried[0].templates, done.carried[0].templates_left) == (3, ())


async def test_the_report_and_the_record_tell_what_templates_and_views_of_a_merged_unit_become(
    office: Office,
) -> None:
    for number in range(2):
        await keep_template(office, f"Mẫu {number}\nLời {number}.")
    theirs = replace(HANH, grants=(Grant(Role.SUPERVISOR, OTHER_WARD.id),))
    for number in range(MOST_TEMPLATES - 1):
        await keep_template(office, f"Riêng {number}\nLời.", OTHER_WARD, who=theirs)
    view = QueueView(unit_id=WARD.id).written
    office.sql("INSERT INTO saved_view VALUES (?, ?, ?)", GIANG.id, view, office.clock.now())
    done = await reorganise(office, MERGE)

    carried = done.carried[0]
    assert (carried.templates, carried.views) == (1, 1)
    assert [(one.name, one.text) for one in carried.templates_left] in (
        [("Mẫu 0", "Lời 0.")],
        [("Mẫu 1", "Lời 1.")],
    )
    ((detail,),) = office.sql("SELECT detail FROM audit WHERE action = 'unit:merge'")
    assert " templates=1 left=1 views=1 " in detail


async def test_a_template_or_label_that_is_typed_while_its_unit_is_merged_is_the_successors(
    office: Office,
) -> None:
    above = replace(HANH, grants=(Grant(Role.SUPERVISOR, CITY.id),))
    await reorganise(office, MERGE)
    page = await keep_template(office, who=above)

    assert page.unit.id == OTHER_WARD.id
    assert office.sql("SELECT unit_id FROM letter_template") == [(OTHER_WARD.id,)]
    labels = await keep_label(office, "Chiếu sáng", WARD, above)
    assert labels.unit.id == OTHER_WARD.id
    assert office.sql("SELECT unit_id FROM label") == [(OTHER_WARD.id,)]


async def test_a_moved_unit_drops_the_labels_that_it_knows_no_more(office: Office) -> None:
    for name, unit in (("Chiếu sáng", WARD), ("Thoát nước", CITY), ("Hẻm", QUARTER)):
        await keep_label(office, name, unit)
    own = await file_opinion(office)
    async with office.memory.begin() as work:
        below = replace(own, id="o2", code="HC-2", number="YK-2", handle="h2", unit_id=QUARTER.id)
        await work.opinions.add(below)
        await work.commit()
    for name in ("Chiếu sáng", "Thoát nước", "Hẻm"):
        await put_label(office, below, name)
    await put_label(office, own)
    await reorganise(office, MOVE)

    assert await labels_on(office, below) == ["Hẻm", "Thoát nước"]
    assert await labels_on(office, own) == ["Chiếu sáng"]


async def test_a_right_goes_along_where_the_file_says_so(office: Office) -> None:
    done = await reorganise(office, MERGE)

    giang = await person(office)
    assert [grant.unit_id for grant in giang.grants] == [OTHER_WARD.id]
    assert ("Giang", Role.TRIAGER) in {(one.name, one.role) for one in done.carried[0].rights}


async def test_a_right_ends_with_its_unit_where_nobody_said_that_it_goes_along(
    office: Office,
) -> None:
    opinion = await take(office, await file_opinion(office))

    await reorganise(office, replace(MERGE, carries_rights=False))

    giang = (await person(office)).actor_on(DAY)
    assert giang.grants == ()
    for permission, act in ACTS:
        assert not await gets_past(office, act, giang, opinion), permission


async def test_groups_go_along_and_staff_groups_where_rights_do(office: Office) -> None:
    await reorganise(office, MERGE)

    async with office.memory.begin() as work:
        lineage = await work.units.lineage(OTHER_WARD.id)
        staff = await work.chats.staff_chat(lineage)
        groups = await work.chats.in_subtree(OTHER_WARD.id, ChatPurpose.RESIDENTS)
    assert staff is not None
    assert staff.id == STAFF_GROUP.id
    assert {GROUP.id, QUARTER_GROUP.id} <= {group.id for group in groups}


async def test_whoever_follows_a_case_reads_which_body_has_it_now(office: Office) -> None:
    opinion = await file_opinion(office)
    await reorganise(office, MERGE)

    status = await office.follow.look_up(opinion.code)
    told = office.letterhead.case_status(status.opinion, status.unit, (), "vi", status.formerly)

    assert OTHER_WARD.issuing_body in told.markup
    assert f"trước đây gửi {WARD.issuing_body}" in told.markup


async def test_what_is_written_meanwhile_is_filed_with_the_successor(office: Office) -> None:
    intake = await confirm_step(office, LAMP)
    await reorganise(office, MERGE)
    button = next(one for one in intake.buttons if one.action == "intake:file")

    filed = (await office.receive.file_opinion(await office.visit(EM), button)).filed

    assert filed is not None
    assert filed.unit_id == OTHER_WARD.id


async def test_a_poster_of_the_old_unit_leads_to_the_new_one(office: Office) -> None:
    await reorganise(office, MERGE)

    intake = await office.receive.begin_opinion(await office.visit(EM), WARD.code)

    draft = await office.receive.draft_of(await office.visit(EM))
    assert intake is not None
    assert draft is not None
    assert draft.unit_id == OTHER_WARD.id


async def test_cases_that_were_joined_stay_joined(office: Office) -> None:
    joined, master = await join_alike(office, *await two_alike(office))

    await reorganise(office, MERGE)

    assert {(await now_of(office, one)).unit_id for one in (joined, master)} == {OTHER_WARD.id}
    assert (await now_of(office, joined)).state is OpinionState.DUPLICATE_OF


async def test_copies_on_the_screens_of_the_old_unit_are_taken_back(office: Office) -> None:
    await take(office, await file_opinion(office))
    await reorganise(office, MERGE)

    shown = "SELECT count(*) FROM outbox WHERE origin_kind = 'view' AND delete_at > :now"
    (count,) = office.sql(shown.replace(":now", f"'{office.clock.now():%Y-%m-%d %H:%M:%S}.1'"))
    assert count[0] == 0


async def test_an_approval_stands_where_the_groups_are_the_same(office: Office) -> None:
    broadcast = await approve(office)

    done = await reorganise(office, MERGE)

    assert done.void == ()
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.PLANNED


async def test_an_approval_is_void_where_a_group_has_left_its_audience(office: Office) -> None:
    broadcast = await approve(office)

    done = await reorganise(office, MOVE)

    assert len(done.void) == 1
    async with office.memory.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.STOPPED
        bulletin = await work.bulletins.get(broadcast.bulletin_id)
    assert bulletin.state is BulletinState.DRAFT


async def test_a_dry_run_tells_the_same_and_changes_nothing(office: Office) -> None:
    opinion = await file_opinion(office)

    told = await reorganise(office, MERGE, keep=False)

    assert (await now_of(office, opinion)).unit_id == WARD.id
    assert told.carried == (await reorganise(office, MERGE)).carried
    assert told.carried[0].open_cases == 1


async def test_the_same_file_again_changes_nothing(office: Office) -> None:
    await file_opinion(office)
    await reorganise(office, MERGE, replace(MOVE, row=3))
    before = await office.record()

    again = await reorganise(office, MERGE, replace(MOVE, row=3))

    assert (again.plan.same, again.carried) == (2, ())
    assert await office.record() == before


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_leaves_all_of_it_or_nothing(office: Office, after: bool) -> None:
    opinion = await file_opinion(office)
    with pytest.raises(Crash):
        await use(office, CrashingMemory(office.memory, after)).reorganise(
            OPERATOR, [MERGE], "f" * 64, keep=True
        )

    assert (await now_of(office, opinion)).unit_id == (OTHER_WARD if after else WARD).id
    await reorganise(office, MERGE)
    assert (await now_of(office, opinion)).unit_id == OTHER_WARD.id
    assert await figures_are_true(office)


async def test_what_stands_for_a_unit_that_ended_may_end_too(office: Office) -> None:
    opinion = await file_opinion(office)
    third = replace(OTHER_WARD, id="bt", code="bt", name="Bình Thủy")
    async with office.memory.begin() as work:
        await work.units.add(third)
        await work.commit()
    await reorganise(office, MERGE)
    await reorganise(office, replace(MERGE, unit_code=OTHER_WARD.code, into_code="bt"))

    assert (await now_of(office, opinion)).unit_id == "bt"
    async with office.memory.begin() as work:
        assert (await work.units.standing(WARD.id)).id == "bt"
    assert await found_in(office, "bt") == {opinion.id}
    assert await figures_are_true(office)


def test_only_the_operator_may() -> None:
    for permission in (Permission.UNIT_MERGE, Permission.UNIT_MOVE):
        held = {role for role, given in PERMISSIONS.items() if permission in given}
        assert held == {Role.OPERATOR}
