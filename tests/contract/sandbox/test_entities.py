"""HTML and plain text become entities counted in UTF-16 units."""

import pytest

from channels.telegram.sandbox.errors import ApiError, Json
from channels.telegram.sandbox.text import formatted, typed

CODE_IN_PRE = '<pre><code class="language-py">x</code></pre>'
READ: dict[str, tuple[str, str, list[tuple[str, int, int]]]] = {
    "bold": ("<b>Chào</b> em", "Chào em", [("bold", 0, 4)]),
    "after an emoji": ("😀 <i>ơi</i>", "😀 ơi", [("italic", 3, 2)]),
    "emoji inside": ("<u>👨‍👩‍👧 nhà</u>", "👨‍👩‍👧 nhà", [("underline", 0, 12)]),
    "marks made of two letters": (
        "<s>e\u0302\u0301</s>",
        "e\u0302\u0301",
        [("strikethrough", 0, 3)],
    ),
    "nested": ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    "escaped": ("1 &lt; 2 &amp; <b>3</b> &#128512;", "1 < 2 & 3 😀", [("bold", 8, 1)]),
    "an unknown escape": ("a &nbsp; b", "a &nbsp; b", []),
    "code": ("<code>x</code>", "x", [("code", 0, 1)]),
    "code of a language": (CODE_IN_PRE, "x", [("pre", 0, 1)]),
    "a quote": ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
    "a long quote": (
        "<blockquote expandable>q</blockquote>",
        "q",
        [("expandable_blockquote", 0, 1)],
    ),
    "a spoiler": ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
    "nothing inside": ("<b></b>x", "x", []),
    "a link": ('<a href="https://can.tho.vn/a?b=1">x</a>', "x", [("text_link", 0, 1)]),
    "a link to this machine": ('<a href="http://localhost:1">x</a>', "x", []),
    "white space around": ("  <b>a </b>  ", "a", [("bold", 0, 1)]),
    "leading space inside a tag": (" <b> a</b>", " a", [("bold", 0, 2)]),
    "a command": ("gõ /gopy nhé", "gõ /gopy nhé", [("bot_command", 3, 5)]),
    "an address": (
        "xem https://dichvucong.gov.vn.",
        "xem https://dichvucong.gov.vn.",
        [("url", 4, 25)],
    ),
    "a path is no command": ("1/2 a/b", "1/2 a/b", []),
}
REFUSED = {
    "<b>a": 'Can\'t find end tag corresponding to start tag "b"',
    "a</b>": "Unexpected end tag at byte offset 1",
    "đ<p>a</p>": 'Unsupported start tag "p" at byte offset 2',
    "<b>a</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    "<b": "Unclosed start tag at byte offset 0",
    "a < b": 'Unsupported start tag "" at byte offset 2',
    '<span class="x">a</span>': 'Tag "span" must have class "tg-spoiler" at byte offset 0',
}


def shape(entities: list[Json]) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in entities]


def test_beyond_a_hundred_stretches_nothing_is_formatted() -> None:
    text, entities = formatted("<b>x</b> " * 101 + "y", "HTML", None)

    assert len(entities) == 100
    assert text.count("x") == 101


@pytest.mark.parametrize("case", READ)
def test_html_is_read_as_telegram_reads_it(case: str) -> None:
    source, plain, expected = READ[case]

    text, entities = formatted(source, "HTML", None)

    assert (text, shape(entities)) == (plain, expected)


@pytest.mark.parametrize("source", REFUSED)
def test_broken_html_is_refused_in_telegrams_words(source: str) -> None:
    with pytest.raises(ApiError) as refusal:
        formatted(source, "HTML", None)

    expected = f"Bad Request: can't parse entities: {REFUSED[source]}"
    assert refusal.value.description == expected


def test_the_language_of_code_is_kept() -> None:
    _, entities = formatted(CODE_IN_PRE, "HTML", None)

    assert entities[0]["language"] == "py"


def test_a_command_in_code_is_only_code() -> None:
    _, entities = formatted("<code>/gopy</code>", "HTML", None)

    assert shape(entities) == [("code", 0, 5)]


def test_given_entities_are_moved_with_the_text() -> None:
    _, entities = formatted("  xin chào ", "", [{"type": "bold", "offset": 6, "length": 9}])

    assert shape(entities) == [("bold", 4, 4)]


def test_what_a_person_types_is_never_markup() -> None:
    assert typed("<b>a</b>") == ("<b>a</b>", [])
