"""A voice goes with an opinion only by a consent of its own, and lies where pictures do."""

import pytest

from channels.recordings import only_sound
from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Permission
from domain.model.delivery import EntryState
from domain.model.erasure import ErasedKind
from domain.model.opinion_voice import VOICE_NOTICE_VERSION, DraftVoice
from domain.model.resident import DraftStep
from domain.usecases.attach_pictures import AttachPictures
from storage.erasures import ErasureJournal
from tests.databases import only_files
from tests.integration.storage.cast import CHI, EM, GIANG
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import LAMP, settle, take, write_answer
from tests.integration.usecases.voices import (
    HEARD,
    agreed,
    asked,
    asked_to_listen,
    at_the_last_look,
    attach,
    filed_by_voice,
    listening,
    send,
)
from tests.unit.channels.ogg import spoken

HELD = "SELECT count(*) FROM held_picture"
KEPT = "SELECT agreed_to, content FROM opinion_voice"
ALONE = "[Ý kiến bằng giọng nói: nghe đoạn ghi âm 45 giây kèm theo. Người gửi không viết gì thêm.]"


def held(office: Office) -> int:
    ((count,),) = office.sql(HELD, which="vault")
    return int(count)


def nowhere(office: Office) -> bool:
    return all(HEARD not in office.databases.everything(which) for which in ("main", "vault"))


async def test_nothing_is_fetched_before_its_own_consent(office: Office) -> None:
    await asked(office)

    assert office.gateway.fetched == []
    assert held(office) == 0


async def test_agreed_to_it_waits_sealed_and_its_reference_is_gone(office: Office) -> None:
    intake = await agreed(office)

    assert intake.draft
    assert intake.draft.voice
    assert (intake.draft.voice.file, intake.draft.voice.seconds, held(office)) == ("", 45, 1)
    assert nowhere(office)


async def test_the_consent_is_kept_with_that_opinion_and_no_other(office: Office) -> None:
    first = await filed_by_voice(office)
    await send(office, 2)

    assert office.sql("SELECT opinion_id, agreed_to FROM opinion_voice") == [
        (first.id, VOICE_NOTICE_VERSION)
    ]
    draft = (await office.known()).draft
    assert draft
    assert draft.step is DraftStep.VOICE


async def test_refusing_keeps_nothing_of_it_and_all_of_the_rest(office: Office) -> None:
    button = press((await asked(office, LAMP)).buttons, "voice:decline")
    intake = await attach(office).leave_out(await office.visit(), button)

    assert intake.draft
    assert (intake.draft.text, intake.draft.voice, intake.draft.step) == (
        LAMP,
        None,
        DraftStep.KIND,
    )
    assert (held(office), office.gateway.fetched) == (0, [])


async def test_silence_keeps_nothing_of_it(office: Office) -> None:
    await asked(office)
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    draft = (await office.known()).draft
    assert draft
    assert (draft.text, draft.step, held(office)) == (LAMP, DraftStep.VOICE, 0)
    office.wait(hours=25)
    await office.purge.forget_expired()

    assert office.sql("SELECT count(*) FROM opinion_draft", which="vault") == [(0,)]
    assert office.gateway.fetched == []


async def test_without_the_notice_agreed_to_it_is_gone_after_an_hour(office: Office) -> None:
    await send(office)
    office.wait(minutes=61)
    await office.purge.forget_expired()

    assert office.sql("SELECT count(*) FROM opinion_draft", which="vault") == [(0,)]


async def test_an_opinion_may_be_a_recording_alone(office: Office) -> None:
    opinion = await filed_by_voice(office)

    assert (opinion.text, opinion.voice) == (ALONE, 45)
    assert office.sql(KEPT) == [(VOICE_NOTICE_VERSION, HEARD)]
    assert held(office) == 0


async def test_words_beside_it_stay_word_for_word(office: Office) -> None:
    assert (await filed_by_voice(office, LAMP)).text == LAMP


