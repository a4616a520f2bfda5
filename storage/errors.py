"""One way to say that a database, or a key beside it, cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from domain.errors import MemoryLost, Unreadable


class Unusable(StrEnum):
    """What is wrong with it; the front door has a sentence for each."""

    NOT_A_DATABASE = "not_a_database"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    NEWER = "newer"
    BEHIND = "behind"
    LOCKED = "locked"
    UNWRITABLE = "unwritable"
    FULL = "full"
    UNREACHABLE = "unreachable"
    DENIED = "denied"
    NO_DATABASE = "no_database"
    WRONG_LOCALE = "wrong_locale"
    NOT_EMPTY = "not_empty"
    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"


class StorageUnusable(MemoryLost):
    """This database or key cannot be worked with now, or until a person has looked at it."""

    def __init__(self, path: str, reason: Unusable) -> None:
        super().__init__(f"{path}: {reason.value}")
        self.path = path
        self.reason = reason


class SealBroken(Unreadable):
    """What is sealed here was changed, or was sealed for another row or under another key."""


# SQLite's own words, lower case. The driver hands on no code that SQLAlchemy would keep.
_WORDS = {
    "file is not a database": Unusable.NOT_A_DATABASE,
    "malformed": Unusable.DAMAGED,
    "disk i/o error": Unusable.DAMAGED,
    "locked": Unusable.LOCKED,
    "unable to open database file": Unusable.UNWRITABLE,
    "readonly database": Unusable.UNWRITABLE,
    "disk is full": Unusable.FULL,
}


@contextmanager
def trouble_with(path: str) -> Iterator[None]:
    """Turn what is said about a file into StorageUnusable; the rest passes unchanged."""
    try:
        yield
    except NoConnectionFree as error:
        raise StorageUnusable(path, Unusable.LOCKED) from error
    except DBAPIError as error:
        said = str(error.orig).lower()
        for words, reason in _WORDS.items():
            if words in said:
                raise StorageUnusable(path, reason) from error
        raise
