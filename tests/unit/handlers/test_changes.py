"""What an approver sees of a change: every word of it, or how many places are left out."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.model.bulletin import BulletinClass, Misfire, Revision
from domain.model.chat import REGROUPED_NAMED, Regrouped
from domain.model.frozen import FrozenText, freeze
from domain.model.marks import Mark, MarkKind
from domain.model.text import utf16_units, visible
from domain.model.version import Version
from handlers.changes import changed_lines
from handlers.letterhead import CatalogLetterhead
from handlers.periods import office_words
from tests.integration.storage.cast import LATER, REVISION

WORDS = office_words()
PAPER = CatalogLetterhead(WORDS, lambda start: start)
NOBODY = Regrouped((), 0, (), 0)


def frozen(revision: Revision) -> FrozenText:
    return freeze(revision, {"vi": revision.text}, ["g1"])


def lines(new: Revision) -> list[str]:
    return [str(line) for line in changed_lines(WORDS, REVISION, new)]


def test_what_went_is_struck_out_and_what_came_is_underlined() -> None:
    (line,) = lines(replace(REVISION, text="Triều cường ngày kia."))

    assert line == "<b>Nội dung:</b> Triều cường ngày <s>mai</s> <u>kia</u>."


def test_terms_are_named_with_what_they_were_and_are() -> None:
    urgent = replace(REVISION, bulletin_class=BulletinClass.PRIORITY)
    said = lines(replace(urgent, misfire=Misfire.SKIP, send_at=LATER))

    assert any("<s>Thông thường</s> <u>Ưu tiên</u>" in line for line in said)
    assert [line.count("<s>") for line in said] == [1, 1, 1]


def test_nothing_changed_is_said_so() -> None:
    card = PAPER.revised_card(frozen(REVISION), frozen(REVISION), NOBODY)

    assert card.markup == WORDS.html("changes.none")


def test_groups_that_came_and_went_are_named_and_counted() -> None:
    regrouped = Regrouped(("Khu vực 2",), 1, ("Khu vực 1",), 3)
    card = PAPER.revised_card(frozen(REVISION), frozen(REVISION), regrouped).markup

    assert "Nhóm thêm (1):</b>\n• Khu vực 2" in card
    assert "Nhóm bớt (3):</b>\n• Khu vực 1\n… và 2 nhóm nữa" in card


def test_tags_that_somebody_typed_are_only_words() -> None:
    assert "&lt;b&gt;" in lines(replace(REVISION, text="<b> Triều cường ngày mai."))[0]


def test_a_link_that_leads_elsewhere_is_shown_though_its_words_stayed() -> None:
    link = Mark(MarkKind.LINK, 0, 11, "https://a.vn/1")
    old = replace(REVISION, marks=(link,))
    new = replace(REVISION, marks=(replace(link, url="https://b.vn/1"),))
    said = "\n".join(changed_lines(WORDS, old, new))

    assert "<b>Liên kết:</b>" in said
    assert "Định dạng" in said


def test_what_was_written_in_another_language_is_compared_too() -> None:
    old = replace(REVISION, translations=(Version("en", "", "High tide tomorrow."),))
    new = replace(REVISION, translations=(Version("en", "", "High tide on Sunday."),))
    (line,) = changed_lines(WORDS, old, new)

    assert line.startswith("<b>Nội dung (")
    assert "High tide <s>tomorrow</s> <u>on Sunday</u>." in line


def test_only_the_surroundings_of_a_change_are_shown() -> None:
    long = " ".join(f"chữ{n}" for n in range(600))
    old, new = replace(REVISION, text=long), replace(REVISION, text=long.replace("chữ300", "khác"))
    (line,) = changed_lines(WORDS, old, new)

    assert "chữ299 <s>chữ300</s> <u>khác</u> chữ301" in line
    assert utf16_units(visible(line)) < 150


CHUNKS = st.lists(st.sampled_from(["mai ", "kia ", "x", "𝄞 ", "\n", "bà con "]), max_size=900)


@given(CHUNKS.map("".join), CHUNKS.map("".join), st.booleans())
def test_every_change_fits_in_one_message(old: str, new: str, moved: bool) -> None:
    before = replace(REVISION, text=old[:4000], source=old[:500])
    after = replace(REVISION, text=new[:4000], source=new[:500], good_for=timedelta(hours=3))
    titles = ("𝄞" * 60,) * REGROUPED_NAMED
    regrouped = Regrouped(titles, 99, titles, 99) if moved else NOBODY
    card = PAPER.revised_card(frozen(before), frozen(after), regrouped).markup

    assert utf16_units(visible(card)) <= 4096 - 100
    assert card.count("</") <= 100
