"""The Markdown of a bulletin's file: what is marked, what is only a sign, what cannot be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.bulletins.markdown import Written, read
from content.records import Reason


def of(text: str) -> Written:
    return read(text.split("\n"))


def marked(text: str) -> list[tuple[str, str]]:
    written = of(text)
    assert written.misprints == ()
    return [(span.kind, written.text[span.begin : span.end]) for span in written.spans]


@pytest.mark.parametrize(
    ("source", "plain", "spans"),
    [
        ("Gọi **115** ngay", "Gọi 115 ngay", [("bold", "115")]),
        ("*không* nhảy", "không nhảy", [("italic", "không")]),
        ("***cả hai***", "cả hai", [("bold", "cả hai"), ("italic", "cả hai")]),
        ("**a *b* c**", "a b c", [("bold", "a b c"), ("italic", "b")]),
        ("[chữ](https://a.vn)", "chữ", [("link", "chữ")]),
        ("**[chữ](https://a.vn)**", "chữ", [("link", "chữ"), ("bold", "chữ")]),
        ("[**đậm** thường](https://a.vn)", "đậm thường", [("link", "đậm thường"), ("bold", "đậm")]),
        ("- một\n- **hai**", "• một\n• hai", [("bold", "hai")]),
        ("> một\n> hai\nba", "một\nhai\nba", [("quote", "một\nhai")]),
        ("> một\n\n> hai", "một\n\nhai", [("quote", "một"), ("quote", "hai")]),
        ("5 * 3 = 15", "5 * 3 = 15", []),
        (r"\*không nghiêng\*", "*không nghiêng*", []),
        ("\n\n**a**\n\n", "a", [("bold", "a")]),
        ("🌊 **sóng** 🌊", "🌊 sóng 🌊", [("bold", "sóng")]),
    ],
)
def test_what_is_written_is_what_is_meant(
    source: str, plain: str, spans: list[tuple[str, str]]
) -> None:
    assert (of(source).text, marked(source)) == (plain, spans)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("a\n**b", 1, Reason.NOT_CLOSED),
        ("*b\nc*", 0, Reason.NOT_CLOSED),
        ("** b**", 0, Reason.NOT_CLOSED),
        ("****", 0, Reason.NOT_CLOSED),
        ("**a *b** c*", 0, Reason.NOT_CLOSED),
        ("[**a](https://a.vn)**", 0, Reason.NOT_CLOSED),
        ("[](https://a.vn)", 0, Reason.BROKEN_LINK),
        ("[a](https://a.vn b)", 0, Reason.BROKEN_LINK),
        ("## Tiêu đề", 0, Reason.FOREIGN_MARKUP),
        ("```", 0, Reason.FOREIGN_MARKUP),
        ("a\n\n<a href='x'>b</a>", 2, Reason.HTML_TAG),
    ],
)
def test_what_cannot_be_meant_has_its_line(source: str, line: int, reason: Reason) -> None:
    first = of(source).misprints[0]
    assert (first.line, first.reason) == (line, reason)


@given(st.text(alphabet="ab*[]()>-\\ \n🌊ế#`!<", max_size=60))
def test_spans_lie_within_the_text_and_never_cross(source: str) -> None:
    written = of(source)
    for one in written.spans:
        assert 0 <= one.begin < one.end <= len(written.text)
        for other in written.spans:
            assert not one.begin < other.begin < one.end < other.end


@given(st.text(max_size=80).filter(lambda text: not set(text) & set("*[]\\><#`!-•")))
def test_words_without_signs_stay_as_they_are(source: str) -> None:
    lines = "\n".join(line.rstrip() for line in source.split("\n"))
    assert of(source) == Written(lines.strip())


def test_the_way_to_print_a_sign_is_said_sign_by_sign() -> None:
    first = of("gọi **115").misprints[0]
    assert (first.values["sign"], first.values["typed"]) == ("**", r"\*\*")
    assert of(r"gọi \*\*115") == Written("gọi **115")
