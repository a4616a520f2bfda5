"""Material is checked by a second person, reaches communicators of its place, and no group."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import RESIDENT, Grant, Person, Role
from domain.model.attachment import AttachmentKind
from domain.model.delivery import Payload, card, to_chat, to_handle
from domain.model.handout import LARGEST
from domain.model.material import MaterialKind
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, LAN, join
from tests.integration.usecases.materials import (
    PDF,
    TEXT,
    TITLE,
    approve_material,
    attach,
    begin,
    found_by,
    office_file,
    opened,
    review,
    say,
    submit,
    written,
)
from tests.integration.usecases.office import Office, actor, press, private

TOPIC, QUESTIONS, HANDOUT = MaterialKind


@pytest.fixture(autouse=True)
async def moved_in(office: Office) -> None:
    await join(office, DUNG, LAN)


async def titles(office: Office, query: str = "", person: Person = DUNG) -> list[str]:
    return [one.revision.body.title for one in (await found_by(office, query, person)).lines]


async def test_what_is_approved_stands_on_the_shelf(office: Office) -> None:
    await approve_material(office)

    assert await titles(office) == [TITLE]


async def test_what_is_not_approved_stands_nowhere(office: Office) -> None:
    await written(office)
    assert await titles(office) == []
    await submit(office, await written(office))

    assert await titles(office) == []


async def test_another_commune_sees_nothing(office: Office) -> None:
    await approve_material(office)

    assert await titles(office, person=LAN) == []
    assert await titles(office, "duong", person=CHI) == []


async def test_another_commune_cannot_open_it_by_a_button_of_its_own(office: Office) -> None:
    await approve_material(office)
    button = press((await found_by(office)).buttons, "material:open")

    with pytest.raises(LostRace, match=r"material\.gone"):
        await office.read_material.open(actor(LAN), button, office.cause())


async def test_a_resident_finds_nothing(office: Office) -> None:
    await approve_material(office)

    with pytest.raises(Forbidden):
        await office.read_material.list_material(RESIDENT, "", str, office.cause())


@pytest.mark.parametrize("person", [AN, BINH, GIANG, HANH, DUNG], ids=lambda one: one.id)
async def test_staff_and_communicators_of_the_place_read_it(office: Office, person: Person) -> None:
    await approve_material(office)

    assert await titles(office, person=person) == [TITLE]


async def test_a_quarters_material_is_seen_there_and_by_those_above(office: Office) -> None:
    other = Person("mai", "Mai", "telegram:77", (Grant(Role.COMMUNICATOR, OTHER_WARD.id),))
    await join(office, other)
    await approve_material(office, audience=QUARTER.id)

    assert await titles(office, person=DUNG) == await titles(office, person=HANH) == [TITLE]
    assert await titles(office, person=other) == []


async def test_nobody_writes_for_another_commune(office: Office) -> None:
    screen = await written(office)
    audience = press(screen.buttons, "material:edit", "audience")
    asked = await office.write_material.ask(actor(AN), audience, "audience", office.cause())

    assert OTHER_WARD.id not in [b.choice for b in asked.buttons]


async def test_the_author_cannot_approve(office: Office) -> None:
    await submit(office, await written(office))
    reviewed = await review(office)
    both = Person(AN.id, "An", AN.account, (*AN.grants, Grant(Role.APPROVER, WARD.id)))
    button = press(reviewed.buttons, "material:approve")

    with pytest.raises(Refusal, match=r"review\.self_approval"):
        await office.review_material.approve(actor(both), button, office.cause())


async def test_an_approver_of_another_commune_cannot_approve(office: Office) -> None:
    await submit(office, await written(office))
    button = press((await review(office)).buttons, "material:approve")

    with pytest.raises(Forbidden):
        await office.review_material.approve(actor(CHI), button, office.cause())


async def test_the_approver_is_shown_every_word_and_the_file(office: Office) -> None:
    await submit(office, await written(office, HANDOUT))
    reviewed = await review(office)

    assert reviewed.file
    assert (reviewed.file.content, reviewed.file.kind) == (PDF, AttachmentKind.DOCUMENT)
    assert reviewed.revision.body.title == TITLE


async def test_cards_about_it_hold_the_title_and_nothing_that_it_says(office: Office) -> None:
    await approve_material(office)
    await office.send_all()
    shown = " ".join(call.markup for call in office.gateway.calls)

    assert TITLE in shown
    assert TEXT not in shown


async def test_an_edit_voids_the_approval(office: Office) -> None:
    revision = await approve_material(office)
    about = (revision.material_id, "text", "Nói khác đi.")
    await office.write_material.type(actor(AN), *about, office.cause())

    assert await titles(office) == []
    assert office.sql("SELECT state FROM material") == [("draft",)]


async def test_an_older_revision_cannot_be_approved_any_more(office: Office) -> None:
    screen = await written(office)
    await submit(office, screen)
    button = press((await review(office)).buttons, "material:approve")
    await say(office, screen, "text", "Nói khác đi.")

    with pytest.raises(LostRace):
        await office.review_material.approve(actor(BINH), button, office.cause())


async def test_a_returned_one_comes_back_with_the_reason(office: Office) -> None:
    await submit(office, await written(office))
    button = press((await review(office)).buttons, "material:return")
    await office.review_material.ask_reason(actor(BINH), button, office.cause())
    await office.review_material.send_back(
        actor(BINH), button.subject, "Thiếu số điện thoại.", office.cause()
    )
    await office.send_all()

    assert "Thiếu số điện thoại." in office.gateway.to(private(AN))[-1].markup
    assert office.sql("SELECT state FROM material") == [("draft",)]


async def withdraw(office: Office, person: Person = HANH) -> None:
    shelf = await found_by(office, person=person)
    view = await office.read_material.open(
        actor(person), press(shelf.buttons, "material:open"), office.cause()
    )
    asking = press(view.buttons, "material:ask_withdrawal")
    _, (yes,) = await office.withdraw_material.ask(actor(person), asking, office.cause())
    await office.withdraw_material.withdraw(actor(person), yes, office.cause())


async def test_one_person_withdraws_it_and_its_author_and_approver_are_told(office: Office) -> None:
    await approve_material(office)
    await withdraw(office)
    await office.send_all()

    assert await titles(office) == []
    for person in (AN, BINH):
        assert "đã thu hồi" in office.gateway.to(private(person))[-1].markup


async def test_what_was_withdrawn_cannot_be_opened_by_an_older_button(office: Office) -> None:
    await approve_material(office)
    button = press((await found_by(office)).buttons, "material:open")
    await withdraw(office)

    with pytest.raises(LostRace, match=r"material\.gone"):
        await office.read_material.open(actor(DUNG), button, office.cause())


async def test_a_communicator_has_no_way_to_withdraw_or_change_it(office: Office) -> None:
    await approve_material(office)

    assert [b.action for b in (await opened(office)).buttons] == []


async def test_it_is_shown_to_the_end_of_its_last_day(office: Office) -> None:
    await approve_material(office, last_day="21/11/2026")
    office.clock.moment += timedelta(days=1)
    assert await titles(office) == [TITLE]
    office.clock.moment += timedelta(days=1)

    assert await titles(office) == []


async def test_a_misspelt_word_finds_it(office: Office) -> None:
    await approve_material(office)

    for query in ("đường sá", "duong sa", "duong xa", "DUONG", "dich benh", "114"):
        found = await titles(office, query)
        assert found == ([] if query == "114" else [TITLE])


async def test_answers_are_searched_too(office: Office) -> None:
    await approve_material(office, QUESTIONS, title="Ngập nước")

    assert await titles(office, "114") == ["Ngập nước"]


async def test_the_shelf_stands_by_kind_and_then_the_newest_in_front(office: Office) -> None:
    for n, kind in enumerate((HANDOUT, TOPIC, QUESTIONS, TOPIC)):
        await approve_material(office, kind, title=f"T{n}")
        office.clock.moment += timedelta(minutes=1)

    assert await titles(office) == ["T3", "T1", "T2", "T0"]


async def test_the_shelf_has_pages(office: Office) -> None:
    for n in range(10):
        await approve_material(office, title=f"Đường {n}")
    first, second = await found_by(office, "duong"), await found_by(office, "duong", page=1)

    assert (len(first.lines), len(second.lines), first.total) == (8, 2, 10)
    assert press(first.buttons, "material:list", "1").subject == "duong"


async def test_a_sheet_is_read_one_pair_after_the_other(office: Office) -> None:
    await approve_material(office, QUESTIONS)
    view = await opened(office)
    first = await office.read_material.open_pair(
        actor(DUNG), press(view.buttons, "material:pair", "0"), office.cause()
    )
    second = await office.read_material.open_pair(
        actor(DUNG), press(first.buttons, "material:pair", "1"), office.cause()
    )

    assert (first.pair.question, first.pair.answer) == (
        "Đường ngập thì đi lối nào?",
        "Đi theo biển báo.",
    )
    assert second.pair.answer == "Gọi 114."
    assert [b.choice for b in second.buttons] == ["0"]


async def test_the_file_comes_as_it_was_approved_and_guarded(office: Office) -> None:
    await approve_material(office, HANDOUT)
    button = press((await opened(office)).buttons, "material:file")
    _, file = await office.read_material.open_file(actor(DUNG), button, office.cause())

    assert (file.content, file.name, file.is_guarded) == (PDF, "Huong dan.pdf", True)


async def test_a_file_that_was_swapped_in_the_database_is_not_sent(office: Office) -> None:
    await approve_material(office, HANDOUT)
    button = press((await opened(office)).buttons, "material:file")
    swapped = "UPDATE material_file SET content = ?"
    office.past_the_rules(
        "a_file_of_material_never_changes", swapped, PDF.replace(b"Catalog", b"Gatalog")
    )

    with pytest.raises(Refusal, match=r"material\.not_as_submitted"):
        await office.read_material.open_file(actor(DUNG), button, office.cause())


async def test_words_that_were_changed_in_the_database_are_not_shown(office: Office) -> None:
    await approve_material(office)
    office.past_the_rules(
        "a_revision_of_material_never_changes", "UPDATE material_revision SET text = 'Khác.'"
    )

    assert await titles(office) == []


@pytest.mark.parametrize("to", [to_chat("g1"), to_chat("s1"), to_handle("h1")])
async def test_the_database_lets_nothing_about_material_leave_but_to_a_person(
    office: Office, to: str
) -> None:
    with pytest.raises(IntegrityError):
        async with office.file.begin() as work:
            await work.outbox.add([card("x", "material:review:r", to, Payload(TEXT))])


async def test_a_draft_that_is_thrown_away_takes_its_file_with_it(office: Office) -> None:
    screen = await written(office, HANDOUT)
    button = press(screen.buttons, "material:discard")
    await office.write_material.discard(actor(AN), button, office.cause())

    assert office.sql("SELECT count(*) FROM material_file") == [(0,)]


async def test_a_newer_file_takes_the_place_of_the_one_before(office: Office) -> None:
    screen = await attach(office, await written(office, HANDOUT), office_file())

    assert screen.body.handout
    assert screen.body.handout.name == "Huong dan.pptx"
    assert office.sql("SELECT count(*) FROM material_file") == [(1,)]


async def test_a_file_that_was_submitted_stays_when_a_newer_one_comes(office: Office) -> None:
    revision = await approve_material(office, HANDOUT)
    screen = await office.write_material.open(actor(AN), revision.material_id, office.cause())
    await attach(office, screen, office_file())

    assert office.sql("SELECT count(*) FROM material_file") == [(2,)]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"MZ\x90\x00", "material.not_taken"),
        (b"PK\x03\x04 broken", "material.broken_file"),
        (office_file("xl/workbook.xml"), "material.not_taken"),
        (office_file(types=b"<macroEnabled/>"), "material.macros"),
        (office_file(ppt__vbaProject_bin=b"x"), "material.macros"),
        (b"%PDF-" + bytes(LARGEST), "file.too_large"),
    ],
    ids=["program", "broken", "sheet", "pptm", "vba", "large"],
)
async def test_a_file_that_is_not_taken_leaves_the_draft_as_it_was(
    office: Office, content: bytes, key: str
) -> None:
    screen = await say(office, await begin(office, HANDOUT), "title", TITLE)
    with pytest.raises(Refusal, match=key.replace(".", r"\.")):
        await attach(office, screen, content)

    again = await office.write_material.open(actor(AN), screen.draft.material_id, office.cause())
    assert again.body == screen.body
    assert office.sql("SELECT count(*) FROM material_file") == [(0,)]


async def test_a_topic_takes_no_file(office: Office) -> None:
    with pytest.raises(Refusal, match=r"material\.no_file_here"):
        await attach(office, await begin(office))


async def test_a_colleague_cannot_change_it(office: Office) -> None:
    screen = await written(office)
    other = Person("anh", "Anh", "telegram:55", AN.grants)

    with pytest.raises(Forbidden, match=r"material\.not_yours"):
        await office.write_material.open(actor(other), screen.draft.material_id, office.cause())


async def test_what_is_left_unfinished_is_offered_again(office: Office) -> None:
    await say(office, await begin(office), "title", TITLE)
    begun = await office.write_material.begin(actor(AN), office.cause())

    assert [draft.body.title for draft, _ in begun.unfinished] == [TITLE]


HIDDEN = "Nộp\u202eneit\u202c"


@pytest.mark.parametrize("name", ["title", "text", "points", "source", "issuing_body"])
async def test_a_hidden_sign_anywhere_in_material_is_refused(office: Office, name: str) -> None:
    screen = await say(office, await written(office), name, HIDDEN)

    with pytest.raises(Refusal, match=r"proof\.hidden_sign"):
        await submit(office, screen)


@pytest.mark.parametrize("pair", [f"{HIDDEN}?\nGọi 114", f"Gọi ai?\n{HIDDEN}"])
async def test_a_hidden_sign_in_a_question_or_its_answer_is_refused(
    office: Office, pair: str
) -> None:
    asked = await say(office, await written(office, QUESTIONS), "pairs", pair)
    screen = await office.write_material.open(actor(AN), asked.draft.material_id, office.cause())

    with pytest.raises(Refusal, match=r"proof\.hidden_sign"):
        await submit(office, screen)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Xem http://dichvucong.gov.vn", "insecure_link"),
        ("Xem tg://resolve?domain=x", "insecure_link"),
        ("Xem https://dichvucong.gov.vn@example.com", "odd_link"),
        ("Xem https://xn--vn-lia.com", "odd_link"),
    ],
)
async def test_a_deceptive_link_in_material_is_refused(office: Office, text: str, why: str) -> None:
    screen = await say(office, await written(office), "text", text)

    assert [one.kind for one in screen.misprints] == [why]
    with pytest.raises(Refusal, match=rf"proof\.{why}"):
        await submit(office, screen)


async def test_what_was_forgotten_in_material_is_shown_to_both_and_may_stand(
    office: Office,
) -> None:
    screen = await say(office, await written(office), "text", "Họp ngày 31/4 tại [tên ấp].")
    await submit(office, screen)
    reviewed = await review(office)

    assert [one.kind for one in screen.misprints] == ["placeholder", "impossible_date"]
    assert reviewed.misprints == screen.misprints


async def test_khmer_material_parts_its_words_as_khmer_is_written(office: Office) -> None:
    screen = await say(office, await written(office), "text", "ទឹក\u200bឡើង")

    assert await submit(office, screen) == ("Bình",)
