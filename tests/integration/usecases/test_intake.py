"""Em writes in: notice and consent first, then every word as she wrote it."""

from dataclasses import replace

import pytest

from domain.errors import LostRace, Overtaken, Refusal
from domain.model.case_times import CaseTimes
from domain.model.opinion import OpinionState
from domain.model.resident import DraftStep
from domain.usecases.choose_language import ChooseLanguage
from domain.usecases.visit import Intake
from tests.integration.storage.cast import CITY, EM, GIANG, NOW, STAFF_GROUP, STRANGER, WARD
from tests.integration.usecases.office import CALENDAR, Office, actor, message, press, private
from tests.integration.usecases.story import (
    LAMP,
    MENDED,
    confirm_step,
    file_opinion,
    left_open,
    take,
)

STAFF_CHAT = STAFF_GROUP.address.chat


async def wrote(office: Office, text: str = LAMP) -> Intake:
    return await office.receive.begin_opinion(await office.visit(), words=message(text))


async def agreed(office: Office, intake: Intake) -> Intake:
    return await office.receive.agree(await office.visit(), press(intake.buttons, "intake:agree"))


async def file(office: Office, intake: Intake) -> Intake:
    return await office.receive.file_opinion(
        await office.visit(), press(intake.buttons, "intake:file")
    )


async def draft_text(office: Office) -> str | None:
    draft = (await office.known()).draft
    return draft.text if draft else None


async def test_consent_is_asked_before_anything_else(office: Office) -> None:
    intake = await wrote(office)
    assert intake.draft is not None

    assert intake.draft.step is DraftStep.CONSENT
    assert {b.action for b in intake.buttons} == {
        "intake:agree",
        "intake:decline",
        "language:choose",
    }


async def test_what_was_written_before_consent_is_kept_on_consent(office: Office) -> None:
    intake = await agreed(office, await wrote(office))
    assert intake.draft is not None

    assert (intake.draft.step, intake.draft.text) == (DraftStep.KIND, LAMP)


async def test_without_consent_a_message_waits_sixty_minutes_and_no_longer(office: Office) -> None:
    intake = await wrote(office)
    office.wait(minutes=59, seconds=59)
    assert await draft_text(office) == LAMP
    office.wait(seconds=1)

    assert await draft_text(office) is None
    with pytest.raises(LostRace) as refused:
        await agreed(office, intake)
    assert refused.value.key == "intake.draft_gone"


async def test_writing_more_does_not_make_it_wait_longer(office: Office) -> None:
    await wrote(office)
    office.wait(minutes=50)
    await wrote(office, "Hẻm rất tối.")
    office.wait(minutes=10)

    assert await draft_text(office) is None


async def test_what_nobody_agreed_to_is_erased_from_the_file(office: Office) -> None:
    await wrote(office)
    office.wait(minutes=60)

    assert (await office.purge.forget_expired()).drafts == 1
    assert office.sql("SELECT count(*) FROM opinion_draft", which="vault") == [(0,)]


async def test_a_refusal_erases_the_words_at_once(office: Office) -> None:
    intake = await wrote(office)
    await office.receive.cancel_draft(await office.visit(), press(intake.buttons, "intake:decline"))

    assert await draft_text(office) is None
    assert office.sql("SELECT count(*) FROM opinion") == [(0,)]


async def test_choosing_a_language_is_no_consent(office: Office) -> None:
    intake = await wrote(office)
    khmer = press(intake.buttons, "language:choose", "km")
    intake = await ChooseLanguage(office.receive).choose(await office.visit(), khmer)

    assert (intake.resident.language, intake.resident.has_consented) == ("km", False)


async def test_a_language_chosen_before_consent_is_forgotten_with_the_draft(
    office: Office,
) -> None:
    intake = await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    khmer = press(intake.buttons, "language:choose", "km")
    await ChooseLanguage(office.receive).choose(await office.visit(), khmer)
    office.wait(minutes=61)
    await office.purge.forget_expired()

    assert office.sql("SELECT * FROM opinion_draft", which="vault") == []
    assert office.sql("SELECT * FROM resident", which="vault") == []


