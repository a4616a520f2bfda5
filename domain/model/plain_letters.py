"""A text with a byte for each Vietnamese letter: to look for words in it takes no time."""

import codecs
import unicodedata
from functools import lru_cache
from itertools import product
from string import ascii_lowercase, digits

from domain.model.search import folded

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKED = [unicodedata.normalize("NFC", "".join(of)) for of in product("aăâeêioôơuưy", _TONES)]
_LETTERS = "".join(["ăâêôơưđ", *_MARKED])
_SIGNS = "".join(map(chr, range(128))) + _LETTERS
_NO_SIGN = "\ufffe"
_AS_BYTES = codecs.charmap_build(_SIGNS.ljust(256, _NO_SIGN))
_UNKNOWN = "?"
"""What stands for any other sign: since it may be part of a word, so may a question mark."""
_LETTERS_ALONE = frozenset(ascii_lowercase + _LETTERS)
_OF_WORDS = _LETTERS_ALONE.union(digits, "_", _UNKNOWN)


def _table(is_folded: bool) -> bytes:
    shown = (sign if sign in _OF_WORDS else " " for sign in _SIGNS)
    forms = "".join(folded(sign) if is_folded else sign for sign in shown)
    return codecs.charmap_encode(forms, "strict", _AS_BYTES)[0].ljust(256)


_TABLES = {is_folded: _table(is_folded) for is_folded in (False, True)}


def plainly(text: str, is_folded: bool) -> bytes:
    """Its words in small letters with a space before and after each, and without marks if so asked.

    Where nothing but one space is between two words, they stand side by side. A word with a sign
    that is neither a Vietnamese letter nor a digit is not what it was.
    """
    there, _ = codecs.charmap_encode(f" {text.casefold()} ", "replace", _AS_BYTES)
    return there.translate(_TABLES[is_folded])


@lru_cache
def plain_runs(runs: tuple[tuple[str, ...], ...], is_folded: bool) -> tuple[bytes, ...]:
    """Words that stand side by side, as `plainly` has them; none if one is not of letters alone.

    A digit may be part of a phone number, which nobody is found by.
    """
    if not all(_LETTERS_ALONE.issuperset(word) for run in runs for word in run):
        return ()
    return tuple(plainly(" ".join(run), is_folded) for run in runs)
