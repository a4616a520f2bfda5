"""A page of frozen markup comes apart into blocks, and no word of it is lost."""

from html import escape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from domain.model.text import visible
from handlers.console.blocks import BlockKind, blocks

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n•"), max_size=40
)
MARKUP = st.recursive(
    TEXT.map(escape),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", 'a href="https://vi-du.vn"', "blockquote"]),
        st.lists(inner, max_size=3),
    ).map(lambda both: f"<{both[0]}>{''.join(both[1])}</{both[0].split()[0]}>"),
    max_leaves=8,
)


def words(markup: str) -> str:
    return "".join(visible(markup).replace("•", "").split())


class Balance(HTMLParser):
    """Fails where a tag is closed that is not the last one open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(MARKUP)
def test_no_word_is_lost(markup: str) -> None:
    shown = "".join(line for block in blocks(markup) for line in block.lines)
    assert words(shown) == words(markup)


@given(MARKUP)
def test_every_line_closes_what_it_opens(markup: str) -> None:
    for line in (line for block in blocks(markup) for line in block.lines):
        balance = Balance()
        balance.feed(line)
        assert balance.open == []


def test_lines_with_bullets_are_a_list() -> None:
    (paragraph, listed) = blocks("Bà con nhớ:\n• <b>Đậy lu</b>\n• Ngủ mùng")

    assert paragraph.kind is BlockKind.PARAGRAPH
    assert listed.lines == ("<b>Đậy lu</b>", "Ngủ mùng")


def test_an_empty_line_begins_a_new_paragraph() -> None:
    assert len(blocks("Một\n\nHai\nBa")) == 2


def test_what_stands_above_already_is_not_said_again() -> None:
    (block,) = blocks(
        "📢 <b>UBND phường</b>\n\n<b>Triều cường</b>\n\nKê đồ lên cao.",
        ("UBND phường", "Triều cường"),
    )
    assert block.lines == ("Kê đồ lên cao.",)


def test_a_link_to_anything_but_https_is_only_words() -> None:
    (block,) = blocks('<a href="javascript:alert(1)">bấm</a>')
    assert block.lines == ("bấm",)
