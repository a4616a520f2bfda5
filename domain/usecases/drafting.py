"""What is asked of a draft before anybody else sees it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from domain.clock import LOCAL_ZONE
from domain.errors import Forbidden, Refusal
from domain.model.access import Actor, Permission
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import (
    Bulletin,
    BulletinClass,
    BulletinState,
    Draft,
    Revision,
)
from domain.model.button import Button
from domain.model.chat import Chat, ChatPurpose, GroupLine
from domain.model.correction import pointing_at
from domain.model.plan import Meeting
from domain.model.poll import require_sound
from domain.model.proofreading import (
    Misprint,
    left_behind,
    proofread,
    require_honest,
    words_beside,
)
from domain.model.recurrence import Recurrence
from domain.model.template import require_same_slots, require_template
from domain.model.text import MOST_STRETCHES, stretches, units_over, utf16_units, visible
from domain.model.unit import Unit
from domain.model.version import LONGEST_TITLE
from domain.ports import Letterhead, Work
from domain.usecases.find_clashes import meetings_of

LONGEST_BODY = 120
LONGEST_SOURCE = 500
LONGEST_POINTS = 800
"""UTF-16 units, so that the words of a bulletin keep most of the room in its message."""
FIRES_SHOWN = 10


_OF_ITS_OWN = {"id", "bulletin_id", "unit_id", "number", "author_id", "approvals_needed"}
_CONTENT = tuple(field.name for field in fields(Revision) if field.name not in _OF_ITS_OWN)
"""What a revision takes over from its draft as it stands."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it stands, and, once nothing is missing, as it will look and where it goes."""

    draft: Draft
    unit: Unit
    audience: Unit
    chats: tuple[Chat, ...]
    pages: Mapping[str, str]
    """How it will look, by language; empty while something is missing."""
    missing: tuple[str, ...]
    """Names of the fields without which it cannot be submitted, in the order they are asked."""
    limit: int = 0
    """UTF-16 units that a page may have, all that stands around the words included."""
    misprints: tuple[Misprint, ...] = ()
    buttons: tuple[Button, ...] = ()
    fires: tuple[datetime, ...] = ()
    """The next times of one that recurs."""
    left_out: tuple[GroupLine, ...] = ()
    """Groups that are meant, but cannot be written to."""
    met: tuple[Meeting, ...] = ()
    """What else comes to these groups within the hour."""
    others: tuple[tuple[Draft, Button], ...] = ()
    """The author's other unfinished drafts, each with the button that opens it."""

    @property
    def lengths(self) -> dict[str, int]:
        """How long each page is, in UTF-16 units."""
        return {language: utf16_units(visible(page)) for language, page in self.pages.items()}

    def unfit(self, language: str) -> Refusal | None:
        """Why the channel would not take a page as it is: too long, or too much formatting."""
        page = self.pages[language]
        if over := units_over(visible(page), self.limit):
            return Refusal(f"compose.too_long_{language}", over=over, limit=self.limit)
        # One that leads back to an older message has that link besides.
        most = MOST_STRETCHES - bool(self.draft.corrects or self.draft.follows)
        if (given := stretches(page)) > most:
            return Refusal(f"compose.too_formatted_{language}", given=given, most=most)
        return None

    @property
    def readers(self) -> Counter[str]:
        """How many groups get each version."""
        return Counter(self.draft.in_language(chat.language).language for chat in self.chats)


async def own_bulletin(work: Work, actor: Actor, bulletin_id: str) -> Bulletin:
    """The bulletin, if this author may still write it."""
    bulletin = await work.bulletins.get(bulletin_id)
    actor.require(Permission.BULLETIN_COMPOSE, await work.units.lineage(bulletin.unit_id))
    if bulletin.author_id != actor.id:
        raise Forbidden("compose.not_yours")
    return bulletin


async def reopened(work: Work, was: Bulletin, draft: Draft) -> Bulletin:
    """The bulletin as a draft again; an approval counts for nothing after an edit."""
    if was.state is BulletinState.DRAFT:
        return was
    if was.state is BulletinState.WITHDRAWN:
        raise Refusal("compose.was_withdrawn")
    for broadcast in await work.broadcasts.of_bulletin(was.id):
        if broadcast.state in (BroadcastState.RELEASED, BroadcastState.FINISHED):
            used = "template_used" if draft.is_template else "already_going_out"
            raise Refusal(f"compose.{used}")
        await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED)
    bulletin = was.moved_to(BulletinState.DRAFT)
    await work.bulletins.save(bulletin, was)
    return bulletin


async def preview_of(
    work: Work,
    letterhead: Letterhead,
    bulletin: Bulletin,
    draft: Draft,
    now: datetime,
    limit: int = 0,
) -> Preview:
    """The draft with its audience, its groups by title, and how it will look.

    Where its length matters, `limit` is what a page may have.
    """
    audience = await _audience(work, draft)
    if draft.corrects:
        chats = await work.chats.that_got(draft.corrects)
    else:
        there = await work.chats.in_subtree(audience.id, ChatPurpose.RESIDENTS)
        chats = draft.reach.among(there)
    unit = await work.units.get(draft.unit_id)
    missing = missing_fields(draft)
    met = await meetings_of(work, draft, [chat.id for chat in chats], now)
    return Preview(
        draft,
        unit,
        audience,
        chats,
        _pages(letterhead, bulletin, draft),
        missing,
        limit=limit,
        misprints=await misprints_of(work, draft, now),
        fires=await next_fires(work, draft.recurrence, now),
        left_out=await left_out_of(work, draft),
        met=met,
    )


