"""Signs of which a reader sees nothing, although they change what is read: which they are."""

import unicodedata

BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""Signs of which nothing is drawn, although they count as letters."""
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})


def is_unseen(sign: str) -> bool:
    """Whether nothing is drawn of it; the end of a line is no such sign."""
    return sign != "\n" and (unicodedata.category(sign) in UNSEEN or sign in BLANK)


def sign_name(sign: str) -> str:
    """A sign by its number and its name, for it cannot be shown: "U+202E RIGHT-TO-LEFT …"."""
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X} {name}".rstrip()
