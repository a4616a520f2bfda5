"""What a channel can do, so that the rules ask this and never its name."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.bulletin import Draft


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do (khả năng của kênh)."""

    text_limit: int
    """In UTF-16 units, of what the reader sees."""
    buttons: bool
    edits: bool
    deletes: bool
    links: bool
    polls: bool = False
    """Whether it can ask a question, hide how it stands, and close it."""
    media: bool = False
    """Whether a picture, a film, a recording or a document can go along with words."""
    albums: bool = False
    """Whether several pictures can go as one."""
    caption_limit: int = 0
    """Like `text_limit`, of words that stand below a file."""


def limit_for(draft: Draft, capabilities: Capabilities) -> int:
    """How long the page of a bulletin may be, in UTF-16 units of what the reader sees.

    Refusal if the channel has no way to show what goes along with it.
    """
    if not draft.attachments:
        return int(capabilities.text_limit)
    if not capabilities.media or (len(draft.attachments) > 1 and not capabilities.albums):
        raise Refusal("media.not_on_this_channel")
    return int(capabilities.caption_limit)
