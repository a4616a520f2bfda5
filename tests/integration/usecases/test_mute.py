"""Somebody can be muted for a time, and nobody learns who that is."""

from dataclasses import replace

import pytest

from domain.errors import Refusal
from domain.model.opinion import Opinion
from domain.model.opinion_kind import DATA_REQUESTS
from domain.model.resident import DraftStep, OpinionDraft
from domain.usecases.take_reply import Taken
from tests.integration.storage.cast import EM, HANH, NOW, STRANGER
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.hands import further, opened, reply, write_back
from tests.integration.usecases.muting import lift, mute
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import confirm_step, file_opinion, take
from tests.integration.usecases.test_case_matrix import stale
from tests.integration.usecases.test_replay_replies import replied
from tests.integration.usecases.test_write_back import ASK, QUESTION


async def write(office: Office) -> None:
    await office.receive.begin_opinion(await office.visit(), words=message("Lại hỏng rồi."))


async def muted(office: Office) -> Opinion:
    return await mute(office, await file_opinion(office))


async def test_who_is_muted_is_told_until_when_and_nothing_is_taken_in(office: Office) -> None:
    await muted(office)

    with pytest.raises(Refusal) as refused:
        await write(office)
    assert (refused.value.key, refused.value.values) == ("mute.told", {"until": "27/11/2026"})
    assert office.sql("SELECT count(*) FROM opinion_draft", which="vault") == [(0,)]


async def test_the_sentence_names_whom_to_call_in_danger(office: Office) -> None:
    said = office.letterhead.words.text("mute.told", until="27/11/2026")

    assert all(number in said for number in ("113", "114", "115", "27/11/2026"))


async def test_it_ends_by_itself_with_the_day(office: Office) -> None:
    await muted(office)
    office.wait(days=7)
    with pytest.raises(Refusal):
        await write(office)
    office.wait(days=1)

    await write(office)


async def test_it_ends_by_a_press(office: Office) -> None:
    opinion = await lift(office, await muted(office))

    await write(office)
    assert opinion.muted_until is None


async def test_what_was_begun_before_is_not_filed_either(office: Office) -> None:
    opinion = await file_opinion(office)
    intake = await confirm_step(office, "Đường ngập.")
    await mute(office, opinion)

    button = press(intake.buttons, "intake:file")
    with pytest.raises(Refusal) as refused:
        await office.receive.file_opinion(await office.visit(), button)
    assert refused.value.key == "mute.told"


async def test_nobody_else_is_muted(office: Office) -> None:
    await muted(office)

    await file_opinion(office, who=STRANGER)


async def test_who_is_muted_still_answers_what_the_office_asks(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await mute(office, opinion)

    added = await reply(office, "Cột số 7.")
    assert added.id == opinion.id


async def test_who_is_muted_sees_it_among_all_that_is_kept(office: Office) -> None:
    await muted(office)
    kept = await office.rights.view_kept(EM)

    assert str(kept.resident.muted_until) == "2026-11-27"


async def test_another_case_of_the_same_person_does_not_tell(office: Office) -> None:
    """Neither its row, nor what a supervisor is offered on it."""
    first, second = await file_opinion(office), await file_opinion(office, "Đường ngập.")
    await mute(office, first)
    await opened(office, HANH, second)
    more = await office.button(private(HANH), "opinion:further")
    offered = await office.triage.turn_menu(actor(HANH), more, office.cause())

    assert office.sql("SELECT muted_until FROM opinion WHERE id = ?", second.id) == [(None,)]
    assert "opinion:unmute" not in {button.action for button in offered}


async def test_what_lies_in_the_vault_has_one_length_muted_or_not(office: Office) -> None:
    length = "SELECT length(sealed) FROM resident"
    opinion = await file_opinion(office)
    before = office.sql(length, which="vault")
    await mute(office, opinion)

    assert office.sql(length, which="vault") == before


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_leaves_it_to_the_replay(office: Office, after: bool) -> None:
    opinion = await file_opinion(office)
    await opened(office, HANH, opinion)
    ask = await further(office, HANH, "opinion:mute")
    _, reasons = await office.mute.ask(actor(HANH), ask, office.cause())
    why = press(reasons, "mute:why", "quang_cao")
    _, spans = await office.mute.ask(actor(HANH), why, office.cause())
    button, cause = press(spans, "mute:set", "quang_cao/1"), office.cause()
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await office.mute.mute(actor(HANH), button, cause)
    office.crashing = None
    if not after:
        await office.mute.mute(actor(HANH), button, cause)

    with pytest.raises(Refusal):
        await write(office)
    assert len([1 for one in await office.record() if one.event.action == "opinion:mute"]) == 1


async def test_a_group_sees_no_difference(office: Office) -> None:
    """If it did, it would see who wrote the case that was muted."""
    await muted(office)
    taken = await (await replied(office))(office.cause())

    assert taken is Taken.FILED


async def test_whom_a_group_saw_cannot_be_muted(office: Office) -> None:
    await file_opinion(office)
    await (await replied(office))(office.cause())
    ((public,),) = office.sql("SELECT id FROM opinion WHERE source = 'group_reply'")
    async with office.file.begin() as work:
        opinion = await work.opinions.get(public)
    with pytest.raises(Refusal) as refused:
        await office.mute.ask(actor(HANH), stale("opinion:mute", opinion), office.cause())

    assert refused.value.key == "mute.nobody"


async def test_what_the_law_lets_everybody_ask_is_asked(office: Office) -> None:
    await muted(office)
    visit = await office.visit()

    for kind in DATA_REQUESTS:
        visit.require_heard(OpinionDraft("h", DraftStep.TEXT, NOW, kind=kind), NOW)


async def test_words_that_may_be_an_answer_are_not_refused(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    await write_back(office, opinion, ASK, QUESTION)
    await mute(office, opinion)
    draft = OpinionDraft("h", DraftStep.TEXT, NOW, may_answer=opinion.id)

    (await office.visit()).require_heard(draft, NOW)


async def test_what_was_begun_before_does_not_end_it(office: Office) -> None:
    """Their language, chosen in an update that was read before it and stored after."""
    opinion = await file_opinion(office)
    before = (await office.visit()).known.resident
    await mute(office, opinion)
    await office.vault.save_resident(EM, replace(before, language="en"))
    kept = await office.rights.view_kept(EM)

    assert (str(kept.resident.muted_until), kept.resident.language) == ("2026-11-27", "en")


async def test_consent_that_was_taken_back_does_not_come_again(office: Office) -> None:
    opinion = await file_opinion(office)
    await office.vault.forget_resident(EM)
    with pytest.raises(Refusal) as refused:
        await mute(office, opinion)

    assert refused.value.key == "mute.nobody"
    assert not (await office.visit()).known.resident.has_consented
