"""A month of sessions, from the roster to the totals: what was held is what is told, to the unit.

In CI a few people; `COMMUNICATORS=3000 SESSIONS_EACH=12` in the environment makes it the whole
city. The pacer's limits are off, here and in the practice Telegram: what is counted is sessions.
"""

import os
from pathlib import Path

import pytest

from tests.e2e.district import opened

pytestmark = pytest.mark.e2e

COMMUNICATORS = int(os.environ.get("COMMUNICATORS") or 12)
EACH = int(os.environ.get("SESSIONS_EACH") or 3)


async def test_a_month_of_sessions_adds_up_to_what_was_held(tmp_path: Path) -> None:
    async with opened(tmp_path, COMMUNICATORS) as district:
        await district.log(district.listed, EACH)

        assert district.held.sessions.total() == COMMUNICATORS * EACH
        assert district.stored("submitted") == district.held

        await district.confirm()

        assert district.stored("confirmed") == district.held
