"""The small Markdown of a bulletin's file: it becomes plain text, and what is marked in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.records import Reason

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
BULLET = "• "
_ITEM = re.compile(r"\s*[-*•] +(?=\S)")
_QUOTED = re.compile(r">\s?")
_FOREIGN = re.compile(r"(?P<sign>#{1,6}(?= )|```|!\[)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]()>#!-])"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<url>[^()\s]*)\)"
    r"|(?P<sign>\*\*|\*)"
    r"|(?P<broken>\]\()"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text that looks different, or leads somewhere (đoạn định dạng)."""

    kind: str
    """bold, italic, link or quote."""
    begin: int
    end: int
    """Both count characters of the plain text."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Misprint:
    """What cannot be read as our Markdown, and on which line, counted from nought."""

    line: int
    reason: Reason
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was meant (nội dung đã đọc)."""

    text: str
    spans: tuple[Span, ...] = ()
    misprints: tuple[Misprint, ...] = ()


def read(lines: Sequence[str]) -> Written:
    """The lines of a file's body; each of them is one line of the text."""
    page = _Page()
    for number, line in enumerate(lines):
        page.add(number, line.rstrip())
    page.end_quote()
    return page.written()


@dataclass
class _Page:
    """What was read so far."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    misprints: list[Misprint] = field(default_factory=list)
    line: int = 0
    quote: int | None = None
    """Where the quote began that goes on."""
    stack: list[tuple[str, int]] = field(default_factory=list)
    """The signs that wait for their end, and where they stood."""

    def add(self, number: int, line: str) -> None:
        self.line = number
        if number:
            self.text += "\n"
        if tag := TAG.search(line):
            self.misprint(Reason.HTML_TAG, tag=tag[0])
        if foreign := _FOREIGN.match(line):
            self.misprint(Reason.FOREIGN_MARKUP, sign=foreign["sign"])
        line = self._quoted(line)
        if item := _ITEM.match(line):
            self.text += BULLET
            line = line[item.end() :]
        self._inline(line)
        for sign, _ in self.stack:
            self.not_closed(sign)
        self.stack.clear()

    def _quoted(self, line: str) -> str:
        found = _QUOTED.match(line)
        if found is None:
            self.end_quote()
            return line
        if self.quote is None:
            self.quote = len(self.text)
        return line[found.end() :]

    def end_quote(self) -> None:
        if self.quote is not None:
            end = len(self.text.rstrip())
            if end > self.quote:
                self.spans.append(Span("quote", self.quote, end))
            self.quote = None

    def _inline(self, source: str) -> None:
        at = 0
        for found in _TOKEN.finditer(source):
            self.text += source[at : found.start()]
            at = found.end()
            if found["escaped"]:
                self.text += found["escaped"]
            elif found["words"] is not None:
                self._link(found["words"], found["url"])
            elif found["broken"]:
                self.misprint(Reason.BROKEN_LINK)
                self.text += found[0]
            else:
                self._sign(found["sign"], source, found.start(), at)
        self.text += source[at:]

    def _link(self, words: str, url: str) -> None:
        begin, outside = len(self.text), self.stack
        self.stack = []
        self._inline(words)
        for sign, _ in self.stack:
            self.not_closed(sign)
        self.stack = outside
        self.spans.append(Span("link", begin, len(self.text), url))

    def _sign(self, sign: str, source: str, begin: int, end: int) -> None:
        """A sign opens what the same sign closes; between two spaces it is only a sign."""
        is_open = any(sign == waiting for waiting, _ in self.stack)
        gap_before, gap_after = _is_gap(source[:begin][-1:]), _is_gap(source[end:][:1])
        if not is_open and gap_after:
            if not gap_before:
                self.not_closed(sign)
            self.text += sign
        elif is_open:
            self._close(sign)
        else:
            self.stack.append((sign, len(self.text)))

    def _close(self, sign: str) -> None:
        at = max(n for n, (waiting, _) in enumerate(self.stack) if waiting == sign)
        begin = self.stack.pop(at)[1]
        crossed = any(inner > begin for _, inner in self.stack[at:])
        if crossed or begin == len(self.text):
            self.not_closed(sign)
        else:
            kind = "bold" if sign == "**" else "italic"
            self.spans.append(Span(kind, begin, len(self.text)))

    def not_closed(self, sign: str) -> None:
        self.misprint(Reason.NOT_CLOSED, sign=sign, typed=sign.replace("*", r"\*"))

    def misprint(self, reason: Reason, **values: object) -> None:
        self.misprints.append(Misprint(self.line, reason, values))

    def written(self) -> Written:
        """All of it, without the empty lines around it."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        moved = [_moved(span, lead, len(text)) for span in self.spans]
        spans = sorted(moved, key=lambda span: (span.begin, -span.end))
        return Written(
            text, tuple(span for span in spans if span.end > span.begin), tuple(self.misprints)
        )


def _moved(span: Span, lead: int, length: int) -> Span:
    begin, end = max(0, span.begin - lead), min(length, span.end - lead)
    return Span(span.kind, begin, end, span.url)


def _is_gap(sign: str) -> bool:
    return not sign or sign.isspace()