async def test_it_can_be_taken_off_before_it_is_filed(office: Office) -> None:
    intake = await at_the_last_look(office, await agreed(office, LAMP))
    button = press(intake.buttons, "voice:remove")
    intake = await attach(office).leave_out(await office.visit(), button)

    assert intake.draft
    assert (intake.draft.voice, intake.draft.step) == (None, DraftStep.CONFIRM)
    assert held(office) == 0


async def test_taken_off_alone_words_are_asked_for(office: Office) -> None:
    intake = await at_the_last_look(office, await agreed(office))
    button = press(intake.buttons, "voice:remove")
    intake = await attach(office).leave_out(await office.visit(), button)

    assert intake.draft
    assert intake.draft.step is DraftStep.TEXT


async def test_pictures_beside_it_stay_when_it_is_taken_off(office: Office) -> None:
    await agreed(office, LAMP)
    office.gateway.files["f"] = b"\xff\xd8 a lamp"
    pictures = AttachPictures(office.receive, office.gateway)
    intake = await pictures.add(await office.visit(), "f", 7)
    intake = await at_the_last_look(office, intake)
    button = press(intake.buttons, "voice:remove")
    await attach(office).leave_out(await office.visit(), button)

    draft = (await office.known()).draft
    assert draft
    assert (draft.pictures, held(office)) == ((7,), 1)


async def test_there_is_one_of_an_opinion(office: Office) -> None:
    await agreed(office)
    with pytest.raises(Refusal, match=r"voice\.one_only"):
        await send(office, 2)


async def test_one_that_says_it_is_short_and_is_not_is_not_kept(office: Office) -> None:
    button = press((await asked(office, LAMP)).buttons, "voice:agree")
    office.gateway.files["v"] = only_sound(spoken(121))

    with pytest.raises(Refusal, match="voice_too_long"):
        await attach(office).agree(await office.visit(), button)
    draft = (await office.known()).draft
    assert draft
    assert (draft.text, draft.step, held(office)) == (LAMP, DraftStep.VOICE, 0)


async def test_too_long_by_its_own_word_it_is_refused_at_once(office: Office) -> None:
    with pytest.raises(Refusal, match="voice_too_long"):
        await attach(office).offer(await office.visit(), DraftVoice(1, "v", 121))


@pytest.mark.parametrize("caption", ["", LAMP], ids=["alone", "beside words"])
async def test_one_that_is_lost_is_not_left_out_in_silence(office: Office, caption: str) -> None:
    intake = await at_the_last_look(office, await agreed(office, caption))
    assert intake.draft
    await office.vault.drop_files(intake.draft.handle)

    button = press(intake.buttons, "intake:file")
    with pytest.raises(Refusal, match=r"voice\.lost"):
        await office.receive.file_opinion(await office.visit(), button)
    assert office.sql("SELECT count(*) FROM opinion") == [(0,)]


async def test_a_press_on_an_old_button_keeps_nothing(office: Office) -> None:
    old = press((await asked(office)).buttons, "voice:agree")
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))

    with pytest.raises(LostRace):
        await attach(office).agree(await office.visit(), old)
    assert held(office) == 0


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_as_it_is_agreed_to_keeps_it_once(office: Office, after: bool) -> None:
    button = press((await asked(office)).buttons, "voice:agree")
    visit = await office.visit()
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await attach(office).agree(visit, button)
    office.crashing = None
    if not after:
        await attach(office).agree(await office.visit_of(visit.cause), button)

    draft = (await office.known()).draft
    assert draft
    assert draft.voice
    assert draft.voice.consent
    assert held(office) == 1


async def test_two_presses_keep_it_once(office: Office) -> None:
    button = press((await asked(office)).buttons, "voice:agree")
    await attach(office).agree(await office.visit(), button)
    with pytest.raises(LostRace):
        await attach(office).agree(await office.visit(), button)

    assert (office.gateway.fetched, held(office)) == (["v"], 1)


