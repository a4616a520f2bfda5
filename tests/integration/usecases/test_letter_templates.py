"""A unit's templates for letters: who keeps them, and the letters written by them."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.office_word import BY_KIND
from domain.model.opinion import LetterKind, OpinionState
from domain.model.unit import Unit
from domain.usecases.keep_templates import LIST, REMOVE, SHOW, TemplatesPage
from domain.usecases.preview_letter import LetterAsked, LetterPreview
from domain.usecases.use_template import AskedBody
from tests.integration.storage.cast import BINH, CITY, EM, GIANG, HANH, WARD
from tests.integration.usecases.hands import as_sent
from tests.integration.usecases.letters import approve_letter, demand_two
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, file_opinion, take

LAMPS = "Đèn đường\n[cơ quan] trả lời, hẹn [hạn]: [nội dung]"
WAIT = "Xin chờ\n[cơ quan] đang xem và sẽ trả lời trước ngày [hạn]."


async def keep(
    office: Office, typed: str = LAMPS, unit: Unit = WARD, note: str = "", who: Person = HANH
) -> TemplatesPage:
    asked = Dialog(who.id, Awaited.LETTER_TEMPLATE, unit.id, note)
    return await office.keep_templates.keep_template(actor(who), asked, typed, office.cause())


async def ask(office: Office) -> Button:
    """Giang is asked for an answer; the first of the templates below that."""
    answer = await office.button(private(GIANG), "opinion:answer")
    asked = await office.answer.ask_answer(actor(GIANG), answer, office.cause())
    return asked.buttons[0]


async def ask_for(office: Office, action: str) -> LetterAsked:
    """Giang is asked for a letter of another kind."""
    button = replace(await office.button(private(GIANG), "opinion:answer"), action=action)
    return await office.write_back.ask_words(actor(GIANG), button, office.cause())


async def choose(office: Office) -> AskedBody | LetterPreview:
    button = await ask(office)
    return await office.use_template.choose(actor(GIANG), button, office.cause())


async def fill(office: Office, typed: str = MENDED) -> LetterPreview:
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(GIANG.id)
    assert isinstance(dialog, Dialog)
    return await office.use_template.fill(actor(GIANG), dialog, typed, office.cause())


async def test_the_letter_that_was_previewed_is_the_one_that_arrives(office: Office) -> None:
    await keep(office)
    opinion = await take(office, await file_opinion(office))
    await choose(office)
    preview = await fill(office)
    due = f"{opinion.due_at:%d/%m/%Y}"
    said = f"{WARD.issuing_body} trả lời, hẹn {due}: {MENDED}"
    assert said in preview.letter.markup
    assert not any(MENDED in call.markup for call in office.gateway.to(EM.chat))

    button = press(preview.buttons, "answer:send")
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()
    sent = office.gateway.to(EM.chat)[-1].markup
    assert said in sent
    assert (opinion.code in sent, opinion.number in sent) == (True, False)
    assert opinion.code not in preview.letter.markup


async def test_a_template_from_before_that_names_the_case_is_refused_with_a_sentence(
    office: Office,
) -> None:
    page = await keep(office)
    office.sql("UPDATE letter_template SET text = 'Về ý kiến [mã]: [nội dung]'")
    await take(office, await file_opinion(office))
    button = await ask(office)

    with pytest.raises(Refusal) as refused:
        await office.use_template.choose(actor(GIANG), button, office.cause())
    assert refused.value.key == "letter_template.unknown_slot"
    assert "đầu thư" in office.words(refused.value.key, **refused.value.values)
    assert len(page.templates) == 1


async def test_one_from_above_that_leaves_nothing_open_is_shown_at_once(office: Office) -> None:
    await keep(office, WAIT, CITY)
    await take(office, await file_opinion(office))
    shown = await choose(office)

    assert isinstance(shown, LetterPreview)
    assert f"{WARD.issuing_body} đang xem" in shown.letter.markup
    assert shown.opinion.state is OpinionState.IN_PROGRESS


async def test_what_was_removed_meanwhile_is_not_used(office: Office) -> None:
    page = await keep(office)
    await take(office, await file_opinion(office))
    button = await ask(office)
    show = press(page.buttons, SHOW)
    _, buttons = await office.keep_templates.show_template(actor(HANH), show, office.cause())
    remove = press(buttons, REMOVE)
    await office.keep_templates.remove_template(actor(HANH), remove, office.cause())

    with pytest.raises(LostRace) as refused:
        await office.use_template.choose(actor(GIANG), button, office.cause())
    assert refused.value.key == "letter_template.gone"


async def test_only_whoever_supervises_the_unit_keeps_its_templates(office: Office) -> None:
    until = office.clock.now() + GOOD_FOR
    for person in (BINH, GIANG):
        with pytest.raises(Forbidden):
            await keep(office, who=person)
        button = Button("b", LIST, WARD.id, "", 1, to_person(person.id), until)
        with pytest.raises(Forbidden):
            await office.keep_templates.list_templates(actor(person), button, office.cause())


async def test_a_change_takes_the_place_of_what_was_there(office: Office) -> None:
    first = press((await keep(office)).buttons, SHOW).choice
    page = await keep(office, "Đèn đường\nĐã sửa: [nội dung]", note=first)

    assert [(one.id, one.text) for one in page.templates] == [(first, "Đã sửa: [nội dung]")]


async def test_the_record_says_who_kept_which_and_holds_no_word_of_it(office: Office) -> None:
    kept = press((await keep(office)).buttons, SHOW).choice
    with pytest.raises(Refusal):
        await keep(office, "Khác\nKính gửi [họ tên]")
    acts = "SELECT actor_id, subject, detail FROM audit WHERE action = 'letter_template:keep'"

    assert office.sql(acts) == [(HANH.id, WARD.id, f"added {kept}")]


ASK_BACK, DECLINE, REFER = "opinion:ask_back", "opinion:decline", "opinion:refer"
FOR_OTHERS = {
    ASK_BACK: (LetterKind.QUESTION, "Thiếu địa chỉ\n[cơ quan] cần biết rõ nơi nào: [nội dung]"),
    DECLINE: (LetterKind.REFUSAL, "Việc dân sự\n[cơ quan] không giải quyết, vì [nội dung]"),
    REFER: (LetterKind.REFERRAL, "Điện lực\nĐã chuyển Điện lực Ninh Kiều: [nội dung]"),
}


@pytest.mark.parametrize("action", FOR_OTHERS)
async def test_a_letter_of_another_kind_is_previewed_and_sent_as_by_hand(
    office: Office, action: str
) -> None:
    kind, typed = FOR_OTHERS[action]
    await keep(office, typed, note=kind)
    opinion = await take(office, await file_opinion(office))
    button = (await ask_for(office, action)).buttons[0]
    await office.use_template.choose(actor(GIANG), button, office.cause())
    preview = await fill(office)
    said = typed.partition("\n")[2].replace("[cơ quan]", WARD.issuing_body)
    assert said.replace("[nội dung]", MENDED) in preview.letter.markup
    assert not any(MENDED in call.markup for call in office.gateway.to(EM.chat))

    send = press(preview.buttons, "case_letter:send")
    moved, sent = await office.write_back.send(actor(GIANG), send, office.cause())
    await office.send_all()
    assert (sent, moved.state) == (kind, BY_KIND[kind].state)
    assert office.gateway.to(EM.chat)[-1].markup == as_sent(office, preview, opinion)


async def test_each_kind_of_letter_is_offered_its_own_templates_only(office: Office) -> None:
    await keep(office)
    for kind, typed in FOR_OTHERS.values():
        await keep(office, typed, note=kind)
    await take(office, await file_opinion(office))

    for action, (kind, typed) in FOR_OTHERS.items():
        asked = await ask_for(office, action)
        names = [one.name for one in asked.templates]
        assert (asked.kind, names) == (kind, [typed.partition("\n")[0]])


async def test_a_refusal_by_a_template_waits_for_the_second_person_too(office: Office) -> None:
    kind, typed = FOR_OTHERS[DECLINE]
    await keep(office, typed, note=kind)
    await demand_two(office)
    opinion = await take(office, await file_opinion(office))
    button = (await ask_for(office, DECLINE)).buttons[0]
    await office.use_template.choose(actor(GIANG), button, office.cause())
    submit = press((await fill(office)).buttons, "case_letter:submit")
    waiting, _ = await office.write_back.send(actor(GIANG), submit, office.cause())
    await office.send_all()

    assert waiting.state is OpinionState.IN_PROGRESS
    assert not any(MENDED in call.markup for call in office.gateway.to(EM.chat))
    moved = await approve_letter(office, opinion)
    assert moved.state is OpinionState.DECLINED
    assert MENDED in office.gateway.to(EM.chat)[-1].markup


async def test_a_template_from_before_is_for_answers_and_its_old_button_still_works(
    office: Office,
) -> None:
    office.sql(
        "INSERT INTO letter_template (id, unit_id, name, text, kept_by, kept_at)"
        f" VALUES ('t1', '{WARD.id}', 'Cũ', 'Xin trả lời.', '{HANH.id}', '2026-11-01 00:00:00')"
    )
    await take(office, await file_opinion(office))
    button = await ask(office)
    assert button.choice == "answer/t1"
    old = replace(button, choice="t1")

    shown = await office.use_template.choose(actor(GIANG), old, office.cause())
    assert isinstance(shown, LetterPreview)
    assert "Xin trả lời." in shown.letter.markup


async def test_a_role_that_was_lost_meanwhile_is_said_before_anything_of_the_template(
    office: Office,
) -> None:
    kind, typed = FOR_OTHERS[REFER]
    await keep(office, typed, note=kind)
    await take(office, await file_opinion(office))
    button = (await ask_for(office, REFER)).buttons[0]
    office.sql("DELETE FROM letter_template")

    with pytest.raises(Forbidden):
        await office.use_template.choose(actor(replace(GIANG, grants=())), button, office.cause())
    with pytest.raises(LostRace) as refused:
        await office.use_template.choose(actor(GIANG), button, office.cause())
    assert refused.value.key == "letter_template.gone"


async def test_a_template_that_is_removed_while_its_words_are_typed_is_said_to_be_gone(
    office: Office,
) -> None:
    kind, typed = FOR_OTHERS[ASK_BACK]
    await keep(office, typed, note=kind)
    await take(office, await file_opinion(office))
    button = (await ask_for(office, ASK_BACK)).buttons[0]
    await office.use_template.choose(actor(GIANG), button, office.cause())
    office.sql("DELETE FROM letter_template")

    with pytest.raises(LostRace) as refused:
        await fill(office)
    assert refused.value.key == "letter_template.gone"


async def test_one_name_can_stand_for_each_kind_of_letter_and_a_change_keeps_the_kind(
    office: Office,
) -> None:
    await keep(office, "Đèn\nTrả lời.")
    await keep(office, "Đèn\nHỏi thêm.", note=LetterKind.QUESTION)
    page = await keep(office, "Đèn\nKhông tiếp nhận.", note=LetterKind.REFUSAL)
    with pytest.raises(Refusal) as refused:
        await keep(office, "ĐÈN\nKhác.", note=LetterKind.QUESTION)
    assert refused.value.key == "letter_template.same_name"

    question = next(one for one in page.templates if one.kind is LetterKind.QUESTION)
    page = await keep(office, "Đèn\nHỏi lại.", note=question.id)
    kept = [(one.kind, one.text) for one in page.templates]
    assert kept == [
        (LetterKind.ANSWER, "Trả lời."),
        (LetterKind.QUESTION, "Hỏi lại."),
        (LetterKind.REFUSAL, "Không tiếp nhận."),
    ]
