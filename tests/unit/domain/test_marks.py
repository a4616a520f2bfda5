"""Formatting never changes what is read, never breaks the markup, and survives being kept."""

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from domain.model.marks import Entity, Mark, MarkKind, marked_up, marks_of, tidied, within
from domain.model.text import normalised, utf16_units, visible

TEXTS = st.text(st.sampled_from("ab <>&\"'\n👍ạ\u0323e\u0302កេ"), max_size=30)
PLACES = st.integers(-3, 35)
URLS = st.sampled_from(["https://can.tho", 'https://a/?b="<c>"&d'])


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    kind = draw(st.sampled_from(MarkKind))
    url = draw(URLS) if kind is MarkKind.LINK else ""
    return Mark(kind, draw(PLACES), draw(PLACES), url)


MARKS = st.lists(marks(), max_size=8)


class Nesting(HTMLParser):
    """Reads tags as strictly as a channel does."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "a", "blockquote")
        assert tag not in self.open
        assert bool(attrs) == (tag == "a")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(TEXTS, MARKS)
def test_what_is_read_is_the_text_whatever_is_marked(text: str, given_marks: list[Mark]) -> None:
    assert visible(marked_up(text, given_marks)) == text


@given(TEXTS, MARKS)
def test_every_tag_is_closed_and_none_crosses_another(text: str, given_marks: list[Mark]) -> None:
    reader = Nesting()
    reader.feed(marked_up(text, given_marks))
    reader.close()

    assert reader.open == []


@given(TEXTS, MARKS)
def test_the_length_is_that_of_what_is_read(text: str, given_marks: list[Mark]) -> None:
    assert utf16_units(visible(marked_up(text, given_marks))) == len(text.encode("utf-16-le")) // 2


@given(marks())
def test_a_mark_is_read_back_as_it_was_kept(one: Mark) -> None:
    kept = Mark.of(json.loads(json.dumps(one.form())))

    assert kept == (one if one.kind is MarkKind.LINK else Mark(one.kind, one.begin, one.end))


@given(TEXTS, MARKS)
def test_tidying_keeps_every_mark_inside_the_text_and_is_done_once(
    text: str, given_marks: list[Mark]
) -> None:
    kept, moved = tidied(text, given_marks)

    assert kept == normalised(text)
    assert all(0 <= one.begin < one.end <= len(kept) for one in moved)
    assert tidied(kept, moved) == (kept, moved)


def test_a_mark_stays_on_its_words_when_their_letters_are_put_together() -> None:
    text = "  Nu\u031bo\u031b\u0301c lên nhanh"
    begin = text.index("lên")
    kept, (one,) = tidied(text, [Mark(MarkKind.BOLD, begin, begin + 3)])

    assert kept[one.begin : one.end] == "lên"


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_in_units_is_the_same_in_letters(text: str, offset: int, length: int) -> None:
    found, _ = marks_of(text, [Entity("bold", offset, length)])

    for one in found:
        assert utf16_units(text[: one.begin]) <= offset
        assert one.end <= len(text)


def test_units_before_an_emoji_count_two() -> None:
    found, _ = marks_of("👍 nước", [Entity("italic", 3, 4)])

    assert found == (Mark(MarkKind.ITALIC, 2, 6),)


def test_what_is_not_kept_is_named_and_what_a_client_finds_itself_is_not() -> None:
    text = "Nước lên can.tho nhanh"
    entities = [
        Entity("underline", 0, 4),
        Entity("url", 9, 7),
        Entity("text_link", 5, 3, "http://can.tho"),
        Entity("expandable_blockquote", 0, 8),
    ]

    found, dropped = marks_of(text, entities)

    assert found == (Mark(MarkKind.QUOTE, 0, 8),)
    assert dropped == ("insecure_link", "underline")


def test_marks_that_cross_are_split() -> None:
    crossing = [Mark(MarkKind.BOLD, 0, 4), Mark(MarkKind.ITALIC, 2, 6)]

    assert marked_up("abcdef", crossing) == "<b>ab<i>cd</i></b><i>ef</i>"


def test_a_part_of_a_text_takes_its_marks_along() -> None:
    cut = within([Mark(MarkKind.BOLD, 0, 6), Mark(MarkKind.ITALIC, 0, 3)], 4, 9)

    assert cut == (Mark(MarkKind.BOLD, 0, 2),)
