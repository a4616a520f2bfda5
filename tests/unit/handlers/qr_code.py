"""Reads a clean QR code as the standard has it (ISO/IEC 18004): bytes, level M, versions 1 to 6."""

from collections.abc import Callable, Iterable
from itertools import groupby

from PIL import Image

Squares = list[list[bool]]
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32, 32], 5: [43, 43], 6: [27, 27, 27, 27]}
"""Bytes of data in each block, by version."""
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _: r % 2 == 0,
    lambda _, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def squares_of(page: Image.Image) -> Squares:
    """The code is what is dark over the most rows without a gap."""
    dark = page.convert("L").point(lambda value: 255 if value < 128 else 0)
    rows = [bool(dark.crop((0, y, dark.width, y + 1)).getbbox()) for y in range(dark.height)]
    bands, begin = [], 0
    for is_dark, some in groupby(rows):
        length = len(list(some))
        bands += [(length, begin)] if is_dark else []
        begin += length
    length, top = max(bands)
    band = dark.crop((0, top, dark.width, top + length))
    code = band.crop(band.getbbox())
    across = [code.getpixel((x, 0)) for x in range(code.width)]
    side = across.index(0) / 7  # the first corner is seven squares wide
    count = round(code.width / side)
    return [
        [bool(code.getpixel((int((c + 0.5) * side), int((r + 0.5) * side)))) for c in range(count)]
        for r in range(count)
    ]


def read(squares: Squares) -> str:
    """The text in it."""
    size = len(squares)
    version = (size - 17) // 4
    mask = MASKS[_number(squares[8][c] for c in (2, 3, 4)) ^ 0b101]
    bits = [
        squares[r][c] ^ mask(r, c) for r, c in _path(size) if not _is_fixed(r, c, size, version)
    ]
    sent = [_number(bits[i : i + 8]) for i in range(0, len(bits) - 7, 8)]
    whole = _uninterleaved(sent, BLOCKS[version])
    stream = [bool(byte >> bit & 1) for byte in whole for bit in range(7, -1, -1)]
    if _number(stream[:4]) != 0b0100:
        raise ValueError("not in bytes")
    length = _number(stream[4:12])
    text = [_number(stream[12 + 8 * i : 20 + 8 * i]) for i in range(length)]
    return bytes(text).decode()


def _number(bits: Iterable[bool]) -> int:
    value = 0
    for bit in bits:
        value = value * 2 + bool(bit)
    return value


def _path(size: int) -> list[tuple[int, int]]:
    """Upwards and downwards in columns of two, from the lower right; column 6 is left out."""
    found, up = [], True
    for right in [c for c in range(size - 1, 0, -2) if c > 6] + [5, 3, 1]:
        rows = range(size - 1, -1, -1) if up else range(size)
        found += [(r, c) for r in rows for c in (right, right - 1)]
        up = not up
    return found


def _is_fixed(r: int, c: int, size: int, version: int) -> bool:
    """Whether it belongs to a pattern and carries no data."""
    finder = (r < 9 and c < 9) or (r < 9 and c >= size - 8) or (r >= size - 8 and c < 9)
    middle = size - 7
    aligned = version > 1 and abs(r - middle) <= 2 and abs(c - middle) <= 2
    return finder or aligned or 6 in (r, c)


def _uninterleaved(sent: list[int], blocks: list[int]) -> list[int]:
    """Blocks take turns, byte by byte."""
    data, taken = sent[: sum(blocks)], 0
    found: list[list[int]] = [[] for _ in blocks]
    for place in range(max(blocks)):
        for block, length in zip(found, blocks, strict=True):
            if place < length:
                block.append(data[taken])
                taken += 1
    return [byte for block in found for byte in block]
