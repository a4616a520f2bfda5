"""An approver notes something about what is in review; its author is told, it goes on waiting."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import Payload, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.frozen import FrozenRevision
from domain.model.review_note import MOST_NOTES, ReviewNote, read_note
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.decisions import notes_shown, still_in_review
from domain.usecases.drafting import own_bulletin

ASK = "review_note:ask"
NOTE = Permission.BULLETIN_NOTE


@dataclass(frozen=True, slots=True)
class NoteReview:
    """Noting something while reviewing (ghi chú khi duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask_note(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> FrozenRevision:
        """Take the approver's next plain message as a note."""
        async with self.memory.begin(cause) as work:
            frozen = await work.bulletins.revision(button.subject)
            await still_in_review(work, actor, frozen, NOTE)
            await _require_room(work, frozen)
            await work.dialogs.open(Dialog(actor.id, Awaited.REVIEW_NOTE, frozen.revision.id))
            await work.commit()
        return frozen

    async def add_note(
        self, actor: Actor, revision_id: str, typed: str, cause: Cause | None = None
    ) -> ReviewNote:
        """Keep it with the revision; its author gets it as a card."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            frozen = await work.bulletins.revision(revision_id)
            await still_in_review(work, actor, frozen, NOTE)
            if actor.id == frozen.revision.author_id:
                raise Refusal("review_note.own")
            quote, said = read_note(typed, frozen.revision)
            number = await _require_room(work, frozen) + 1
            note = ReviewNote(revision_id, number, actor.id, quote, said, now)
            await work.reviews.add_note(note)
            await self._tell_author(work, frozen, note)
            await work.dialogs.close(actor.id)
            await work.audit.append(AuditEvent(now, actor.id, NOTE, revision_id, f"note={number}"))
            await work.commit()
        return note

    async def beside_draft(self, actor: Actor, bulletin_id: str) -> Payload | None:
        """The last notes on it as its author reads them; None while there are none."""
        async with self.memory.begin() as work:
            bulletin = await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            shown = await notes_shown(work, bulletin_id, bulletin.revision, draft)
        return self.letterhead.notes_card(shown) if shown else None

    async def _tell_author(self, work: Work, frozen: FrozenRevision, note: ReviewNote) -> None:
        author = to_person(frozen.revision.author_id)
        buttons = offer(
            self.ids,
            [("compose:open", "")],
            subject=frozen.revision.bulletin_id,
            version=frozen.revision.number,
            holder=author,
            expires_at=self.clock.now() + GOOD_FOR,
        )
        await work.buttons.add(buttons)
        reviewer = await work.people.get(note.reviewer_id)
        payload = self.letterhead.note_card(frozen, reviewer, note, buttons)
        about = f"note:{note.revision_id}:{note.number}"
        await work.outbox.add([card(self.ids.new(), about, author, payload)])


async def _require_room(work: Work, frozen: FrozenRevision) -> int:
    """How many notes there are; Refusal if no more can be read in one message."""
    revision = frozen.revision
    notes = await work.reviews.notes_on(revision.bulletin_id, revision.number)
    count = sum(note.revision_id == revision.id for note in notes)
    if count >= MOST_NOTES:
        raise Refusal("review_note.too_many", most=MOST_NOTES)
    return count
