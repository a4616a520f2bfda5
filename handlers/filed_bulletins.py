"""Bulletins of files in the words of the rules."""

from collections.abc import Mapping

from content.bulletins.poll import AskedPoll
from content.bulletins.shelf import StarterBulletin, Wording
from domain.model.bulletin import BulletinClass, Field
from domain.model.imported_bulletin import FiledBulletin, FiledFile, FiledPoll
from domain.model.marks import Mark, MarkKind
from domain.model.poll import PollKind, PollWords
from domain.model.text import normalised
from domain.model.version import FIRST_LANGUAGE, Version


def as_filed(one: StarterBulletin, files: tuple[FiledFile, ...] = ()) -> FiledBulletin:
    """A bulletin of the shelf in the words of the rules, with the files that go along."""
    return FiledBulletin(
        name=one.id,
        versions=tuple(version_of(wording) for wording in one.wordings),
        field=Field(one.field),
        bulletin_class=BulletinClass(one.bulletin_class),
        source=f"{one.source} ({one.source_url})" if one.source_url else one.source,
        issuing_body=one.issuing_body,
        audience=one.audience,
        tags=one.tags,
        send_at=one.send_at,
        talking_points=one.talking_points,
        files=files,
        poll=poll_of(one.polls),
    )


def poll_of(polls: Mapping[str, AskedPoll]) -> FiledPoll | None:
    """What the files ask, in all their languages; how it is asked stands in the first one."""
    if not polls:
        return None
    words = {
        language: PollWords(
            normalised(poll.value("question")),
            tuple(map(normalised, poll.options)),
            normalised(poll.value("explanation")),
        )
        for language, poll in polls.items()
    }
    first = polls.get(FIRST_LANGUAGE)
    if first is None:
        return FiledPoll(words)
    kind = PollKind(first.value("kind") or PollKind.SINGLE)
    return FiledPoll(words, kind, first.correct, first.value("closes"))


def version_of(wording: Wording) -> Version:
    marks = sorted(
        Mark(MarkKind(span.kind), span.begin, span.end, span.url) for span in wording.written.spans
    )
    return Version(wording.language, wording.title, wording.written.text, tuple(marks))