async def test_a_language_chosen_before_consent_stays_with_it(office: Office) -> None:
    intake = await office.receive.begin_opinion(await office.visit(), words=message(LAMP))
    khmer = press(intake.buttons, "language:choose", "km")
    intake = await ChooseLanguage(office.receive).choose(await office.visit(), khmer)
    await office.receive.agree(await office.visit(), press(intake.buttons, "intake:agree"))

    assert (await office.known()).resident.language == "km"
    assert intake.draft is not None
    assert intake.draft.step is DraftStep.CONSENT


async def test_who_agreed_is_not_asked_again(office: Office) -> None:
    await file_opinion(office)
    intake = await wrote(office, "Còn một việc nữa.")
    assert intake.draft is not None

    assert intake.draft.step is DraftStep.KIND


@pytest.mark.parametrize(
    "text", [LAMP, "=1+1", "Quá tệ!!! 😡 Ai chịu?", "ខ្ញុំចង់សួរ", "0903123456\n\n  là số tôi"]
)
async def test_an_opinion_is_filed_word_for_word(office: Office, text: str) -> None:
    opinion = await file_opinion(office, text)

    assert office.sql("SELECT text FROM opinion") == [(text,)]
    assert opinion.text == text


async def test_several_messages_become_one_opinion(office: Office) -> None:
    intake = await agreed(office, await wrote(office, "Đèn hỏng."))
    intake = await left_open(office, await wrote(office, "Hẻm rất tối."))
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await office.receive.choose_unit(await office.visit(), place)

    filed = (await file(office, intake)).filed
    assert filed is not None
    assert filed.text == "Đèn hỏng.\nHẻm rất tối."


async def test_the_resident_gets_a_code_and_staff_a_card_without_the_text(office: Office) -> None:
    opinion = await file_opinion(office)
    (receipt,), (card,) = office.gateway.to(EM.chat), office.gateway.to(STAFF_CHAT)

    assert opinion.code in receipt.markup
    assert opinion.number in card.markup
    assert "Đèn đường" not in card.markup


