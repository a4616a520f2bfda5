"""The generator of opinions: words come as they do in life, and the same for the same seed."""

from collections import Counter
from random import Random

import pytest

from domain.model.opinion_words import BESIDE, HEARD, tokens_of
from domain.model.search import folded
from tests.bench.bands import HARDLY_EVER, OFTEN, Band, Bands
from tests.bench.opinions import opinion

TEXTS = [opinion(number) for number in range(2_000)]
BANDS = Bands(TEXTS)
HELD = Counter(
    token
    for text in TEXTS
    for token in tokens_of(text)
    if BESIDE not in token and not token.startswith(HEARD)
)


def test_the_same_seed_gives_the_same_opinion() -> None:
    assert opinion(4, seed=2) == opinion(4, seed=2) != opinion(4, seed=3)


def test_a_few_words_come_often_and_most_hardly_ever() -> None:
    found = sorted((count / len(TEXTS) for count in HELD.values()), reverse=True)
    seldom = [share for share in found if share <= 2 / len(TEXTS)]

    assert found[20] > 1 / 4
    assert found[400] < OFTEN
    assert len(seldom) > len(found) / 2 > 500


@pytest.mark.parametrize("band", Band)
def test_what_is_looked_for_comes_as_often_as_its_band_says(band: Band) -> None:
    often = OFTEN * len(TEXTS)
    limits = {Band.COMMON: (often, len(TEXTS)), Band.RARE: (0, HARDLY_EVER)}
    low, high = limits.get(band, (HARDLY_EVER, often))
    chance = Random(1)
    # A sample says of what is in none of its texts that it is rare.
    others = [opinion(number) for number in range(10_000, 10_200)]
    wanted = [words for text in others if (words := BANDS.two_words(text, band, chance))]
    assert wanted
    for words in wanted[:20]:
        rarer = min(HELD[folded(word)] for word in words.split())
        assert low <= rarer <= high, words
