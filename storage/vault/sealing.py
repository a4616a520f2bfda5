"""Sealing and blind indexes under one month's key."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT_BYTES = 8


class MonthKey:
    """One month's key (an epoch): it seals, opens, and makes blind indexes."""

    def __init__(self, epoch: str, secret: bytes) -> None:
        self.epoch = epoch
        # Two keys from one secret, so that neither use can weaken the other.
        self._cipher = AESGCM(_derived(secret, "seal"))
        self._index_key = _derived(secret, "index")
        self.fingerprint = _derived(secret, "fingerprint")[:FINGERPRINT_BYTES].hex()
        """What the key is known by to people; nothing of the key can be worked out from it."""

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """AES-256-GCM; it opens again only together with the words it is bound to."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """What was sealed; SealBroken if it was changed, or belongs to another row or key."""
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, bound_to.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(bound_to) from None

    def index(self, kind: str, name: str) -> str:
        """HMAC-SHA256: finds a row again without telling whose it is; each kind has its own."""
        message = f"{kind}|{name}".encode(errors="surrogatepass")  # whatever a name is made of
        return hmac.digest(self._index_key, message, "sha256").hex()


def _derived(secret: bytes, use: str) -> bytes:
    label = f"haichieu vault {use}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(secret)