async def test_a_consent_taken_back_takes_it_along(office: Office) -> None:
    await agreed(office)
    await office.rights.withdraw_consent(EM, office.cause())

    assert held(office) == 0


async def test_whoever_cancels_leaves_none(office: Office) -> None:
    intake = await at_the_last_look(office, await agreed(office))
    button = press(intake.buttons, "intake:cancel")
    await office.receive.cancel_draft(await office.visit(), button)

    assert held(office) == 0


async def test_written_anew_it_is_gone(office: Office) -> None:
    intake = await at_the_last_look(office, await agreed(office))
    button = press(intake.buttons, "intake:rewrite")
    intake = await office.receive.rewrite(await office.visit(), button)

    assert intake.draft
    assert (intake.draft.voice, held(office)) == (None, 0)


async def test_under_a_newer_key_it_opens_as_before(office: Office) -> None:
    office.wait(days=10, hours=14)  # the last hours of November
    intake = await agreed(office)
    office.wait(hours=20)
    assert intake.draft
    await office.reseal.reseal_all()
    (one,) = await office.vault.held_files(intake.draft.handle)

    assert one.content == HEARD


async def test_each_listening_is_on_record_in_private_and_for_a_day(office: Office) -> None:
    opinion = await filed_by_voice(office)
    await asked_to_listen(office, opinion)
    await office.send_all()
    shown = office.gateway.to(private(GIANG))[-1]
    office.wait(hours=25)
    await office.take_back.delete_expired()

    assert shown.file
    assert (shown.file.content, shown.file.is_guarded) == (HEARD, True)
    last = (await office.record())[-1].event
    assert (last.actor_id, last.action, last.subject) == (
        GIANG.id,
        Permission.OPINION_LISTEN,
        opinion.id,
    )
    deleted = [call for call in office.gateway.calls if call.act == "delete"]
    assert len(deleted) >= 2


async def test_another_commune_hears_none(office: Office) -> None:
    opinion = await filed_by_voice(office)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:listen")

    with pytest.raises(Forbidden):
        await listening(office).open_voice(actor(CHI), button, office.cause())


async def test_no_group_ever_gets_it(office: Office) -> None:
    await asked_to_listen(office, await filed_by_voice(office))
    await office.send_all()
    with_files = [call for call in office.gateway.calls if call.file]

    assert [call.chat for call in with_files] == [private(GIANG)]


async def test_erased_while_it_is_in_line_it_goes_to_nobody(office: Office) -> None:
    opinion = await filed_by_voice(office)
    await asked_to_listen(office, opinion)
    await office.follow.erase_case(opinion.code, office.cause())
    await office.send_all()

    assert not [call for call in office.gateway.calls if call.file]
    assert EntryState.CANCELLED in (await office.states("view")).values()


@only_files
async def test_erased_it_is_in_no_file(office: Office) -> None:
    opinion = await filed_by_voice(office)
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql(KEPT) == []
    assert nowhere(office)


async def test_every_erasure_is_in_the_journal_and_a_backup_brings_none_back(
    office: Office,
) -> None:
    opinion = await filed_by_voice(office)
    ((name,),) = office.sql("SELECT id FROM opinion_voice")
    journal = ErasureJournal(office.databases.folder / "erasures", office.clock)
    journal.write(ErasedKind.MEDIA, [name])
    found = await office.restore.go_on_from(office.clock.now())
    assert (found.erased, office.sql(KEPT)) == (1, [])

    await office.follow.erase_case(opinion.code, office.cause())
    assert name in (await office.vault.erased()).media


async def test_it_is_forgotten_with_the_words(office: Office) -> None:
    opinion = await take(office, await filed_by_voice(office))
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "solved")
    office.wait(days=119)
    await office.purge.forget_expired()
    assert office.sql("SELECT voice FROM opinion") == [(45,)]
    office.wait(days=2)
    await office.purge.forget_expired()

    assert office.sql(KEPT) == []
    assert office.sql("SELECT voice FROM opinion") == [(0,)]
