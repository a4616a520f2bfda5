"""Frozen markup as paragraphs, lists and quotations: for browsers and for screen readers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from markupsafe import Markup

from domain.model.text import visible

BULLET = "• "
INLINE = ("b", "i", "u", "s")
QUOTE = "blockquote"


class BlockKind(StrEnum):
    """How lines that belong together are set; the values are the elements' names."""

    PARAGRAPH = "p"
    LIST = "ul"
    QUOTE = "blockquote"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together (khối)."""

    kind: BlockKind
    lines: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    is_quoted: bool
    markup: str

    @property
    def kind(self) -> BlockKind | None:
        """None for an empty line, which only parts others."""
        if not self.bare:
            return None
        if self.is_quoted:
            return BlockKind.QUOTE
        return BlockKind.LIST if self.bare.startswith(BULLET) else BlockKind.PARAGRAPH

    @property
    def bare(self) -> str:
        return visible(self.markup).strip()

    def says_only(self, said: Collection[str]) -> bool:
        """Whether it is one of these, perhaps behind a sign such as a loudspeaker's."""
        _, _, after = self.bare.partition(" ")
        return bool(self.bare) and (self.bare in said or after in said)

    @property
    def shown(self) -> Markup:
        unmarked = (
            self.markup.replace(BULLET, "", 1) if self.kind is BlockKind.LIST else self.markup
        )
        return Markup(unmarked)  # noqa: S704 - written anew above, of escaped words and a few tags


def blocks(markup: str, said_above: Collection[str] = ()) -> tuple[Block, ...]:
    """The lines of a page as they belong together; an empty line begins a new paragraph.

    A line that says only what stands above already, such as the title, is left out.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = [line for line in reader.finished() if not line.says_only(said_above)]
    together = groupby(lines, key=lambda line: line.kind)
    return tuple(Block(kind, tuple(one.shown for one in lines)) for kind, lines in together if kind)


class _Reader(HTMLParser):
    """Cuts markup into lines, closing at each end what is open and opening it again."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[_Line] = []
        self._open: list[tuple[str, str]] = []
        self._line = ""
        self._quoted = False

    def finished(self) -> Iterator[_Line]:
        self._end_line()
        return iter(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == QUOTE:
            self._turn(True)
        elif tag in INLINE:
            self._begin(tag, f"<{tag}>")
        elif tag == "a" and (address := dict(attrs).get("href") or "").startswith("https://"):
            self._begin(tag, f'<a href="{escape(address)}">')

    def handle_endtag(self, tag: str) -> None:
        if tag == QUOTE:
            self._turn(False)
        elif any(tag == name for name, _ in self._open):
            while (last := self._open.pop()[0]) != tag:
                self._line += f"</{last}>"
            self._line += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        first, *others = data.split("\n")
        self._line += escape(first)
        for piece in others:
            self._end_line()
            self._line += escape(piece)

    def _begin(self, tag: str, written: str) -> None:
        self._open.append((tag, written))
        self._line += written

    def _turn(self, quoted: bool) -> None:
        self._end_line()
        self._quoted = quoted

    def _end_line(self) -> None:
        closing = "".join(f"</{tag}>" for tag, _ in reversed(self._open))
        self._lines.append(_Line(self._quoted, self._line + closing))
        self._line = "".join(written for _, written in self._open)
