"""Pictures written anew: of a file somebody sent only what is seen on it is left."""

import asyncio
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from domain.errors import Refusal

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
"""A phone's largest picture; a file of some kilobytes can claim a thousand times as many."""
MOST_DECODED = {"PNG": 25_000_000, "WEBP": 12_500_000}
"""Of the kinds that are decoded in full before they are made smaller; a JPEG is not."""
MOST_IN_FOUR = 25_000_000
"""Of a JPEG in four inks, which takes twice the memory of one in colours."""
MOST_PASSES = 5_000_000_000
"""Pixels times scans of a JPEG: each scan of some bytes can go over all of it once more."""
SCAN = b"\xff\xda"
JPEGS = ("JPEG", "MPO")
LONGEST_SIDE = 1600
QUALITY = 80
SHRUNK_WELL = ("L", "RGB", "RGBA", "CMYK")
"""Modes in which neighbouring pixels can be mixed; the rest is made one of them first."""


@dataclass(frozen=True, slots=True)
class Darkroom:
    """Writes pictures anew (viết lại ảnh), one at a time: each may need 330 megabytes."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def rewritten(self, file: bytes) -> bytes:
        """The picture as a JPEG; Refusal("file.…") if it is none, broken or beyond all measure."""
        async with self.turn:
            return await asyncio.to_thread(rewritten, file)


def rewritten(file: bytes) -> bytes:
    """Upright, at most LONGEST_SIDE long, and without anything that was written beside it."""
    # Here, so that a process which never sees a picture does not load what reads them.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    # Ours is the stricter limit and is asked first; theirs would only warn.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as found:
            _require_measure(found, file)
            return _developed(found)
    except Refusal:
        raise
    except UnidentifiedImageError:
        raise Refusal("file.no_picture") from None
    except Exception:  # what a decoder makes of broken bytes has a hundred names
        raise Refusal("file.broken_picture") from None


def _require_measure(found: "Image.Image", file: bytes) -> None:
    most = MOST_DECODED.get(found.format or "", MOST_PIXELS)
    if found.mode == "CMYK":
        most = min(most, MOST_IN_FOUR)
    pixels = found.width * found.height
    if pixels > most:
        raise Refusal("file.too_many_pixels", limit=most // 1_000_000)
    if found.format in JPEGS and pixels * file.count(SCAN) > MOST_PASSES:
        raise Refusal("file.broken_picture")


def _developed(found: "Image.Image") -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415

    found.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be decoded in full
    if found.mode not in SHRUNK_WELL:
        found = found.convert("RGBA" if found.has_transparency_data else "RGB")
    found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = ImageOps.exif_transpose(found).convert("RGBA")
    # A new one: what travels with the old, its comment for one, would be written out again.
    clean = Image.new("RGB", seen.size, "white")
    clean.paste(seen, mask=seen.getchannel("A"))
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
