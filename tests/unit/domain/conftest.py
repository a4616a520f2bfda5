"""How long properties are searched here: the whole folder stays under three seconds."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("domain", max_examples=60, deadline=None)


@pytest.fixture(autouse=True, scope="package")
def short_search() -> Iterator[None]:
    before = settings.get_current_profile_name()
    settings.load_profile("domain")
    yield
    settings.load_profile(before)
