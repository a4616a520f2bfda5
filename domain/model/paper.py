"""A document that goes to residents: a PDF, by what is in it, that does nothing by itself."""

import re
import zlib

from domain.errors import Refusal

MOST_INFLATED = 32 * 1024 * 1024
"""Bytes looked at inside compressed lists of objects; whatever holds more hides something."""
ENDING = ".pdf"
_MAGIC = b"%PDF-"
_DOES_SOMETHING = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition)\b"
)
_SAYS_SO_SHORTLY = re.compile(rb"/(?:JS|EF|XFA)\b")
"""So short that they come by chance in what is compressed: looked for outside of it alone."""
_LOCKED = re.compile(rb"/Encrypt\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"\bstream\r?\n")
_COMMENT = b"%"
_LIST = b"/ObjStm"
_PREDICTED = re.compile(rb"/(?:DecodeParms|DP|Predictor)\b")


def require_paper(content: bytes) -> None:
    """Refuse what is no PDF, is locked, or carries programs or other files."""
    if not content.startswith(_MAGIC):
        raise Refusal("file.no_paper")
    outside = _outside(content)
    # What a comment or a string passes off as the beginning of a stream is looked into as well.
    everything = _plain(content) + outside
    if _LOCKED.search(everything):
        raise Refusal("file.locked_paper")
    if _DOES_SOMETHING.search(everything) or _SAYS_SO_SHORTLY.search(outside):
        raise Refusal("file.paper_with_programs")


def _outside(content: bytes) -> bytes:
    """Everything outside its streams, with the lists of objects among those unpacked."""
    first, *others = _STREAM.split(content)
    said, room = [first], MOST_INFLATED
    for part in others:
        head = said[-1]
        if _COMMENT in head[head.rfind(b"\n") + 1 :]:
            said.append(part)
            continue
        body, _, rest = part.partition(b"endstream")
        about = _plain(head)
        if _LIST in about:
            if _PREDICTED.search(about):
                raise Refusal("file.locked_paper")
            unpacked = _unpacked(body, room)
            room -= len(unpacked)
            said.append(unpacked)
        said.append(rest)
    return _plain(b"\n".join(said))


def _plain(written: bytes) -> bytes:
    """Names without their signs in hexadecimal: /#4AS is /JS."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), written)


def _unpacked(body: bytes, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(body, max(room, 1))
    except zlib.error:
        raise Refusal("file.locked_paper") from None
    if unpacking.unconsumed_tail:
        raise Refusal("file.paper_with_programs")
    return found
