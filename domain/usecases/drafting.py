"""What is asked of a draft before anybody else sees it."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Forbidden, Refusal
from domain.model.access import Actor, Permission
from domain.model.bulletin import Bulletin, Draft, Revision
from domain.model.button import Button
from domain.model.chat import Chat, ChatPurpose
from domain.model.text import utf16_units, visible
from domain.model.unit import Unit
from domain.ports import Letterhead, Work


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it stands, and, once nothing is missing, as it will look and where it goes."""

    draft: Draft
    unit: Unit
    audience: Unit
    chats: tuple[Chat, ...]
    markup: str
    """Empty while something is missing."""
    missing: tuple[str, ...]
    """Names of the fields without which it cannot be submitted, in the order they are asked."""
    buttons: tuple[Button, ...] = ()
    others: tuple[tuple[Draft, Button], ...] = ()
    """The author's other unfinished drafts, each with the button that opens it."""


async def own_bulletin(work: Work, actor: Actor, bulletin_id: str) -> Bulletin:
    """The bulletin, if this author may still write it."""
    bulletin = await work.bulletins.get(bulletin_id)
    actor.require(Permission.BULLETIN_COMPOSE, await work.units.lineage(bulletin.unit_id))
    if bulletin.author_id != actor.id:
        raise Forbidden("compose.not_yours")
    return bulletin


async def preview_of(
    work: Work, letterhead: Letterhead, bulletin: Bulletin, draft: Draft
) -> Preview:
    """The draft with its audience, its groups by title, and how it will look."""
    audience = await _audience(work, draft)
    chats = await work.chats.in_subtree(audience.id, ChatPurpose.RESIDENTS)
    missing = missing_fields(draft)
    revision = revision_of("preview", bulletin, draft)
    markup = letterhead.bulletin(revision, "vi") if revision else ""
    return Preview(draft, await work.units.get(draft.unit_id), audience, chats, markup, missing)


def revision_of(revision_id: str, bulletin: Bulletin, draft: Draft) -> Revision | None:
    """The draft as a revision; None while something is missing."""
    if missing_fields(draft) or draft.field is None:
        return None
    return Revision(
        id=revision_id,
        bulletin_id=bulletin.id,
        unit_id=bulletin.unit_id,
        number=bulletin.revision,
        author_id=bulletin.author_id,
        text=draft.text,
        field=draft.field,
        bulletin_class=draft.bulletin_class,
        issuing_body=draft.issuing_body,
        source=draft.source,
        audience_unit_id=draft.audience_unit_id,
        send_at=draft.send_at,
    )


def missing_fields(draft: Draft) -> tuple[str, ...]:
    """What still has to be said before a draft can be submitted, in the order it is asked."""
    wanted = {
        "text": draft.text,
        "field": draft.field,
        "source": draft.source,
        "issuing_body": draft.issuing_body,
    }
    return tuple(name for name, value in wanted.items() if not value)


def require_room(preview: Preview, limit: int) -> None:
    """Refuse what the channel would cut: the heading and the footer count too."""
    over = utf16_units(visible(preview.markup or preview.draft.text)) - limit
    if over > 0:
        raise Refusal("compose.too_long", over=over, limit=limit)


def require_ahead(send_at: datetime | None, now: datetime) -> None:
    """Refuse a time that has gone by while the draft was being written."""
    if send_at is not None and send_at <= now:
        raise Refusal("compose.time_passed")


async def _audience(work: Work, draft: Draft) -> Unit:
    """The audience's unit, which lies at or below the unit that writes."""
    lineage = await work.units.lineage(draft.audience_unit_id)
    if draft.unit_id not in lineage.unit_ids:
        raise Refusal("compose.audience_outside")
    return await work.units.get(draft.audience_unit_id)
