"""What an approver agrees to, letter for letter and group for group, and its SHA-256."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from domain.errors import Refusal, Tampered
from domain.model.bulletin import Revision
from domain.model.correction import pointing_at
from domain.model.post_foot import PostFoot, feet_form, feet_of


@dataclass(frozen=True, slots=True)
class AudienceDigest:
    """Whom a revision goes to, in a few letters however many groups there are (đối tượng nhận)."""

    count: int
    sha256: str

    @classmethod
    def of(cls, chat_ids: Iterable[str]) -> "AudienceDigest":
        """Internal ids, which survive a group's migration; their order does not matter."""
        return cls.of_sorted(sorted(set(chat_ids)))

    @classmethod
    def of_sorted(cls, chat_ids: Sequence[str]) -> "AudienceDigest":
        """The same, of ids that stand in order already, each of them once."""
        return cls(len(chat_ids), fingerprint("\n".join(chat_ids)))


@dataclass(frozen=True, slots=True)
class FrozenText:
    """What was submitted, letter for letter, and its SHA-256; of its groups only the digest."""

    revision: Revision
    rendered: Mapping[str, str]
    """The markup as it will be sent, footer included, by language."""
    audience: AudienceDigest
    written: str
    hash: str
    feet: Mapping[str, PostFoot] = field(default_factory=dict, kw_only=True)
    """What stands below it in channels, by language; empty if it goes to none."""

    def foot_in(self, language: str) -> PostFoot | None:
        """What stands below it in a channel of this language."""
        return self.feet.get(language) or self.feet.get("vi")

    def in_language(self, language: str, old_link: str = "") -> str:
        """The markup for a group, in Vietnamese where its language was not written."""
        return pointing_at(self.rendered.get(language) or self.rendered["vi"], old_link)


@dataclass(frozen=True, slots=True)
class FrozenRevision(FrozenText):
    """What was submitted, letter for letter and group for group, and its SHA-256."""

    chat_ids: tuple[str, ...]
    """Sorted; they are what the digest was made of."""


def freeze(
    revision: Revision,
    rendered: Mapping[str, str],
    chat_ids: Iterable[str],
    feet: Mapping[str, PostFoot] | None = None,
) -> FrozenRevision:
    """Write down everything an approver agrees to, in one canonical text, and hash it."""
    chats = tuple(sorted(set(chat_ids)))
    if not chats:
        raise Refusal("bulletin.no_chats")
    audience = AudienceDigest.of_sorted(chats)
    return _with_groups(_written(revision, rendered, audience, feet or {}), chats)


def thaw(
    revision: Revision, written: str, approved_hash: str, chat_ids: Iterable[str]
) -> FrozenRevision:
    """Read back what was frozen, with its groups; Tampered if the text or a group differs."""
    text = thaw_text(revision, written, approved_hash)
    chats = tuple(sorted(set(chat_ids)))
    if AudienceDigest.of_sorted(chats) != text.audience:
        raise Tampered(revision.id)
    return _with_groups(text, chats)


def thaw_text(revision: Revision, written: str, approved_hash: str) -> FrozenText:
    """Read back what was frozen, from the very text that was hashed; Tampered if it differs.

    The revision's own time, class and names must still be those that were written down. Its
    groups are not looked at: this stays quick for any number of them.
    """
    if fingerprint(written) != approved_hash:
        raise Tampered(revision.id)
    content = json.loads(written)
    audience = AudienceDigest(**content.get("audience", {"count": 0, "sha256": ""}))
    text = _written(revision, content["rendered"], audience, feet_of(content))
    if text.hash != approved_hash:
        raise Tampered(revision.id)
    return text


def _written(
    revision: Revision,
    rendered: Mapping[str, str],
    audience: AudienceDigest,
    feet: Mapping[str, PostFoot],
) -> FrozenText:
    corrected = revision.corrected_at and revision.corrected_at.astimezone(UTC).isoformat()
    # Only where there is one: what was approved before there were such things keeps its hash.
    correction = {"corrects": [revision.corrects, corrected]} if revision.corrects else {}
    points = {"talking_points": revision.talking_points} if revision.talking_points else {}
    needed = revision.approvals_needed
    agreement = {"approvals_needed": needed} if needed != 1 else {}
    written = json.dumps(
        {
            "revision": revision.id,
            "bulletin": revision.bulletin_id,
            "class": revision.bulletin_class,
            "rendered": dict(rendered),
            "audience": {"count": audience.count, "sha256": audience.sha256},
            "send_at": revision.send_at and revision.send_at.astimezone(UTC).isoformat(),
            "good_for": revision.good_for.total_seconds(),
            "recurrence": revision.recurrence and revision.recurrence.form(),
            "misfire": revision.misfire,
            **correction,
            **points,
            **_poll(revision),
            **agreement,
            **_words(revision),
            **_place(revision),
            **feet_form(feet),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    frozen = (revision, dict(rendered), audience, written, fingerprint(written))
    return FrozenText(*frozen, feet=dict(feet))


def _words(revision: Revision) -> dict[str, object]:
    """The parts of its words beside the pages, each only where there is one."""
    parts = {
        "title": revision.title,
        "marks": [mark.form() for mark in revision.marks],
        "translations": [version.form() for version in revision.translations],
        "attachments": [one.frozen_form for one in revision.attachments],
    }
    return {name: part for name, part in parts.items() if part}


def _place(revision: Revision) -> dict[str, object]:
    """Which groups are meant and which part of a series it is, where that was said."""
    reach = {"reach": revision.reach.form()} if not revision.reach.is_everybody else {}
    series = {"series": revision.series.form()} if revision.series else {}
    return {**reach, **series}


def _poll(revision: Revision) -> dict[str, object]:
    """The question with whoever asks it, and what it follows; only where there is one."""
    asked = revision.poll and {
        **revision.poll.form(),
        "asked_by": [revision.issuing_body, revision.source],
    }
    parts = {"poll": asked, "follows": revision.follows}
    return {name: part for name, part in parts.items() if part}


def _with_groups(text: FrozenText, chats: tuple[str, ...]) -> FrozenRevision:
    return FrozenRevision(
        text.revision,
        text.rendered,
        text.audience,
        text.written,
        text.hash,
        chats,
        feet=text.feet,
    )


def fingerprint(written: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(written.encode()).hexdigest()