async def misprints_of(work: Work, one: Draft | Revision, now: datetime) -> tuple[Misprint, ...]:
    """What looks wrong in its words, in any of its languages."""
    today = now.astimezone(LOCAL_ZONE).date()
    found = proofread(one.versions, today, one.is_template, words_beside(one))
    if not one.corrects:
        return found
    wrong = await work.bulletins.frozen_text(one.corrects)
    return (*found, *left_behind(wrong.revision.versions, one.versions))


async def left_out_of(work: Work, one: Draft | Revision) -> tuple[GroupLine, ...]:
    """Groups that are meant, but to which nothing can be sent at present."""
    if one.corrects:
        return ()
    lost = await work.chats.lost_in_subtree(one.audience_unit_id)
    return tuple(line for line in lost if one.reach.includes(line.chat))


async def next_fires(
    work: Work, recurrence: Recurrence | None, after: datetime
) -> tuple[datetime, ...]:
    """The next ten times of what recurs."""
    if recurrence is None:
        return ()
    return recurrence.preview(after, await work.calendar.office_days(), FIRES_SHOWN)


def revision_of(revision_id: str, bulletin: Bulletin, draft: Draft) -> Revision | None:
    """The draft as a revision; None while something is missing."""
    if missing_fields(draft):
        return None
    content = {name: getattr(draft, name) for name in _CONTENT}
    return Revision(
        id=revision_id,
        bulletin_id=bulletin.id,
        unit_id=bulletin.unit_id,
        number=bulletin.revision,
        author_id=bulletin.author_id,
        **content,
    )


def missing_fields(draft: Draft) -> tuple[str, ...]:
    """What still has to be said before a draft can be submitted, in the order it is asked."""
    wanted = {
        "text": draft.text,
        # What went out before there were titles is corrected without one.
        "title": draft.title or draft.corrects,
        "field": draft.field,
        "source": draft.source,
        "issuing_body": draft.issuing_body,
    }
    return tuple(name for name, value in wanted.items() if not value)


def require_short(draft: Draft) -> None:
    """Refuse what leaves the words of a bulletin too little room."""
    if over := units_over(draft.issuing_body, LONGEST_BODY):
        raise Refusal("compose.body_too_long", over=over, limit=LONGEST_BODY)
    if over := units_over(draft.source, LONGEST_SOURCE):
        raise Refusal("compose.source_too_long", over=over, limit=LONGEST_SOURCE)
    if any(units_over(version.title, LONGEST_TITLE) for version in draft.versions):
        raise Refusal("compose.title_too_long", limit=LONGEST_TITLE)
    if over := units_over(draft.talking_points, LONGEST_POINTS):
        raise Refusal("compose.points_too_long", over=over, limit=LONGEST_POINTS)


def require_fit(preview: Preview) -> None:
    """Refuse pages that the channel would not take, and words that would deceive a reader.

    While it is written both may stand: whoever shortens a text wants to see it.
    """
    for language in preview.pages:
        if unfit := preview.unfit(language):
            raise unfit
    require_honest(preview.misprints)


def require_same_reach(was: Draft, draft: Draft) -> None:
    """Refuse a correction that goes elsewhere, at another time than at once, or from a template."""
    places = (draft.audience_unit_id, draft.reach), (was.audience_unit_id, was.reach)
    moved = places[0] != places[1] or draft.is_template
    if was.corrects and (moved or draft.send_at or draft.recurrence):
        raise Refusal("correct.same_reach")


async def require_possible(work: Work, draft: Draft, now: datetime) -> None:
    """Refuse a time that has gone by meanwhile, what never fires, and a template that is none."""
    if draft.bulletin_class is BulletinClass.EMERGENCY:
        require_template(draft.text)
        require_same_slots(draft.versions)
    if draft.send_at is not None and draft.send_at <= now:
        raise Refusal("compose.time_passed")
    require_askable(draft, now)
    if draft.recurrence is not None:
        draft.recurrence.require_fires(now, await work.calendar.office_days())


def require_askable(draft: Draft, now: datetime) -> None:
    """Refuse a poll that nobody could answer, or that would be asked again and again."""
    if draft.poll is None:
        return
    if draft.recurrence or draft.is_template or draft.corrects:
        raise Refusal("poll.goes_out_once")
    require_sound(draft.poll, draft.send_at or now)


def rendered(letterhead: Letterhead, revision: Revision) -> dict[str, str]:
    """The page for each language in which it was written."""
    languages = [version.language for version in revision.versions]
    return {language: letterhead.bulletin(revision, language) for language in languages}


def _pages(letterhead: Letterhead, bulletin: Bulletin, draft: Draft) -> dict[str, str]:
    revision = revision_of("preview", bulletin, draft)
    pages = rendered(letterhead, revision) if revision else {}
    return {language: pointing_at(page, "") for language, page in pages.items()}


async def _audience(work: Work, draft: Draft) -> Unit:
    """The audience's unit, which lies at or below the unit that writes."""
    lineage = await work.units.lineage(draft.audience_unit_id)
    if draft.unit_id not in lineage.unit_ids:
        raise Refusal("compose.audience_outside")
    return await work.units.get(draft.audience_unit_id)