async def test_staff_are_never_shown_the_code_which_opens_and_erases(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    preview = await office.answer.preview_answer(actor(GIANG), opinion.id, MENDED, office.cause())
    await office.send_all()

    shown = [*office.gateway.to(STAFF_CHAT), *office.gateway.to(private(GIANG))]
    assert shown
    assert not any(opinion.code in call.markup for call in shown)
    assert opinion.code not in preview.letter.markup


async def test_an_opinion_that_is_filed_is_not_called_cancelled(office: Office) -> None:
    intake = await confirm_step(office)
    cancel = press(intake.buttons, "intake:cancel")
    await file(office, intake)

    with pytest.raises(LostRace) as refused:
        await office.receive.cancel_draft(await office.visit(), cancel)
    assert refused.value.key == "intake.draft_gone"


async def test_a_case_starts_new_with_an_owner_to_be_found_and_a_day_due(office: Office) -> None:
    opinion = await file_opinion(office)

    assert (opinion.state, opinion.owner_id, opinion.filed_at) == (OpinionState.NEW, None, NOW)
    assert opinion.due_at == CaseTimes().answer_due(NOW, CALENDAR)


async def test_a_case_keeps_the_day_it_was_promised_when_the_office_sets_another(
    office: Office,
) -> None:
    before = await file_opinion(office)
    office.letterhead = replace(office.letterhead, times=CaseTimes(answer_days=3))
    after = await file_opinion(office, who=STRANGER)

    async with office.memory.begin() as work:
        kept = await work.opinions.get(before.id)
    assert (kept.due_at, kept.due_at > after.due_at) == (before.due_at, True)
    assert "(3 ngày làm việc)" in office.gateway.to(STRANGER.chat)[-1].markup


async def test_without_a_place_the_office_at_the_top_answers(office: Office) -> None:
    intake = await left_open(office, await agreed(office, await wrote(office)))
    skip = next(b for b in intake.buttons if (b.action, b.choice) == ("intake:unit", ""))
    intake = await office.receive.choose_unit(await office.visit(), skip)
    filed = (await file(office, intake)).filed

    assert filed is not None
    assert filed.unit_id == CITY.id


async def test_a_posters_link_brings_the_place_along(office: Office) -> None:
    intake = await office.receive.greet(await office.visit(), WARD.code)
    intake = await agreed(office, intake)
    intake = await left_open(office, await wrote(office))

    assert intake.unit == WARD
    assert press(intake.buttons, "intake:file").choice == ""


async def test_rewriting_keeps_the_place_and_asks_for_new_words(office: Office) -> None:
    intake = await confirm_step(office)
    intake = await office.receive.rewrite(
        await office.visit(), press(intake.buttons, "intake:rewrite")
    )
    assert intake.draft is not None
    assert (intake.draft.step, intake.draft.text) == (DraftStep.TEXT, "")
    intake = await wrote(office, "Viết lại.")

    assert intake.draft is not None
    assert (intake.draft.step, intake.unit) == (DraftStep.CONFIRM, WARD)


async def test_nothing_is_filed_before_the_last_look(office: Office) -> None:
    await confirm_step(office)
    await office.send_all()

    assert office.sql("SELECT count(*) FROM opinion") == [(0,)]
    assert office.gateway.calls == []


async def test_a_button_of_an_earlier_step_does_nothing(office: Office) -> None:
    old = await left_open(office, await agreed(office, await wrote(office)))
    await wrote(office, "Thêm một câu.")

    with pytest.raises(LostRace) as refused:
        await office.receive.choose_unit(
            await office.visit(), press(old.buttons, "intake:unit", WARD.id)
        )
    assert refused.value.key == "button.stale"


async def test_a_filed_opinion_is_not_filed_twice(office: Office) -> None:
    intake = await confirm_step(office)
    await file(office, intake)

    with pytest.raises(LostRace):
        await file(office, intake)
    assert office.sql("SELECT count(*) FROM opinion") == [(1,)]


async def test_nobody_files_what_somebody_else_wrote(office: Office) -> None:
    intake = await confirm_step(office)
    button = press(intake.buttons, "intake:file")

    with pytest.raises(LostRace):
        await office.receive.file_opinion(await office.visit(STRANGER), button)


async def test_after_withdrawing_consent_nothing_can_be_filed(office: Office) -> None:
    intake = await confirm_step(office)
    await office.rights.withdraw_consent(EM, office.cause())

    with pytest.raises(LostRace):
        await file(office, intake)
    assert not (await office.known()).resident.has_consented
    assert (await office.rights.view_kept(EM)).has_draft is False


async def test_consent_taken_back_under_a_draft_stops_the_filing(office: Office) -> None:
    """The draft is there, the consent is not: the rule itself must say no."""
    intake = await confirm_step(office)
    resident = (await office.known()).resident
    await office.vault.save_resident(EM, type(resident)(resident.language))

    with pytest.raises(Refusal) as refused:
        await file(office, intake)
    assert refused.value.key == "intake.no_consent"


async def test_every_commune_can_be_chosen_and_nothing_else(office: Office) -> None:
    intake = await left_open(office, await agreed(office, await wrote(office)))
    places = [b.choice for b in intake.buttons if b.action == "intake:unit"]

    assert sorted(places) == ["", "cr", "nk"]


async def test_a_case_without_a_staff_group_reaches_each_triager(office: Office) -> None:
    async with office.memory.begin() as work:
        await work.chats.lose(STAFF_GROUP.id)
        await work.commit()
    await file_opinion(office)

    assert len(office.gateway.to("104")) == 1


async def test_who_was_held_up_puts_no_older_words_in_place_of_newer_ones(office: Office) -> None:
    held_up = await office.visit()
    for text in ("Đèn hỏng.", "Đã hai tuần."):
        await office.receive.begin_opinion(await office.visit(), words=message(text))
    with pytest.raises(Overtaken):
        await office.receive.begin_opinion(held_up, words=message("Đèn hỏng."))

    draft = (await office.known()).draft
    assert draft is not None
    assert draft.text == "Đèn hỏng.\nĐã hai tuần."
