"""A resident's voice note: what it waits for, and the consent that belongs to it alone."""

from dataclasses import dataclass
from datetime import datetime

from domain.model.attachment import Attachment, AttachmentKind

VOICE_NOTICE_VERSION = 1
"""Raise it when the question before a recording changes in substance."""


@dataclass(frozen=True, slots=True)
class VoiceConsent:
    """That a recording may be kept, for one opinion and no other (đồng ý giữ giọng nói)."""

    version: int
    """Of the question that was answered."""
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftVoice:
    """A recording of an opinion that was not filed yet (ghi âm trong phần viết dở)."""

    number: int
    """Of the message that it came in."""
    file: str
    """Under which the channel has it; '' once it was fetched."""
    seconds: int
    consent: VoiceConsent | None = None
    """Before that nothing of it is fetched."""


def voice_shown(content: bytes) -> Attachment:
    """As whoever may hear it is given it, under a name that says nothing."""
    return Attachment(AttachmentKind.VOICE, "ghi-am.ogg", content, is_guarded=True)
