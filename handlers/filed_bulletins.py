"""Bulletins of files in the words of the rules."""

from content.bulletins.shelf import StarterBulletin, Wording
from domain.model.bulletin import BulletinClass, Field
from domain.model.imported_bulletin import FiledBulletin
from domain.model.marks import Mark, MarkKind
from domain.model.version import Version


def as_filed(one: StarterBulletin) -> FiledBulletin:
    """A bulletin of the shelf in the words of the rules."""
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
        pictures=len(one.pictures),
    )


def version_of(wording: Wording) -> Version:
    marks = sorted(
        Mark(MarkKind(span.kind), span.begin, span.end, span.url) for span in wording.written.spans
    )
    return Version(wording.language, wording.title, wording.written.text, tuple(marks))
