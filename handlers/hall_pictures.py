"""The hall's code as a picture: a phone that sees it opens the bot and says that it is there."""

from io import BytesIO

import segno

from domain.model.attachment import Attachment, AttachmentKind

PIXELS = 16
"""Of the side of one square: read from some metres away on a screen of the hall."""


def picture_of(link: str) -> Attachment:
    """A QR code of this link, which the channel is asked not to let anybody pass on."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=PIXELS, border=4)
    return Attachment(AttachmentKind.PHOTO, "diem-danh.png", drawn.getvalue(), is_guarded=True)
