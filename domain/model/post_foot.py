"""What stands below a post in a channel: the way to the private chat, frozen with the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.model.delivery import ButtonFace, ButtonRows

FOOT_PART = 2
"""Of a broadcast's sends to a channel: an album, which can have no button, is followed by it."""


@dataclass(frozen=True, slots=True)
class PostFoot:
    """A button to the private chat (nút góp ý riêng), in one language."""

    label: str
    url: str
    line: str
    """The words of the post that brings the button, where the one above can have none."""

    @property
    def rows(self) -> ButtonRows:
        return ((ButtonFace(self.label, url=self.url),),)

    def form(self) -> dict[str, str]:
        return {"label": self.label, "url": self.url, "line": self.line}


def feet_form(feet: Mapping[str, PostFoot]) -> dict[str, object]:
    """As it is frozen; nothing where no channel is among the groups."""
    return {"feet": {language: foot.form() for language, foot in feet.items()}} if feet else {}


def feet_of(content: Mapping[str, Any]) -> dict[str, PostFoot]:
    """Read back from what was frozen."""
    return {language: PostFoot(**foot) for language, foot in content.get("feet", {}).items()}
