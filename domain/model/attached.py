"""What goes along with a bulletin: pictures as one album, or one film, recording or document."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.errors import LostRace, Refusal, Tampered
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.text import one_line, units_over

MOST_PICTURES = 10
"""What the channel takes as one album."""
LONGEST_ALT = 200
"""UTF-16 units."""
LONGEST_VOICE = 300
"""Seconds."""
NAMES = {
    AttachmentKind.PHOTO: "anh.jpg",
    AttachmentKind.VIDEO: "phim.mp4",
    AttachmentKind.VOICE: "loi-noi.ogg",
    AttachmentKind.DOCUMENT: "tai-lieu.pdf",
}
"""What a file is called whose own name says nothing, or must not be passed on."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a bulletin without its bytes, which lie apart (tệp kèm bản tin)."""

    kind: AttachmentKind
    sha256: str
    name: str
    alt: str
    """What is seen or heard, for those who do neither; empty while nobody has said."""
    size: int
    seconds: int = 0
    width: int = 0
    height: int = 0

    def form(self) -> dict[str, Any]:
        """Everything about it in plain values."""
        return asdict(self)

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Attached":
        """Read back what `form` wrote."""
        return cls(**dict(form) | {"kind": AttachmentKind(form["kind"])})

    @property
    def frozen_form(self) -> list[str]:
        """What an approver agrees to: the very bytes, and what is said of them."""
        return [self.kind, self.sha256, self.name, self.alt]

    def holding(self, content: bytes) -> Attachment:
        """As it is sent; Tampered if these are not the bytes that it names."""
        if sha256_of(content) != self.sha256:
            raise Tampered(self.sha256)
        return Attachment(
            self.kind,
            self.name,
            content,
            sha256=self.sha256,
            seconds=self.seconds,
            width=self.width,
            height=self.height,
        )


Enclosed = tuple[Attached, ...]


def sha256_of(content: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def with_one_more(attached: Enclosed, one: Attached) -> Enclosed:
    """All of them, the new one last; Refusal if it does not go with the others."""
    if any(known.sha256 == one.sha256 for known in attached):
        raise Refusal("media.there_already")
    if attached and attached[0].kind is not one.kind:
        raise Refusal("media.two_kinds")
    if attached and one.kind is not AttachmentKind.PHOTO:
        raise Refusal("media.only_one")
    if len(attached) >= MOST_PICTURES:
        raise Refusal("media.too_many", limit=MOST_PICTURES)
    return (*attached, one)


def without(attached: Enclosed, sha256: str) -> Enclosed:
    """All but this one."""
    gone = place_of(attached, sha256)
    return attached[:gone] + attached[gone + 1 :]


def moved_forward(attached: Enclosed, sha256: str) -> Enclosed:
    """All of them, this one a place further to the front."""
    here = place_of(attached, sha256)
    if here == 0:
        return attached
    order = list(attached)
    order[here - 1 : here + 1] = [order[here], order[here - 1]]
    return tuple(order)


def described(attached: Enclosed, sha256: str, alt: str) -> Enclosed:
    """All of them, with these words about this one; Refusal if they are too long."""
    words = one_line(alt)
    if over := units_over(words, LONGEST_ALT):
        raise Refusal("media.alt_too_long", over=over, limit=LONGEST_ALT)
    here = place_of(attached, sha256)
    return (*attached[:here], replace(attached[here], alt=words), *attached[here + 1 :])


def next_undescribed(attached: Enclosed, after: str = "") -> Attached | None:
    """The first of which nobody has said what it shows; those up to `after` were asked about."""
    begin = place_of(attached, after) + 1 if after else 0
    return next((one for one in attached[begin:] if not one.alt), None)


def place_of(attached: Enclosed, sha256: str) -> int:
    """Where it stands, from 0 on; LostRace if it is not there any more."""
    for place, one in enumerate(attached):
        if one.sha256 == sha256:
            return place
    raise LostRace("button.stale")


def same_files(some: Sequence[Attached], others: Sequence[Attached]) -> bool:
    """Whether a reader sees the same beside the words: kinds, bytes and order."""
    return [(one.kind, one.sha256) for one in some] == [(one.kind, one.sha256) for one in others]


def messages_of(attached: Sequence[Attached]) -> int:
    """How many messages a bulletin is in each of its groups."""
    return max(1, len(attached))
