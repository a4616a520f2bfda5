"""The one place that makes identifiers, codes and secrets."""

import secrets
from typing import Protocol

# No 0/O, 1/I/L, U/V, S/5, B/8: a code is read aloud over the phone.
CODE_ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"
CODE_GROUP = 5
CODE_PREFIX = "HC"
NUMBER_GROUP = 4
NUMBER_PREFIX = "YK"


class Ids(Protocol):
    """Makes names for new things; injected, so that a test can foresee them."""

    def new(self) -> str:
        """A random identifier that says nothing about when it was made."""
        ...

    def code(self) -> str:
        """A case code for a resident, such as `HC-7K3MQ-9TD4W`: random, never a counter."""
        ...

    def number(self) -> str:
        """What staff call a case, such as `YK-7K3M-Q9TD`: it opens nothing by itself."""
        ...

    def token(self) -> str:
        """A secret for a link; fits a deep link's 64 characters with room for a prefix."""
        ...


class RandomIds:
    """Identifiers from the operating system's random source."""

    def new(self) -> str:
        return secrets.token_hex(16)

    def code(self) -> str:
        return "-".join((CODE_PREFIX, _letters(CODE_GROUP), _letters(CODE_GROUP)))

    def number(self) -> str:
        return "-".join((NUMBER_PREFIX, _letters(NUMBER_GROUP), _letters(NUMBER_GROUP)))

    def token(self) -> str:
        return secrets.token_urlsafe(24)


def _letters(count: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(count))


def read_code(typed: str) -> str | None:
    """The code somebody typed, in its written form; None if it cannot be one."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    if len(letters) > 2 * CODE_GROUP:  # the prefix's letters may begin a code as well
        letters = letters.removeprefix(CODE_PREFIX)
    if len(letters) != 2 * CODE_GROUP or not set(letters) <= set(CODE_ALPHABET):
        return None
    return f"{CODE_PREFIX}-{letters[:CODE_GROUP]}-{letters[CODE_GROUP:]}"


def read_number(typed: str) -> str | None:
    """What staff call a case, in its written form; None if it cannot be one."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    bare = letters.removeprefix(NUMBER_PREFIX)
    if len(bare) != 2 * NUMBER_GROUP or bare == letters or not set(bare) <= set(CODE_ALPHABET):
        return None
    return f"{NUMBER_PREFIX}-{bare[:NUMBER_GROUP]}-{bare[NUMBER_GROUP:]}"
