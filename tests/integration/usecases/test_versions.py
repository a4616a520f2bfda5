"""A bulletin in several languages: approved as one, and each group reads its own."""

import asyncio
from dataclasses import replace

import pytest

from domain.errors import LostRace, Refusal
from domain.model.bulletin import BulletinClass
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.marks import Mark, MarkKind
from domain.model.proofreading import MisprintKind
from domain.model.version import Version
from domain.usecases.compose import DraftFields
from tests.integration.storage.cast import AN, BINH, GROUP, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import TIDE, release, submit, write

BOLD = Mark(MarkKind.BOLD, 0, 6)
KHMER = Version("km", "ទឹកជោរ", "ទឹកឡើងនៅថ្ងៃស្អែក។", (BOLD,))
ENGLISH = Version("en", "High tide", "The tide is high tomorrow.")
WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat


def group_reads(office: Office, chat_id: str, language: str) -> None:
    office.sql(f"UPDATE chat SET language = '{language}' WHERE id = '{chat_id}'")


async def page_in(office: Office, language: str, *written: Version) -> str:
    """What a group of a language gets of a bulletin in Vietnamese and these."""
    group_reads(office, QUARTER_GROUP.id, language)
    await release(office, title="Triều cường", translations=written)
    await office.go_round()
    return office.gateway.to(QUARTER_CHAT)[-1].markup


async def test_each_group_gets_its_own_language_with_its_own_footer(office: Office) -> None:
    page = await page_in(office, "km", KHMER, ENGLISH)

    assert "<b>ទឹកជោរ</b>\n\n<b>ទឹកឡើង</b>នៅថ្ងៃស្អែក។" in page
    assert "សេចក្តី" in page
    assert "Tin chính thức" not in page
    assert TIDE in office.gateway.to(WARD_CHAT)[-1].markup


async def test_a_group_of_a_language_that_was_not_written_gets_the_vietnamese(
    office: Office,
) -> None:
    page = await page_in(office, "en", KHMER)

    assert page == office.gateway.to(WARD_CHAT)[-1].markup
    assert f"<b>Triều cường</b>\n\n{TIDE}" in page


async def test_the_approver_sees_every_language_as_it_will_be_sent(office: Office) -> None:
    submission = await submit(office, translations=(ENGLISH, KHMER))
    await office.send_all()
    pages = [call.markup for call in office.gateway.to(private(BINH))]

    frozen = submission.frozen
    assert pages[:3] == [frozen.in_language(language) for language in ("vi", "km", "en")]


async def test_new_words_take_no_old_formatting_along(office: Office) -> None:
    bulletin_id = await write(office, marks=(BOLD,))
    preview = await office.compose.change_draft(
        actor(AN), bulletin_id, office.cause(), text="Ngày mai nước lên."
    )

    assert preview.draft.marks == ()


@pytest.mark.parametrize("changed", ["title = 'Khác'", "marks = ''", "translations = ''"])
async def test_words_that_were_changed_in_the_file_are_never_sent(
    office: Office, changed: str
) -> None:
    await release(office, title="Triều cường", marks=(BOLD,), translations=(KHMER,))
    office.past_the_rules("a_revision_never_changes", f"UPDATE revision SET {changed}")
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []


async def test_a_correction_begins_with_the_title_and_every_language(office: Office) -> None:
    broadcast = await release(office, title="Triều cường", marks=(BOLD,), translations=(KHMER,))
    await office.go_round()
    await office.go_round()
    draft_id = await office.correct.start_correction(actor(AN), broadcast.bulletin_id)
    preview = await office.compose.preview_bulletin(actor(AN), draft_id)

    draft = preview.draft
    assert (draft.title, draft.marks, draft.translations) == ("Triều cường", (BOLD,), (KHMER,))


SLOT = "Nước lên [mức: 1,8 m | 2,0 m]."
UNLIKE: dict[str, DraftFields] = {
    "template.title": {"title": "Nước [mức: 1 | 2]"},
    "template.other_slots": {"translations": (replace(ENGLISH, text="Water [level: 1 | 2]"),)},
    "template.mark_in_slot": {"marks": (Mark(MarkKind.BOLD, 0, 12),)},
}


@pytest.mark.parametrize("key", UNLIKE)
async def test_a_template_whose_choices_differ_is_refused(office: Office, key: str) -> None:
    bulletin_id = await write(office)
    template: DraftFields = {"text": SLOT, "bulletin_class": BulletinClass.EMERGENCY}

    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(
            actor(AN), bulletin_id, office.cause(), **(template | UNLIKE[key])
        )

    assert refused.value.key == key


async def test_a_template_leaves_the_same_choices_in_every_language(office: Office) -> None:
    english = replace(ENGLISH, text="Water rises to [mức: 1,8 m | 2,0 m].")
    whole_slot = Mark(MarkKind.BOLD, SLOT.index("["), SLOT.index("]") + 1)
    submission = await submit(
        office,
        text=SLOT,
        marks=(whole_slot,),
        translations=(english,),
        bulletin_class=BulletinClass.EMERGENCY,
    )

    assert "<b>[mức: 1,8 m | 2,0 m]</b>" in submission.frozen.rendered["vi"]


async def correct_text_only(office: Office, *versions: Version) -> list[str]:
    """An puts the Vietnamese right; what is then shown as odd, and in which language."""
    broadcast = await release(office, title="Triều cường", translations=(KHMER, ENGLISH))
    await office.go_round()
    draft = await office.correct.start_correction(actor(AN), broadcast.bulletin_id, office.cause())
    fields: DraftFields = {"text": "Triều cường ngày kia."}
    if versions:
        fields["translations"] = versions
    preview = await office.compose.change_draft(actor(AN), draft, office.cause(), **fields)
    return [one.language for one in preview.misprints if one.kind is MisprintKind.LEFT_BEHIND]


async def test_a_language_that_a_correction_leaves_behind_is_named(office: Office) -> None:
    assert await correct_text_only(office) == ["en", "km"]


async def test_a_language_that_was_put_right_too_is_not_named(office: Office) -> None:
    right = replace(ENGLISH, text="The tide is high the day after.")
    assert await correct_text_only(office, KHMER, right) == ["km"]


async def test_two_languages_written_at_once_are_both_kept(office: Office) -> None:
    bulletin_id = await write(office, title="Triều cường")
    await asyncio.gather(
        *(
            office.write_version.write(actor(AN), bulletin_id, version, office.cause())
            for version in (KHMER, ENGLISH)
        )
    )
    draft = await office.compose.draft_of(actor(AN), bulletin_id)

    assert [version.language for version in draft.translations] == ["km", "en"]


async def test_a_language_is_not_taken_out_of_a_draft_that_has_changed(office: Office) -> None:
    bulletin_id = await write(office, title="Triều cường", translations=(KHMER,))
    draft = await office.compose.draft_of(actor(AN), bulletin_id)
    button = stale_button(office, bulletin_id, "km", draft.version - 1)
    with pytest.raises(LostRace):
        await office.write_version.remove(actor(AN), button, office.cause())

    draft = await office.compose.draft_of(actor(AN), bulletin_id)
    assert [version.language for version in draft.translations] == ["km"]


def stale_button(office: Office, bulletin_id: str, language: str, version: int) -> Button:
    """As An saw it before the draft was changed."""
    until, holder = office.clock.now() + GOOD_FOR, to_person(AN.id)
    return Button(
        office.ids.new(), "compose:no_version", bulletin_id, language, version, holder, until
    )
