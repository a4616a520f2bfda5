"""A key for safekeeping, in two shares: each alone is chance, both together are the key."""

import base64
import hashlib
import re
from binascii import Error
from dataclasses import dataclass

from domain.errors import Refusal

PER_LINE = 7
"""Groups of four letters in a line that somebody may have to type."""

_SHARE = re.compile(
    r"haichieu-key (?P<epoch>\S+) (?P<number>[12])/2 (?P<pair>[0-9a-f]{8})"
    r" (?P<fingerprint>[0-9a-f]{16})\s(?P<letters>[a-z0-9\s]+?)\s*= (?P<checksum>[0-9a-f]{8})",
    re.IGNORECASE,
)
_MISREAD = str.maketrans("018", "OIB")
"""Signs that are in no share, and what they were surely meant to be."""


@dataclass(frozen=True, slots=True)
class KeyShare:
    """One of two halves of a secret that says nothing without the other (mảnh khóa)."""

    epoch: str
    number: int
    pair: str
    """The same in both: shares that were made at different times do not go together."""
    fingerprint: str
    """Of the key, to see that what comes out is it; the key cannot be worked out from it."""
    content: bytes

    @property
    def text(self) -> str:
        """To be printed, kept, and typed again."""
        letters = self.letters
        groups = [letters[at : at + 4] for at in range(0, len(letters), 4)]
        lines = [" ".join(groups[at : at + PER_LINE]) for at in range(0, len(groups), PER_LINE)]
        return "\n".join([self._head, *lines, f"= {self.checksum}"])

    @property
    def letters(self) -> str:
        return base64.b32encode(self.content).decode().rstrip("=")

    @property
    def checksum(self) -> str:
        """Of this share alone: it shows that it was typed right, and nothing of the key."""
        return hashlib.sha256(self._head.encode() + b"\n" + self.content).hexdigest()[:8]

    @property
    def _head(self) -> str:
        return f"haichieu-key {self.epoch} {self.number}/2 {self.pair} {self.fingerprint}"


def split(
    secret: bytes, epoch: str, fingerprint: str, pad: bytes, pair: str
) -> tuple[KeyShare, KeyShare]:
    """A pad as long as the secret, which was never used before, and the secret hidden by it."""
    hidden = _xor(secret, pad)
    return (
        KeyShare(epoch, 1, pair, fingerprint, pad),
        KeyShare(epoch, 2, pair, fingerprint, hidden),
    )


def joined(one: KeyShare, other: KeyShare) -> bytes:
    """The secret; Refusal says why these two do not give it."""
    if one.epoch != other.epoch:
        raise Refusal("cli.keys_shares_of_two_months", one=one.epoch, other=other.epoch)
    if one.number == other.number:
        raise Refusal("cli.keys_same_share_twice", number=one.number)
    if (one.pair, one.fingerprint) != (other.pair, other.fingerprint):
        raise Refusal("cli.keys_shares_of_two_pairs", one=one.pair, other=other.pair)
    return _xor(one.content, other.content)


def read_share(text: str, name: str) -> KeyShare:
    """The share that stands somewhere in this text; Refusal names where it was read from."""
    found = _SHARE.search(text)
    if found is None:
        raise Refusal("cli.keys_no_share", name=name)
    letters = "".join(found["letters"].split()).upper().translate(_MISREAD)
    try:
        content = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except Error:
        content = b""
    pair, fingerprint = found["pair"].lower(), found["fingerprint"].lower()
    share = KeyShare(found["epoch"], int(found["number"]), pair, fingerprint, content)
    if share.checksum != found["checksum"].lower() or share.letters != letters:
        raise Refusal("cli.keys_share_mistyped", name=name)
    return share


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
