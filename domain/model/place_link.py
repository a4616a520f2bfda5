"""What a link to the bot carries to name a place: a poster's, so that the place is not asked."""

import re

from domain.errors import Refusal

PLACE = "u_"
LONGEST = 64
"""Characters that a link may carry (Bot API, deep linking)."""
_FIT = re.compile(r"[A-Za-z0-9.\-]+")


def place_start(code: str) -> str:
    """The place's code as a link carries it; Refusal if none can."""
    start = PLACE + code.replace(".", "_")
    if not _FIT.fullmatch(code) or len(start) > LONGEST:
        raise Refusal("cli.posters_code", code=code)
    return start


def place_code(start: str) -> str:
    """The code of the place that a link names."""
    return start.removeprefix(PLACE).replace("_", ".")
