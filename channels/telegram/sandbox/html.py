"""Telegram's HTML: tags become entities counted in UTF-16 units; mistakes get its own words."""

import re
from dataclasses import dataclass, field

from channels.telegram.sandbox.errors import ApiError, Json, bad_request
from channels.telegram.sandbox.links import checked_url

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji", "a": "text_link",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ESCAPE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot));?")
ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>/"']*)\s*(?:=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<token>[\w.-]+)))?"""
)


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unescape(text: str) -> str:
    return ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else found.group()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass
class _Reader:
    """Walks once over the source, keeping the open tags on a stack."""

    source: str
    at: int = 0
    offset: int = 0
    pieces: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._text()
            elif self.source.startswith("</", self.at):
                self._close()
            else:
                self._open()
        if self.stack:
            tag = self.stack[-1].tag
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.pieces), self.entities

    def _text(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        piece = unescape(self.source[self.at : end])
        self.pieces.append(piece)
        self.offset += utf16(piece)
        self.at = end

    def _open(self) -> None:
        begin = self.at
        where = f"at byte offset {self._bytes(begin)}"
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        tag = name.group().lower() if name else ""
        self.at = begin + 1 + len(tag)
        if self.at >= len(self.source):
            raise _wrong(f"Unclosed start tag {where}")
        if tag not in KINDS:
            raise _wrong(f'Unsupported start tag "{tag}" {where}')
        attributes = self._attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" {where}')
        self.stack.append(_Open(tag, _argument(tag, attributes), self.offset, len(self.pieces)))

    def _attributes(self, tag: str, where: str) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self.at >= len(self.source):
                raise _wrong(f"Unclosed start tag {where}")
            if self.source[self.at] == ">":
                self.at += 1
                return found
            match = ATTRIBUTE.match(self.source, self.at)
            if match is None or not match["name"]:
                raise _wrong(f'Empty attribute name in the tag "{tag}" {where}')
            self.at = match.end()
            value = match["d"] or match["s"] or match["token"] or ""
            found[match["name"].lower()] = unescape(value)

    def _close(self) -> None:
        begin = self.at
        where = f"at byte offset {self._bytes(begin)}"
        if not self.stack:
            raise _wrong(f"Unexpected end tag {where}")
        end = self.source.find(">", begin)
        if end < 0:
            raise _wrong(f"Unclosed end tag {where}")
        found = self.source[begin + 2 : end].strip()
        opened = self.stack.pop()
        if found and found.lower() != opened.tag:
            raise _wrong(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{found}>"'
            )
        self.at = end + 1
        self._finish(opened)

    def _finish(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if length == 0:
            return
        entity: Json = {"offset": opened.offset, "length": length, "type": KINDS[opened.tag]}
        if opened.tag == "a":
            entity |= _link(opened.argument or "".join(self.pieces[opened.start :]))
        elif opened.tag == "pre" and self._wraps_code(entity):
            entity["language"] = self.entities.pop()["language"]
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        if entity["type"]:
            self.entities.append(entity)

    def _wraps_code(self, entity: Json) -> bool:
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        return same and "language" in last

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities."""
    text, entities = _Reader(source).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, entities


def _wrong(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")


def _argument(tag: str, attributes: dict[str, str]) -> str:
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code":
            name = attributes.get("class", "")
            return name.removeprefix("language-") if name.startswith("language-") else ""
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case "blockquote":
            return "1" if "expandable" in attributes else ""
    return ""


def _link(target: str) -> Json:
    """A link whose address is no good becomes plain text, silently, as at Telegram."""
    url = checked_url(target)
    return {"type": "text_link", "url": url} if url else {"type": ""}
