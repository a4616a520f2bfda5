"""Every privileged act leaves its entry in an unbroken chain."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.model.access import CLOCKWORK, OPERATOR, RESIDENT, Permission, Role
from domain.model.audit import first_break
from domain.model.bulletin import Misfire
from domain.model.delivery import Unknown
from domain.model.heard import Bearing
from domain.model.unit import Unit, UnitKind
from domain.usecases.describe_group import DescribeGroup
from domain.usecases.export_reading import ExportReading
from domain.usecases.export_roster import ExportRoster
from domain.usecases.keep_keys import KeepKeys
from domain.usecases.name_deputy import DeputyPage
from domain.usecases.review_activity import ASK
from domain.usecases.set_population import SetPopulation
from tests.integration.storage.cast import AN, BINH, EM, GIANG, GROUP, HANH, NOW, WARD
from tests.integration.usecases.alike import join_alike, take_apart, two_alike
from tests.integration.usecases.communicators import DUNG, join, pass_on
from tests.integration.usecases.conferences import START, call, cancel, mark
from tests.integration.usecases.desk import walked_in
from tests.integration.usecases.hands import (
    KHANH,
    THU,
    assign,
    forward,
    further,
    give_back,
    hire,
    write_back,
)
from tests.integration.usecases.letters import approve_letter, return_letter, submit_letter
from tests.integration.usecases.materials import approve_material, begin, written
from tests.integration.usecases.materials import review as review_of
from tests.integration.usecases.materials import submit as hand_over
from tests.integration.usecases.matters import open_matter, page, take_out, two_gathered
from tests.integration.usecases.media import submit_with_photos
from tests.integration.usecases.muting import lift, mute
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.sessions import decide, fill, hand_in
from tests.integration.usecases.story import (
    LAMP,
    MENDED,
    answer,
    approve,
    file_opinion,
    release,
    review_button,
    settle,
    submit,
    take,
    write,
)
from tests.integration.usecases.test_commend import praise, take_back
from tests.integration.usecases.test_emergency import approve_template, choose
from tests.integration.usecases.test_groups import DECISION, propose
from tests.integration.usecases.test_groups import choose as choose_purpose
from tests.integration.usecases.test_import_bulletins import import_a_bulletin
from tests.integration.usecases.test_keep_people import decide as decide_about
from tests.integration.usecases.test_labels import keep as keep_label
from tests.integration.usecases.test_labels import labelled
from tests.integration.usecases.test_letter_templates import keep
from tests.integration.usecases.test_name_deputy import LAN, name
from tests.integration.usecases.test_reorganise import MERGE, MOVE, reorganise
from tests.integration.usecases.test_review_rules import set_rule
from tests.integration.usecases.test_roster import import_a_roster
from tests.integration.usecases.voices import asked_to_listen, filed_by_voice

Act = Callable[[Office], Awaitable[object]]


async def discard(office: Office) -> None:
    await office.compose.discard_bulletin(actor(AN), await write(office), office.cause())


async def return_it(office: Office) -> None:
    revision_id = (await submit(office)).frozen.revision.id
    await office.review.return_bulletin(actor(BINH), revision_id, "Sai giờ.", office.cause())


async def stop(office: Office) -> None:
    bulletin_id = (await approve(office)).bulletin_id
    await office.release.stop_bulletin(actor(HANH), bulletin_id, office.cause())


async def resume(office: Office) -> None:
    bulletin_id = (await approve(office)).bulletin_id
    await office.release.stop_bulletin(actor(HANH), bulletin_id, office.cause())
    await office.resume.resume_bulletin(actor(HANH), bulletin_id, office.cause())


async def withdraw(office: Office) -> None:
    bulletin_id = (await approve(office)).bulletin_id
    await office.withdraw.withdraw_bulletin(actor(HANH), bulletin_id, office.cause())


async def settle_a_send(office: Office) -> None:
    office.gateway.will(GROUP.address.chat, Unknown("reset"))
    await approve(office)
    await office.go_round()
    button = await office.button(private(BINH), "delivery:settle", "arrived")
    await office.release.settle_uncertain(actor(BINH), button, office.cause())


async def decide_a_late_one(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(hours=1), misfire=Misfire.ASK)
    office.wait(hours=5)
    await office.go_round()
    button = await office.button(private(BINH), "broadcast:decide", "skip")
    await office.lateness.decide_late(actor(BINH), button, office.cause())


async def settle_a_letter(office: Office) -> None:
    office.gateway.will(EM.chat, Unknown("reset"))
    await file_opinion(office)
    button = await office.button("-1004", "letter:settle", "again")
    await office.answer.settle_letter(actor(GIANG), button, office.cause())


async def read_a_case(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())


async def listen_to_a_recording(office: Office) -> None:
    await asked_to_listen(office, await filed_by_voice(office))


async def take_a_case(office: Office) -> None:
    await take(office, await file_opinion(office))


async def let_a_letter_go(office: Office) -> None:
    await approve_letter(office, await submit_letter(office))


async def return_a_letter(office: Office) -> None:
    await return_letter(office, await submit_letter(office), "Thiếu ngày.")


async def mute_somebody(office: Office) -> None:
    await mute(office, await file_opinion(office))


async def hear_somebody_again(office: Office) -> None:
    await lift(office, await mute(office, await file_opinion(office)))


async def note_on_a_case(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.note_case.add_note(actor(GIANG), opinion.id, "Đã gọi.", office.cause())


async def give_a_case(office: Office) -> None:
    await hire(office, KHANH)
    await assign(office, GIANG, KHANH, await file_opinion(office))


async def take_a_case_from_somebody(office: Office) -> None:
    await hire(office, KHANH, THU)
    await assign(office, THU, KHANH, await take(office, await file_opinion(office)))


async def give_a_case_back(office: Office) -> None:
    await take(office, await file_opinion(office))
    await give_back(office, GIANG)


async def forward_a_case(office: Office) -> None:
    await forward(office, await file_opinion(office))


async def remind_of_a_case(office: Office) -> None:
    await file_opinion(office)
    office.wait(hours=7)
    await office.remind_staff.remind_due()


async def ask_back(office: Office) -> None:
    case = await take(office, await file_opinion(office))
    await write_back(office, case, "opinion:ask_back", "Ở đâu?")


async def decline_a_case(office: Office) -> None:
    case = await take(office, await file_opinion(office))
    await write_back(office, case, "opinion:decline", "Không thuộc thẩm quyền.")


async def refer_a_case(office: Office) -> None:
    case = await take(office, await file_opinion(office))
    await write_back(office, case, "opinion:refer", "Điện lực Ninh Kiều.")


async def join_two_cases(office: Office) -> None:
    await join_alike(office, *await two_alike(office))


async def take_cases_apart(office: Office) -> None:
    await join_two_cases(office)
    await take_apart(office)


async def open_a_matter(office: Office) -> None:
    await open_matter(office, await file_opinion(office))


async def gather_cases(office: Office) -> None:
    await two_gathered(office)


async def take_a_case_out(office: Office) -> None:
    _, first, _ = await two_gathered(office)
    await take_out(office, first)


async def close_a_matter(office: Office) -> None:
    matter = await open_matter(office, await file_opinion(office))
    button = press((await page(office, matter)).buttons, "matter:close")
    await office.gather_cases.close(actor(GIANG), button, office.cause())


async def sound_an_alarm(office: Office) -> None:
    await take(office, await file_opinion(office))
    button = await further(office, GIANG, "opinion:alarm")
    await office.sound_alarm.sound(actor(GIANG), button, office.cause())


async def close_a_case(office: Office) -> None:
    opinion = await answer(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:close")
    await office.triage.close_case(actor(GIANG), button, office.cause())


async def close_by_itself(office: Office) -> None:
    await answer(office)
    office.wait(days=15)
    await office.triage.close_answered()


async def call_it_solved(office: Office) -> None:
    await answer(office)
    await settle(office, "solved")


async def erase_a_case(office: Office) -> None:
    await office.follow.erase_case((await file_opinion(office)).code, office.cause())


async def forget(office: Office) -> None:
    await call_it_solved(office)
    office.wait(days=31)
    await office.purge.forget_expired()


async def seal_anew(office: Office) -> None:
    await file_opinion(office)
    office.wait(days=20)
    await office.reseal.reseal_all()


async def let_a_key_go(office: Office) -> None:
    await seal_anew(office)
    office.wait(days=1)
    await office.reseal.reseal_all()


def keys_of(office: Office) -> KeepKeys:
    return KeepKeys(office.memory, office.vault.chest, office.clock)


async def make_a_key_ahead(office: Office) -> None:
    await keys_of(office).make("2026-12")


async def change_the_key(office: Office) -> None:
    await keys_of(office).rotate()


async def end_a_key(office: Office) -> None:
    await make_a_key_ahead(office)
    await keys_of(office).destroy("2026-12")


async def split_a_key(office: Office) -> tuple[str, str]:
    await make_a_key_ahead(office)
    return await keys_of(office).split("2026-12")


async def join_a_key(office: Office) -> None:
    one, other = await split_a_key(office)
    await keys_of(office).join(("1", one), ("2", other))


async def invite(office: Office) -> str:
    return await office.access.invite_person(OPERATOR, WARD.code, "Lan", Role.TRIAGER)


async def revoke(office: Office) -> None:
    await invite(office)
    await office.access.revoke_invites(OPERATOR, WARD.code, "Lan")


async def confirm(office: Office) -> None:
    await office.access.accept_invite("telegram:201", await invite(office), office.cause())
    await office.send_all()
    button = await office.button(private(HANH), "person:confirm", "yes")
    await office.access.confirm_person(actor(HANH), button, office.cause())


async def found_a_unit(office: Office) -> None:
    hamlet = Unit("a1", "a1", "Ấp 1", UnitKind.HAMLET, WARD.id, "Ấp 1")
    await office.access.found_offices(OPERATOR, [hamlet])


async def merge_a_unit(office: Office) -> None:
    await reorganise(office, MERGE)


async def move_a_unit(office: Office) -> None:
    await reorganise(office, MOVE)


async def bind(office: Office) -> None:
    await choose_purpose(office, await propose(office), "residents")
    await office.binding.record_decision(actor(HANH), DECISION, office.cause())


async def export_the_roster(office: Office) -> None:
    await ExportRoster(office.memory, office.clock).export_roster(OPERATOR)


async def take_what_is_read_out(office: Office) -> None:
    await ExportReading(office.memory, office.clock).export_reading(OPERATOR, WARD.code)


async def let_somebody_rest(office: Office) -> None:
    await decide_about(office, "suspend")


async def restore(office: Office) -> None:
    await office.restore.go_on_from(office.clock.now())


async def set_a_day(office: Office) -> None:
    await office.calendar.decide_day(actor(HANH), "nghỉ 25/11 tránh bão", office.cause())


async def release_a_template(office: Office) -> None:
    await approve_template(office)
    choosing = await choose(office, AN, 1, 0)
    button = press(choosing.buttons, "emergency:release")
    await office.emergency.release(actor(AN), button, office.cause())


async def log_a_session(office: Office) -> None:
    await join(office, DUNG)
    await office.log_session.start_session(actor(DUNG), office.cause())


async def pass_on_what_was_heard(office: Office) -> None:
    await join(office, DUNG)
    await pass_on(office, DUNG, Bearing.NAMED)


async def type_in_for_somebody(office: Office) -> None:
    await walked_in(office)


async def hand_a_session_in(office: Office) -> None:
    await join(office, DUNG)
    await hand_in(office, await fill(office))


async def confirm_a_session(office: Office) -> None:
    await hand_a_session_in(office)
    await decide(office, "session:confirm")


async def return_a_session(office: Office) -> None:
    await hand_a_session_in(office)
    await decide(office, "session:return")


async def change_the_form(office: Office) -> None:
    await office.change_form.add_field(actor(HANH), "Ai chủ trì?", office.cause())


async def pass_on_by_name(office: Office) -> None:
    await join(office, DUNG)
    await pass_on(office, DUNG, Bearing.NAMED)


async def remind(office: Office) -> None:
    await join(office, DUNG)
    month = await office.activity.show_month(actor(HANH), WARD.id)
    _, (yes,) = await office.activity.ask_nudge(actor(HANH), press(month.buttons, ASK))
    await office.activity.nudge(actor(HANH), yes, office.cause())


async def set_a_population(office: Office) -> None:
    use = SetPopulation(office.memory, office.clock)
    await use.set_population(actor(HANH), WARD.id, "1850", office.cause())


async def note_something(office: Office) -> None:
    revision_id = (await submit(office)).frozen.revision.id
    await office.note_review.add_note(actor(BINH), revision_id, "Ghi rõ ngày.", office.cause())


async def remind_approvers(office: Office) -> None:
    await submit(office)
    office.wait(days=4)
    await office.remind_approvers.remind_due()


async def name_a_deputy(office: Office) -> DeputyPage:
    await join(office, LAN)
    return await name(office)


async def end_a_deputys_time(office: Office) -> None:
    buttons = (await name_a_deputy(office)).buttons
    button = next(one for one in buttons if one.action == Permission.DEPUTY_END)
    await office.deputies.end_early(actor(HANH), button, office.cause())


async def keep_a_label(office: Office) -> None:
    await keep_label(office)


async def label_a_case(office: Office) -> None:
    await labelled(office)


async def keep_a_template(office: Office) -> None:
    await keep(office)


async def set_a_review_rule(office: Office) -> None:
    await set_rule(office, "uu_tien=2")


async def describe_a_group(office: Office) -> None:
    use = DescribeGroup(office.memory, office.clock, office.ids)
    await use.set_tags(actor(HANH), GROUP.id, "ven sông", office.cause())


async def set_a_plan(office: Office) -> None:
    await office.monthly_plan.set_plan(actor(HANH), WARD.id, "4", office.cause())


async def commend(office: Office) -> None:
    await join(office, DUNG)
    await praise(office)


async def take_praise_back(office: Office) -> None:
    await commend(office)
    await take_back(office)


async def call_people(office: Office) -> None:
    await join(office, DUNG)
    await call(office)


async def cancel_a_conference(office: Office) -> None:
    await join(office, DUNG)
    await cancel(office, await call(office))


async def mark_somebody_present(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    await mark(office, conference, "dung")


async def look_at_photos(office: Office) -> None:
    await join(office, DUNG)
    await submit_with_photos(office, b"a")
    waiting = await office.confirm_sessions.list_waiting(actor(HANH), office.cause())
    first = press(waiting.buttons, "session:review", "0")
    reviewed = await office.confirm_sessions.open_session(actor(HANH), first, office.cause())
    button = press(reviewed.screen.buttons, "session:media")
    await office.open_media.open_media(actor(HANH), button, office.cause())


async def begin_material(office: Office) -> None:
    await begin(office)


async def submit_material(office: Office) -> None:
    await hand_over(office, await written(office))


async def return_material(office: Office) -> None:
    await submit_material(office)
    button = press((await review_of(office)).buttons, "material:return")
    about = (actor(BINH), button.subject, "Sai số.")
    await office.review_material.send_back(*about, office.cause())


async def throw_material_away(office: Office) -> None:
    button = press((await written(office)).buttons, "material:discard")
    await office.write_material.discard(actor(AN), button, office.cause())


async def look_for_words(office: Office) -> None:
    await file_opinion(office)
    await office.queue.begin(actor(GIANG), "đèn đường", office.cause())


ACTS: list[tuple[Act, str, Permission]] = [
    (write, AN.id, Permission.BULLETIN_COMPOSE),
    (discard, AN.id, Permission.BULLETIN_STOP),
    (submit, AN.id, Permission.BULLETIN_SUBMIT),
    (approve, BINH.id, Permission.BULLETIN_APPROVE),
    (note_something, BINH.id, Permission.BULLETIN_NOTE),
    (remind_approvers, CLOCKWORK.id, Permission.BULLETIN_REMIND),
    (return_it, BINH.id, Permission.BULLETIN_RETURN),
    (stop, HANH.id, Permission.BULLETIN_STOP),
    (resume, HANH.id, Permission.BULLETIN_RESUME),
    (withdraw, HANH.id, Permission.BULLETIN_WITHDRAW),
    (release, CLOCKWORK.id, Permission.BROADCAST_RELEASE),
    (release_a_template, AN.id, Permission.EMERGENCY_RELEASE),
    (decide_a_late_one, BINH.id, Permission.BROADCAST_DECIDE),
    (settle_a_send, BINH.id, Permission.DELIVERY_SETTLE),
    (settle_a_letter, GIANG.id, Permission.DELIVERY_SETTLE),
    (file_opinion, RESIDENT.id, Permission.OPINION_FILE),
    (read_a_case, GIANG.id, Permission.OPINION_OPEN),
    (listen_to_a_recording, GIANG.id, Permission.OPINION_LISTEN),
    (look_for_words, GIANG.id, Permission.OPINION_SEARCH),
    (take_a_case, GIANG.id, Permission.OPINION_TAKE),
    (give_a_case, GIANG.id, Permission.OPINION_ASSIGN),
    (take_a_case_from_somebody, THU.id, Permission.OPINION_REASSIGN),
    (give_a_case_back, GIANG.id, Permission.OPINION_GIVE_BACK),
    (remind_of_a_case, CLOCKWORK.id, Permission.OPINION_REMIND),
    (ask_back, GIANG.id, Permission.OPINION_ASK_BACK),
    (decline_a_case, GIANG.id, Permission.OPINION_DECLINE),
    (refer_a_case, GIANG.id, Permission.OPINION_REFER),
    (sound_an_alarm, GIANG.id, Permission.OPINION_ALARM),
    (join_two_cases, GIANG.id, Permission.OPINION_MERGE),
    (take_cases_apart, GIANG.id, Permission.OPINION_SET_APART),
    (open_a_matter, GIANG.id, Permission.MATTER_OPEN),
    (gather_cases, GIANG.id, Permission.MATTER_GATHER),
    (take_a_case_out, GIANG.id, Permission.MATTER_TAKE_OUT),
    (close_a_matter, GIANG.id, Permission.MATTER_CLOSE),
    (forward_a_case, GIANG.id, Permission.OPINION_FORWARD),
    (answer, GIANG.id, Permission.OPINION_ANSWER),
    (call_it_solved, RESIDENT.id, Permission.OPINION_FOLLOW),
    (let_a_letter_go, KHANH.id, Permission.OPINION_APPROVE_LETTER),
    (return_a_letter, KHANH.id, Permission.OPINION_RETURN_LETTER),
    (mute_somebody, HANH.id, Permission.OPINION_MUTE),
    (hear_somebody_again, HANH.id, Permission.OPINION_UNMUTE),
    (note_on_a_case, GIANG.id, Permission.OPINION_NOTE),
    (close_a_case, GIANG.id, Permission.OPINION_CLOSE),
    (close_by_itself, CLOCKWORK.id, Permission.OPINION_CLOSE),
    (erase_a_case, RESIDENT.id, Permission.OPINION_ERASE),
    (forget, CLOCKWORK.id, Permission.RETENTION_PURGE),
    (seal_anew, CLOCKWORK.id, Permission.KEY_RESEAL),
    (let_a_key_go, CLOCKWORK.id, Permission.KEY_DESTROY),
    (make_a_key_ahead, OPERATOR.id, Permission.KEY_MAKE),
    (change_the_key, OPERATOR.id, Permission.KEY_ROTATE),
    (end_a_key, OPERATOR.id, Permission.KEY_DESTROY),
    (split_a_key, OPERATOR.id, Permission.KEY_SPLIT),
    (join_a_key, OPERATOR.id, Permission.KEY_JOIN),
    (invite, OPERATOR.id, Permission.PERSON_INVITE),
    (revoke, OPERATOR.id, Permission.INVITE_REVOKE),
    (confirm, HANH.id, Permission.PERSON_CONFIRM),
    (found_a_unit, OPERATOR.id, Permission.UNIT_CREATE),
    (merge_a_unit, OPERATOR.id, Permission.UNIT_MERGE),
    (move_a_unit, OPERATOR.id, Permission.UNIT_MOVE),
    (bind, HANH.id, Permission.CHAT_BIND),
    (export_the_roster, OPERATOR.id, Permission.ROSTER_EXPORT),
    (take_what_is_read_out, OPERATOR.id, Permission.BULLETIN_EXPORT),
    (let_somebody_rest, HANH.id, Permission.ROSTER_KEEP),
    (import_a_roster, OPERATOR.id, Permission.ROSTER_IMPORT),
    (import_a_bulletin, OPERATOR.id, Permission.BULLETIN_IMPORT),
    (restore, OPERATOR.id, Permission.BACKUP_RESTORE),
    (set_a_day, HANH.id, Permission.CALENDAR_DECIDE),
    (type_in_for_somebody, GIANG.id, Permission.OPINION_RECORD),
    (pass_on_what_was_heard, DUNG.id, Permission.OPINION_HEAR),
    (log_a_session, DUNG.id, Permission.SESSION_LOG),
    (hand_a_session_in, DUNG.id, Permission.SESSION_SUBMIT),
    (confirm_a_session, HANH.id, Permission.SESSION_CONFIRM),
    (change_the_form, HANH.id, Permission.FORM_CHANGE),
    (return_a_session, HANH.id, Permission.SESSION_RETURN),
    (commend, HANH.id, Permission.COMMENDATION_GIVE),
    (take_praise_back, HANH.id, Permission.COMMENDATION_TAKE_BACK),
    (set_a_population, HANH.id, Permission.POPULATION_SET),
    (describe_a_group, HANH.id, Permission.CHAT_DESCRIBE),
    (look_at_photos, HANH.id, Permission.MEDIA_OPEN),
    (name_a_deputy, HANH.id, Permission.DEPUTY_NAME),
    (end_a_deputys_time, HANH.id, Permission.DEPUTY_END),
    (keep_a_template, HANH.id, Permission.LETTER_TEMPLATE_KEEP),
    (keep_a_label, HANH.id, Permission.LABEL_KEEP),
    (label_a_case, GIANG.id, Permission.OPINION_LABEL),
    (set_a_review_rule, HANH.id, Permission.REVIEW_RULE_SET),
    (set_a_plan, HANH.id, Permission.MONTHLY_PLAN_SET),
    (begin_material, AN.id, Permission.MATERIAL_COMPOSE),
    (submit_material, AN.id, Permission.MATERIAL_SUBMIT),
    (approve_material, BINH.id, Permission.MATERIAL_APPROVE),
    (return_material, BINH.id, Permission.MATERIAL_RETURN),
    (throw_material_away, AN.id, Permission.MATERIAL_WITHDRAW),
    (call_people, HANH.id, Permission.CONFERENCE_CALL),
    (cancel_a_conference, HANH.id, Permission.CONFERENCE_CALL),
    (mark_somebody_present, HANH.id, Permission.CONFERENCE_MARK),
    (remind, HANH.id, Permission.PERSON_NUDGE),
    (pass_on_by_name, DUNG.id, Permission.OPINION_HEAR),
]


@pytest.mark.parametrize(("act", "who", "action"), ACTS, ids=[a[0].__name__ for a in ACTS])
async def test_an_act_leaves_its_entry_last_in_a_sound_chain(
    office: Office, act: Act, who: str, action: Permission
) -> None:
    await act(office)
    entries = await office.record()

    assert (entries[-1].event.actor_id, entries[-1].event.action) == (who, action)
    assert first_break(entries) is None


def test_no_permission_is_used_without_a_trace() -> None:
    read_only = {Permission.BULLETIN_READ, Permission.MORNING_READ, Permission.ACTIVITY_READ}
    read_only |= {Permission.MATERIAL_READ, Permission.WORKLOAD_READ, Permission.FIGURES_READ}
    kept_for_a_year = {Permission.CONFERENCE_ATTEND}

    assert {action for _, _, action in ACTS} == set(Permission) - read_only - kept_for_a_year


async def test_the_record_holds_nothing_of_what_was_said(office: Office) -> None:
    await answer(office)
    await approve(office)
    written = str(office.sql("SELECT * FROM audit"))

    assert LAMP[:10] not in written
    assert MENDED[:10] not in written


async def test_a_change_past_the_database_is_found(office: Office) -> None:
    await approve(office)
    office.past_the_rules(
        "the_record_never_changes", "UPDATE audit SET actor_id = 'giang' WHERE seq = 2"
    )

    assert first_break(await office.record()) == 2


async def test_a_removal_past_the_database_is_found(office: Office) -> None:
    await approve(office)
    office.past_the_rules("nothing_leaves_the_record", "DELETE FROM audit WHERE seq = 2")

    assert first_break(await office.record()) == 3


async def test_a_refused_act_leaves_no_entry(office: Office) -> None:
    await submit(office)
    before = await office.record()
    button = await review_button(office)
    with pytest.raises(Exception, match="forbidden"):
        await office.review.approve_bulletin(actor(GIANG), button, office.cause())

    assert await office.record() == before
