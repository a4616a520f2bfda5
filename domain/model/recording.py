"""A voice note that somebody sent: how long it is, and how long it may be."""

from math import ceil

from domain.errors import Refusal

LONGEST_NOTE = 120
"""Seconds."""
_PAGE = b"OggS"
_OPUS = b"OpusHead"
_SKIPPED = slice(10, 12)
"""In the head: how many samples are not played."""
_RATE = 48_000


def seconds_of(recording: bytes) -> int:
    """How long a voice note is; Refusal if it is none.

    The last page of an Ogg file says how many samples went before it, which for Opus are always
    48,000 a second.
    """
    last, head = recording.rfind(_PAGE), recording.find(_OPUS, 0, 64)
    if not recording.startswith(_PAGE) or head < 0 or last == 0:
        raise Refusal("file.no_voice")
    skipped = int.from_bytes(recording[head:][_SKIPPED], "little")
    samples = int.from_bytes(recording[last + 6 : last + 14], "little")
    return max(1, ceil((samples - skipped) / _RATE))


def require_short(seconds: int) -> None:
    """Refuse a voice note that is too long."""
    if seconds > LONGEST_NOTE:
        raise Refusal("file.voice_too_long", limit=LONGEST_NOTE // 60)
