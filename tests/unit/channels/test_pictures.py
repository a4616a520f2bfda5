"""Of a picture only what is seen on it is left; what is none, or is a trap, is named."""

import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from channels.pictures import FORMATS, LONGEST_SIDE, Darkroom, rewritten
from domain.errors import Refusal

PLANTED = b"10.0325N 105.7841E 2026-11-19 19:04 Dung"
SIDEWAYS = 6
"""EXIF's word for: turn it a quarter to the right before looking."""


def exif(orientation: int = 1) -> bytes:
    """Words, a place and a way up, as a phone writes them."""
    kept = Image.Exif()
    kept[0x0112], kept[0x010E], kept[0x9286] = orientation, PLANTED.decode(), PLANTED
    kept.get_ifd(0x8825)[29] = PLANTED.decode()
    return kept.tobytes()


def written(picture: Image.Image, kind: str, orientation: int = 1) -> bytes:
    """A file with the planted words wherever its kind has room for any."""
    out = io.BytesIO()
    more: dict[str, Any] = {"exif": exif(orientation), "icc_profile": PLANTED}
    match kind:
        case "JPEG":
            more |= {"comment": PLANTED, "xmp": PLANTED, "dpi": (72, 72)}
        case "PNG":
            words = PngImagePlugin.PngInfo()
            words.add_text("Author", PLANTED.decode())
            words.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
            more |= {"pnginfo": words}
        case "WEBP":
            more |= {"xmp": PLANTED}
    picture.save(out, kind, **more)
    return out.getvalue() + PLANTED


def size_after(file: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(rewritten(file))) as kept:
        kept.load()
        return kept.size


def in_proportion(width: int, height: int) -> tuple[float, float]:
    share = min(1.0, LONGEST_SIDE / max(width, height))
    return width * share, height * share


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(FORMATS),
    mode=st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"]),
    width=st.integers(1, 2500),
    height=st.integers(1, 2500),
    orientation=st.integers(1, 8),
)
def test_nothing_is_left_but_what_is_seen(
    kind: str, mode: str, width: int, height: int, orientation: int
) -> None:
    picture = Image.new("RGB", (width, height), (70, 120, 30)).convert(mode)
    try:
        file = written(picture, kind, orientation)
    except OSError:  # that kind of file knows no such mode
        file = written(picture.convert("RGB"), kind, orientation)
    assert file.count(PLANTED) > 1

    kept = rewritten(file)

    assert PLANTED not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not shown.getexif()
        upright = (height, width) if orientation > 4 else (width, height)
        assert shown.size == pytest.approx(in_proportion(*upright), abs=1)


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 60, 20))

    with Image.open(io.BytesIO(rewritten(written(picture, "JPEG", SIDEWAYS)))) as kept:
        right, left = kept.getpixel((35, 30)), kept.getpixel((4, 30))

    assert isinstance(right, tuple)
    assert isinstance(left, tuple)
    assert (right[1] < 60, left[1] > 200) == (True, True)


def test_what_is_transparent_becomes_white() -> None:
    with Image.open(io.BytesIO(rewritten(written(Image.new("RGBA", (9, 9)), "PNG")))) as kept:
        assert kept.getpixel((4, 4)) == (255, 255, 255)


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sealed = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + sealed

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (9, 9)).save(out, "GIF")
    return out.getvalue()


def flat(mode: str, side: int, kind: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (side, side)).save(out, kind)
    return out.getvalue()


def gone_over(times: int) -> bytes:
    """A JPEG of a million pixels whose last scan of some bytes comes as often as this."""
    out = io.BytesIO()
    Image.new("L", (1000, 1000), "white").save(out, "JPEG", progressive=True)
    file = out.getvalue()
    scan = file[file.rfind(b"\xff\xda") : -2]
    return file[:-2] + (times - 1) * scan + file[-2:]


def test_a_picture_is_not_gone_over_without_end() -> None:
    assert rewritten(gone_over(20))
    with pytest.raises(Refusal, match="broken_picture"):
        rewritten(gone_over(5_000))


@pytest.mark.parametrize(
    ("file", "named"),
    [
        (b"", "file.no_picture"),
        (b"%PDF-1.7", "file.no_picture"),
        (gif(), "file.no_picture"),
        (written(Image.new("RGB", (900, 900)), "JPEG")[:4000], "file.broken_picture"),
        (png_claiming(90, 90), "file.broken_picture"),
        (png_claiming(100_000, 100_000), "file.too_many_pixels"),
        (png_claiming(5_001, 5_000), "file.too_many_pixels"),
        (flat("RGB", 5_000, "WEBP"), "file.too_many_pixels"),
        (flat("CMYK", 5_001, "JPEG"), "file.too_many_pixels"),
    ],
)
def test_what_cannot_be_kept_is_named(file: bytes, named: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rewritten(file)
    assert refusal.value.key == named


async def test_the_loop_goes_on_meanwhile() -> None:
    """Rewritten in a thread, the same as by hand."""
    file = written(Image.effect_noise((400, 300), 90).convert("RGB"), "PNG")

    assert await Darkroom().rewritten(file) == rewritten(file)


def test_what_reads_pictures_is_loaded_with_the_first_one() -> None:
    asked = "import sys, channels.telegram.gateway; print('PIL' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    assert told.stdout.decode().strip() == "False"
