"""Small numbers of letters are not shown to all, and larger ones are rounded."""

import pytest

from handlers.console.figures import published


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (9, None), (10, 10), (14, 10), (15, 15), (1234, 1230)]
)
def test_a_public_number_is_rounded_or_left_out(count: int, shown: int | None) -> None:
    assert published(count) == shown
