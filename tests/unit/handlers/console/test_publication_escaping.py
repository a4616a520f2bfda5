"""Whatever is written in a bulletin, its pages and feeds hold it as text and as nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from handlers.console.blocks import blocks
from handlers.console.desk import SHOWN_IN, templates
from handlers.console.publication_feeds import BODY, NOT_XML
from handlers.console.publication_shown import Shown, ShownFile, ShownPoll

ATOM = {"a": "http://www.w3.org/2005/Atom"}
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
EVIL = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onload='x", "]]>", "&lt;"]
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=20) | EVIL
TAGS = {"div", "p", "ul", "li", "br", "a", "img", "section", "h2", "h3", "span"}
ATTRIBUTES = {
    "lang", "class", "href", "src", "alt", "loading", "type", "download",
}  # fmt: skip
PAGES = templates()


def shown(words: str, alt: str, label: str, option: str) -> Shown:
    """These words in every place of a publication in which somebody's words can stand."""
    file = ShownFile("/tin/b/1", True, "image/jpeg", alt, label, 9, 0)
    return Shown(
        id="b",
        title=words,
        body=words,
        field=words,
        language="vi",
        published_at=AT,
        changed_at=AT,
        day=words,
        words=words,
        blocks=blocks(words.replace("<", "&lt;")),
        files=(file, replace(file, path="/tin/b/2", is_picture=False)),
        along=words,
        poll=ShownPoll("vi", option, (option,), option, option),
        languages=("vi",),
        corrects="",
        corrected_by="",
        followed_by="",
        follows="",
    )


def t(key: str, **_: object) -> str:
    return key


def body_of(one: Shown) -> str:
    page = PAGES.get_template(BODY)
    return page.render(t=t, language="vi", languages=SHOWN_IN, path="/", one=one, base="")


def feed_of(one: Shown) -> str:
    page = PAGES.get_template("publications.atom")
    inner = body_of(one)
    feed = page.render(t=t, language="vi", shown=[(one, inner)], base="", office="", updated=AT)
    return NOT_XML.sub("", feed)


class Reader(HTMLParser):
    """What a browser would make of a page: its tags, what they carry, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.alts: list[str | None] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.alts += [value for name, value in attrs if name == "alt"]


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_page_has_no_tag_and_no_attribute_that_somebody_wrote(
    words: str, alt: str, label: str, option: str
) -> None:
    found = Reader(body_of(shown(words, alt, label, option)))
    assert found.tags <= TAGS
    assert found.attributes <= ATTRIBUTES


@given(WORDS)
def test_a_pictures_description_is_read_as_it_was_written(alt: str) -> None:
    assert Reader(body_of(shown("", alt, "", ""))).alts == [alt]


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_reader_of_feeds_can_open_whatever_was_written(
    words: str, alt: str, label: str, option: str
) -> None:
    (entry,) = ElementTree.fromstring(feed_of(shown(words, alt, label, option))).findall(
        "a:entry", ATOM
    )
    inner = entry.findtext("a:content", None, ATOM) or ""
    assert Reader(inner).tags <= TAGS
    assert [link.get("href") for link in entry.findall("a:link[@rel='enclosure']", ATOM)] == [
        "/tin/b/1",
        "/tin/b/2",
    ]
