"""A link's code is drawn square for square as other encoders draw it."""

from hashlib import sha256

import pytest

from handlers.cli.qr import QUIET, as_svg, qr

LINK = "https://t.me/HaiChieuBot?start=inv_Ab3-_x9ZqTrYu7KlMnOpQwErTyUiOp12"
LONGEST = f"{LINK}01234567890123456789"
DRAWN = {
    14: "8f164da31697275d174ce3fbaffac358",
    26: "35a4b81a3d493377dd8eef966f2eedf2",
    42: "ecc2c40680f9d9755a09d28f6a3caa58",
    62: "e05b7beb62f679ea6b707f97a0f3f820",
    67: "81d43fa54446eccded1bd86b4fa57352",
    87: "bda02a0c96f0ea5da7f26034f12241c4",
}
"""By the length of the text: one in each size, as the library `qrcode` 8 draws it."""


@pytest.mark.parametrize(("length", "drawn"), DRAWN.items())
def test_a_code_of_each_size_is_what_another_encoder_draws(length: int, drawn: str) -> None:
    rows = ("".join("#" if dark else "." for dark in row) for row in qr(LONGEST[:length]))

    assert sha256("\n".join(rows).encode()).hexdigest().startswith(drawn)


def test_the_longest_link_there_can_be_fits() -> None:
    bot, token = "x" * 32, "t" * 32

    assert len(qr(f"https://t.me/{bot}?start=inv_{token}")) == 41


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="107 bytes"):
        qr("a" * 107)


def test_the_picture_keeps_its_quiet_edge() -> None:
    modules = qr(LINK)
    side = len(modules) + 2 * QUIET
    picture = as_svg(modules)

    assert f'viewBox="0 0 {side} {side}"' in picture
    assert f"M{QUIET} {QUIET}h7v1h-7z" in picture
