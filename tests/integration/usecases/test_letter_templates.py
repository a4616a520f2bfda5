"""A unit's templates for answers: who keeps them, and the letters written by them."""

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.opinion import Opinion, OpinionState
from domain.model.unit import Unit
from domain.usecases.answer import LetterPreview
from domain.usecases.keep_templates import LIST, REMOVE, SHOW, TemplatesPage
from domain.usecases.use_template import AskedBody
from tests.integration.storage.cast import BINH, CITY, EM, GIANG, HANH, WARD
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, file_opinion, take

LAMPS = "Đèn đường\n[cơ quan] trả lời, hẹn [hạn]: [nội dung]"
WAIT = "Xin chờ\n[cơ quan] đang xem và sẽ trả lời trước ngày [hạn]."


async def keep(
    office: Office, typed: str = LAMPS, unit: Unit = WARD, note: str = "", who: Person = HANH
) -> TemplatesPage:
    asked = Dialog(who.id, Awaited.LETTER_TEMPLATE, unit.id, note)
    return await office.keep_templates.keep_template(actor(who), asked, typed, office.cause())


async def ask(office: Office, opinion: Opinion) -> Button:
    """Giang is asked for an answer; the first of the templates below that."""
    await office.answer.ask_answer(
        actor(GIANG), await office.button(private(GIANG), "opinion:answer"), office.cause()
    )
    async with office.file.begin() as work:
        lineage = await work.units.lineage(opinion.unit_id)
        template = (await work.templates.of(lineage.unit_ids))[0]
    until, holder = office.clock.now() + GOOD_FOR, to_person(GIANG.id)
    return Button("b", "answer:template", opinion.id, template.id, opinion.version, holder, until)


async def choose(office: Office, opinion: Opinion) -> AskedBody | LetterPreview:
    button = await ask(office, opinion)
    return await office.use_template.choose(actor(GIANG), button, office.cause())


async def fill(office: Office, typed: str = MENDED) -> LetterPreview:
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(GIANG.id)
    assert isinstance(dialog, Dialog)
    return await office.use_template.fill(actor(GIANG), dialog, typed, office.cause())


async def test_the_letter_that_was_previewed_is_the_one_that_arrives(office: Office) -> None:
    await keep(office)
    opinion = await take(office, await file_opinion(office))
    await choose(office, opinion)
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
    opinion = await take(office, await file_opinion(office))
    button = await ask(office, opinion)

    with pytest.raises(Refusal) as refused:
        await office.use_template.choose(actor(GIANG), button, office.cause())
    assert refused.value.key == "letter_template.unknown_slot"
    assert "đầu thư" in office.words(refused.value.key, **refused.value.values)
    assert len(page.templates) == 1


async def test_one_from_above_that_leaves_nothing_open_is_shown_at_once(office: Office) -> None:
    await keep(office, WAIT, CITY)
    opinion = await take(office, await file_opinion(office))
    shown = await choose(office, opinion)

    assert isinstance(shown, LetterPreview)
    assert f"{WARD.issuing_body} đang xem" in shown.letter.markup
    assert shown.opinion.state is OpinionState.IN_PROGRESS


async def test_what_was_removed_meanwhile_is_not_used(office: Office) -> None:
    page = await keep(office)
    opinion = await take(office, await file_opinion(office))
    button = await ask(office, opinion)
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
