"""The cards that ask one person for a decision on another person's bulletin."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from domain.errors import LostRace, Refusal, Tampered
from domain.model.access import Actor, Permission, Person
from domain.model.bulletin import Bulletin, BulletinState, Draft, Revision
from domain.model.button import Button
from domain.model.chat import GROUPS_NAMED, REGROUPED_NAMED, Regrouped
from domain.model.delivery import EntryState, Payload
from domain.model.frozen import FrozenRevision, FrozenText
from domain.model.reach import Audience
from domain.model.review_note import MOST_NOTES, ShownNote, what_became_of
from domain.model.review_rule import RuleAbout, value_for
from domain.ports import Letterhead, Work
from domain.usecases.drafting import left_out_of, misprints_of, next_fires
from domain.usecases.find_clashes import meetings_of
from domain.usecases.own_buttons import Offering, put_own_buttons


async def approvals_needed(work: Work, draft: Draft) -> int:
    """How many people have to agree to it, as the rules stand now."""
    lineage = await work.units.lineage(draft.unit_id)
    rules = await work.reviews.rules_above(lineage)
    return value_for(rules, lineage, RuleAbout(draft.bulletin_class))


SHOW_GROUPS = "audience:frozen"
"""Answered by list_audience.py."""
SEEN = "seen"
"""The choice of a button that is handed out only below what was surely shown."""


class Desk(Offering, Protocol):
    """What both the submitting and the reviewing use case have at hand."""

    @property
    def letterhead(self) -> Letterhead: ...


@dataclass(frozen=True, slots=True)
class ReviewCards:
    """What one approver is to read of a bulletin, and the card by which they decide."""

    read: tuple[Payload, ...]
    decide: Payload
    approve: Button

    @property
    def whole(self) -> tuple[Payload, ...]:
        """In the order in which it is shown; the buttons are below everything."""
        return *self.read, self.decide

    @property
    def unread(self) -> Payload:
        """The last card for whoever was not shown all before it: all but agreeing is left."""
        rows = [
            tuple(face for face in row if face.press != self.approve.id)
            for row in self.decide.buttons
        ]
        return replace(self.decide, buttons=tuple(row for row in rows if row))


def owed_for(revision_id: str) -> str:
    """What the cards to its approvers are about."""
    return f"review:{revision_id}"


async def require_shown(work: Work, frozen: FrozenText, button: Button) -> None:
    """Refuse to agree to what did not surely reach whoever agrees, its files included.

    A card is pressed as soon as it is seen, which may be before its own receipt is written down.
    """
    if button.choice == SEEN:
        return
    about = owed_for(frozen.revision.id)
    states = await work.outbox.states_of(about, button.holder)
    if not states or any(state is not EntryState.SENT for state in states[:-1]):
        raise Refusal("review.not_shown_whole")


async def review_cards(
    work: Work, desk: Desk, frozen: FrozenRevision, person_id: str, shown: str = ""
) -> ReviewCards:
    """What goes along, the page as it will go out, its groups, this approver's two buttons.

    `shown` is SEEN where the last card is held back until all before it has arrived.
    """
    buttons = await put_own_buttons(
        work,
        desk,
        person_id,
        [
            (Permission.BULLETIN_APPROVE, shown),
            (Permission.BULLETIN_RETURN, ""),
            (SHOW_GROUPS, "0"),
            ("review_note:ask", ""),
        ],
        frozen.revision.id,
        frozen.revision.number,
    )
    author = await work.people.get(frozen.revision.author_id)
    audience = await audience_of(work, frozen, GROUPS_NAMED)
    met = await meetings_of(work, frozen.revision, frozen.chat_ids, desk.clock.now())
    audience = replace(audience, met=met)
    fires = await next_fires(work, frozen.revision.recurrence, desk.clock.now())
    first = await work.reviews.first_approval(frozen.revision.id)
    agreed = await work.people.get(first.approver_id) if first else None
    card = desk.letterhead.review_card(frozen, author, audience, fires, buttons, agreed)
    misprints = await misprints_of(work, frozen.revision, desk.clock.now())
    proofs = desk.letterhead.proof_cards(frozen.revision, misprints)
    files = desk.letterhead.files_cards(frozen)
    read = (*files, *card[:-1], *proofs, *await _changes(work, desk, frozen))
    return ReviewCards(read, card[-1], buttons[0])


async def _changes(work: Work, desk: Desk, frozen: FrozenRevision) -> list[Payload]:
    """What a correction corrects, and what differs from what was submitted before."""
    found: list[Payload] = []
    if frozen.revision.corrects:
        old = await work.bulletins.frozen_text(frozen.revision.corrects)
        found.append(desk.letterhead.changes_card(old, frozen))
    before = await work.bulletins.revision_before(frozen.revision)
    if before is not None:
        regrouped = await _regrouped(work, before, frozen)
        found.append(desk.letterhead.revised_card(before, frozen, regrouped))
    revision = frozen.revision
    if shown := await notes_shown(work, revision.bulletin_id, revision.number, revision):
        found.append(desk.letterhead.notes_card(shown))
    return found


async def notes_shown(
    work: Work, bulletin_id: str, revision: int, now: Draft | Revision
) -> tuple[ShownNote, ...]:
    """The last notes on a bulletin, and whether what they are about has changed since."""
    shown: list[ShownNote] = []
    for note in (await work.reviews.notes_on(bulletin_id, revision))[:MOST_NOTES]:
        try:
            noted = (await work.bulletins.frozen_text(note.revision_id)).revision
        except Tampered:
            continue
        reviewer = await work.people.get(note.reviewer_id)
        shown.append(ShownNote(note, reviewer.name, what_became_of(note, noted, now)))
    return tuple(shown)


async def _regrouped(work: Work, old: FrozenRevision, new: FrozenRevision) -> Regrouped:
    """The groups that came and went between two revisions."""
    came = sorted(set(new.chat_ids).difference(old.chat_ids))
    went = sorted(set(old.chat_ids).difference(new.chat_ids))
    named = [
        tuple([(await work.chats.get(chat_id)).title for chat_id in ids[:REGROUPED_NAMED]])
        for ids in (came, went)
    ]
    return Regrouped(named[0], len(came), named[1], len(went))


async def audience_of(work: Work, frozen: FrozenText, limit: int, first: int = 0) -> Audience:
    """Some of the groups that were frozen, all of them counted, and who is left out today."""
    chats = await work.chats.of_revision(frozen.revision.id, limit, first)
    languages = await work.chats.languages_of(frozen.revision.id)
    left_out = await left_out_of(work, frozen.revision)
    return Audience(chats, frozen.audience.count, languages, left_out)


async def still_in_review(
    work: Work, actor: Actor, frozen: FrozenRevision, permission: Permission
) -> Bulletin:
    """The bulletin, if this very revision is still the one that waits for a decision."""
    bulletin = await work.bulletins.get(frozen.revision.bulletin_id)
    actor.require(permission, await work.units.lineage(bulletin.unit_id))
    newest = bulletin.revision == frozen.revision.number
    if bulletin.state is not BulletinState.IN_REVIEW or not newest:
        raise LostRace("review.stale")
    return bulletin


async def waits_for(work: Work, frozen: FrozenText, actor: Actor) -> bool:
    """Whether this person may still decide on it: not its author, nor the first to agree.

    Nor whoever has the right to only in the place of one of them.
    """
    lineage = await work.units.lineage(frozen.revision.unit_id)
    spent = await had_their_say(work, frozen)
    rights = actor.in_whose_right(Permission.BULLETIN_APPROVE, lineage)
    return actor.id not in spent and not rights <= spent


async def had_their_say(work: Work, frozen: FrozenText) -> frozenset[str]:
    """Its author and the first to agree; with a deputy also the one in whose place it was."""
    spent = {frozen.revision.author_id}
    first = await work.reviews.first_approval(frozen.revision.id)
    return frozenset(spent | (first.spends if first else frozenset()))


async def still_to_decide(work: Work, frozen: FrozenText, today: date) -> list[Person]:
    """Everybody who can decide on it now."""
    lineage = await work.units.lineage(frozen.revision.unit_id)
    holders = await work.people.holding(Permission.BULLETIN_APPROVE, lineage)
    return [one for one in holders if await waits_for(work, frozen, one.actor_on(today))]
