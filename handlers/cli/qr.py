"""A link as a QR code (ISO/IEC 18004): bytes, error correction M, in the six smallest sizes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

MODULES = tuple[tuple[bool, ...], ...]
"""Rows of small squares, True for a dark one; without the quiet edge around them."""
QUIET = 4
"""Squares of white that a reader needs on each side."""

LEVEL_M = 0b00
_GENERATOR, _FIELD = 0b10100110111, 0x11D
_FORMAT_MASK = 0b101010000010010
_LONG_RUN = 5
_FINDER_LIKE = ("10111010000", "00001011101")


@dataclass(frozen=True, slots=True)
class _Size:
    """One version of the standard: how much it holds, and how that is checked."""

    version: int
    data: int
    """Bytes of data in a block."""
    check: int
    """Bytes of error correction in a block."""
    blocks: int

    @property
    def side(self) -> int:
        return 17 + 4 * self.version

    @property
    def room(self) -> int:
        """Bytes of text: of all data, two go to its kind, its length and its end."""
        return self.data * self.blocks - 2


_SIZES = (
    _Size(1, 16, 10, 1),
    _Size(2, 28, 16, 1),
    _Size(3, 44, 26, 1),
    _Size(4, 32, 18, 2),
    _Size(5, 43, 24, 2),
    _Size(6, 27, 16, 4),
)


def qr(text: str) -> MODULES:
    """The code of a text of at most 106 bytes; ValueError for a longer one."""
    data = text.encode()
    size = next((one for one in _SIZES if len(data) <= one.room), None)
    if size is None:
        raise ValueError(f"{len(data)} bytes are too many for a small code")
    bits = "".join(f"{byte:08b}" for byte in _interleaved(_padded(data, size), size))
    candidates = (_drawn(bits, size, mask) for mask in range(len(_MASKS)))
    return min(candidates, key=_penalty)


def as_svg(modules: MODULES) -> str:
    """A path of all dark squares, with the quiet edge."""
    side = len(modules) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for x, length in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


def _dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark squares begin in a row, and how many there are side by side."""
    at = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield at, length
        at += length


def _padded(data: bytes, size: _Size) -> bytes:
    bits = f"0100{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    whole = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    filling = bytes([0xEC, 0x11]) * size.data * size.blocks
    return (whole + filling)[: size.data * size.blocks]


def _interleaved(data: bytes, size: _Size) -> bytes:
    blocks = [data[at : at + size.data] for at in range(0, len(data), size.data)]
    checks = [_check(block, size.check) for block in blocks]
    mixed = (bytes(column) for part in (blocks, checks) for column in zip(*part, strict=True))
    return b"".join(mixed)


def _times(a: int, b: int) -> int:
    """A product in the field of 256 elements."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1) ^ (_FIELD if a & 0x80 else 0)
        b >>= 1
    return product


@cache
def _polynomial(degree: int) -> tuple[int, ...]:
    """The product of (x - 2^i), its highest term left out."""
    made, root = [*[0] * (degree - 1), 1], 1
    for _ in range(degree):
        made = [_times(c, root) ^ after for c, after in zip(made, [*made[1:], 0], strict=True)]
        root = _times(root, 2)
    return tuple(made)


def _check(block: bytes, degree: int) -> bytes:
    rest = [0] * degree
    for byte in block:
        factor = byte ^ rest[0]
        rest = [
            c ^ _times(g, factor) for c, g in zip([*rest[1:], 0], _polynomial(degree), strict=True)
        ]
    return bytes(rest)


_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda y, x: (y + x) % 2,
    lambda y, _: y % 2,
    lambda _, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def _drawn(bits: str, size: _Size, mask: int) -> MODULES:
    grid = _patterns(size, mask)
    flips = _MASKS[mask]
    for (y, x), bit in zip(_snake(grid), bits.ljust(size.side**2, "0"), strict=False):
        grid[y][x] = (bit == "1") ^ (flips(y, x) == 0)
    return tuple(tuple(bool(dark) for dark in row) for row in grid)


Grid = list[list[bool | None]]
"""None where the data will stand."""


def _patterns(size: _Size, mask: int) -> Grid:
    """What stands in every code of this size: the signs by which a reader finds its way."""
    side = size.side
    grid: Grid = [[None] * side for _ in range(side)]
    for top, left in ((3, 3), (3, side - 4), (side - 4, 3)):
        _rings(grid, top, left, reach=4)
    if size.version > 1:
        _rings(grid, side - 7, side - 7, reach=2)
    for at in range(8, side - 8):
        grid[6][at] = grid[at][6] = at % 2 == 0
    for (y, x), bit in zip(_format_places(side), _format(mask) * 2, strict=True):
        grid[y][x] = bit == "1"
    grid[side - 8][8] = True
    return grid


def _rings(grid: Grid, middle_y: int, middle_x: int, reach: int) -> None:
    dark = {4: (0, 1, 3), 2: (0, 2)}[reach]
    for y in range(middle_y - reach, middle_y + reach + 1):
        for x in range(middle_x - reach, middle_x + reach + 1):
            if 0 <= y < len(grid) and 0 <= x < len(grid):
                grid[y][x] = max(abs(y - middle_y), abs(x - middle_x)) in dark


def _format(mask: int) -> str:
    """The error correction and the mask in fifteen bits, highest first."""
    data = LEVEL_M << 3 | mask
    rest = data << 10
    for shift in range(4, -1, -1):
        if rest >> (10 + shift) & 1:
            rest ^= _GENERATOR << shift
    return f"{(data << 10 | rest) ^ _FORMAT_MASK:015b}"


def _format_places(side: int) -> Iterator[tuple[int, int]]:
    """Beside the upper left sign, then beside the other two."""
    yield from ((8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8))
    yield from ((y, 8) for y in (7, 5, 4, 3, 2, 1, 0))
    yield from ((side - 1 - n, 8) for n in range(7))
    yield from ((8, side - 8 + n) for n in range(8))


def _snake(grid: Grid) -> Iterator[tuple[int, int]]:
    """The places of the data: two columns at a time, from the right, up and down in turn."""
    side = len(grid)
    rights = [*range(side - 1, 6, -2), *range(5, 0, -2)]
    for turn, right in enumerate(rights):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        yield from [(y, x) for y in rows for x in (right, right - 1) if grid[y][x] is None]


def _penalty(modules: MODULES) -> int:
    """How hard the code is to read, by the standard's four rules."""
    lines = ["".join("1" if dark else "0" for dark in row) for row in modules]
    columns = ["".join(column) for column in zip(*lines, strict=True)]
    both = [*lines, *columns]
    dark = sum(line.count("1") for line in lines)
    off_balance = abs(dark * 20 - len(lines) ** 2 * 10) // len(lines) ** 2
    return _runs(both) + _squares(lines) + 40 * _finder_like(both) + 10 * off_balance


def _runs(lines: Sequence[str]) -> int:
    lengths = (len(list(run)) for line in lines for _, run in groupby(line))
    return sum(length - 2 for length in lengths if length >= _LONG_RUN)


def _squares(lines: Sequence[str]) -> int:
    return 3 * sum(
        upper[x : x + 2] == lower[x : x + 2] in ("00", "11")
        for upper, lower in pairwise(lines)
        for x in range(len(upper) - 1)
    )


def _finder_like(lines: Sequence[str]) -> int:
    return sum(line[at : at + 11] in _FINDER_LIKE for line in lines for at in range(len(line) - 10))
