"""What a channel can do, so that the rules ask this and never its name."""

from dataclasses import dataclass


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
