"""A document that goes to residents: a PDF, by what is in it, that does nothing by itself."""

import re
import unicodedata
import zlib

from domain.errors import Refusal
from domain.model.text import normalised

LONGEST_NAME = 80
MOST_INFLATED = 32 * 1024 * 1024
"""Bytes looked at inside compressed lists of objects; whatever holds more hides something."""
ENDING = ".pdf"
_MAGIC = b"%PDF-"
_DOES_SOMETHING = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_LOCKED = re.compile(rb"/Encrypt\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"\bstream\r?\n")
_LIST = b"/ObjStm"
_BEFORE = 400
"""Bytes in front of a stream that say what it is."""
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def require_paper(content: bytes) -> None:
    """Refuse what is no PDF, is locked, or carries programs or other files."""
    if not content.startswith(_MAGIC):
        raise Refusal("file.no_paper")
    seen = _said(content)
    if _LOCKED.search(seen):
        raise Refusal("file.locked_paper")
    if _DOES_SOMETHING.search(seen):
        raise Refusal("file.paper_with_programs")


def paper_name(name: str) -> str:
    """The last part of a name, without signs that nobody sees or that steer."""
    last = normalised(name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = seen.rpartition(".")[0] or seen
    plain = _NOT_IN_A_NAME.sub(" ", stem).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return (plain or "tai-lieu") + ENDING


def _said(content: bytes) -> bytes:
    """Everything outside its streams, with the lists of objects among those unpacked."""
    first, *others = _STREAM.split(content)
    said, room = [first], MOST_INFLATED
    for part in others:
        body, _, rest = part.partition(b"endstream")
        if _LIST in said[-1][-_BEFORE:]:
            unpacked = _unpacked(body, room)
            room -= len(unpacked)
            said.append(unpacked)
        said.append(rest)
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), b"\n".join(said))


def _unpacked(body: bytes, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(body, max(room, 1))
    except zlib.error:
        raise Refusal("file.locked_paper") from None
    if unpacking.unconsumed_tail:
        raise Refusal("file.paper_with_programs")
    return found
