"""Names of files that people sent: made harmless before anybody else sees them."""

import re
import unicodedata

from domain.model.text import normalised

LONGEST_NAME = 80
NAMELESS = "tai-lieu"
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def safe_name(name: str, ending: str) -> str:
    """The last part of a name, without signs that nobody sees or that steer, of its own kind."""
    last = normalised(name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = seen.rpartition(".")[0] if "." in seen else seen
    plain = _NOT_IN_A_NAME.sub(" ", stem).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return (plain or NAMELESS) + ending
