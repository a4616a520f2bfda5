"""An author adds pictures, or one film, recording or document, and says what is seen on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.attached import (
    NAMES,
    Attached,
    Enclosed,
    described,
    moved_forward,
    next_undescribed,
    with_one_more,
    without,
)
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.bulletin import Draft
from domain.model.button import Button, require_version
from domain.model.capabilities import limit_for
from domain.model.dialog import Awaited, Dialog
from domain.model.fetched import Fetched, film_of, paper_of, picture_of, voice_of
from domain.model.text import has_words
from domain.model.version import Version
from domain.ports import Cause, Gateway, Memory, Work
from domain.usecases.drafting import own_bulletin, reopened
from domain.usecases.own_buttons import put_own_buttons

OPEN, DONE = "media:open", "media:done"
DESCRIBE, FORWARD, REMOVE, SKIP = "media:describe", "media:forward", "media:remove", "media:skip"


@dataclass(frozen=True, slots=True)
class MediaScreen:
    """What goes along with a draft so far, and the ways to change it."""

    draft: Draft
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class AltAsked:
    """One file of which somebody is to say what it shows."""

    draft: Draft
    place: int
    """From 1 on."""
    file: Attachment
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Enclose:
    """Adding pictures and files to a bulletin (thêm ảnh, tệp)."""

    memory: Memory
    clock: Clock
    ids: Ids
    gateway: Gateway

    async def open(self, actor: Actor, bulletin_id: str, cause: Cause | None) -> MediaScreen:
        """The files so far; whatever is sent next is one of them."""
        async with self.memory.begin(cause) as work:
            await own_bulletin(work, actor, bulletin_id)
            screen = await self._screen(work, actor, await work.bulletins.draft(bulletin_id))
            await work.commit()
        return screen

    async def add(
        self,
        actor: Actor,
        bulletin_id: str,
        file: Fetched,
        cause: Cause | None,
        words: Version | None = None,
    ) -> MediaScreen:
        """Keep one more file; words that came with it are the text of a draft that has none."""
        async with self.memory.begin(cause) as work:
            was = await work.bulletins.draft(bulletin_id)
            draft = replace(was, attachments=with_one_more(was.attachments, file.one))
            if words and not was.text and has_words(words.text):
                draft = replace(draft, title=words.title, text=words.text, marks=words.marks)
            await work.bulletin_media.keep(file.one.sha256, file.content, self.clock.now())
            screen = await self._changed(work, actor, was, draft)
            await work.commit()
        return screen

    async def fetch(
        self, actor: Actor, bulletin_id: str, kind: AttachmentKind, file: str, name: str = ""
    ) -> Fetched:
        """The file, made clean; whether it may be added at all is asked before it is fetched."""
        async with self.memory.begin() as work:
            await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            probe = Attached(kind, "", NAMES[kind], "", 0)
            more = replace(draft, attachments=with_one_more(draft.attachments, probe))
            limit_for(more, self.gateway.capabilities)
        match kind:
            case AttachmentKind.PHOTO:
                return picture_of(await self.gateway.fetch_picture(file))
            case AttachmentKind.VOICE:
                return voice_of(await self.gateway.fetch_voice(file))
            case AttachmentKind.DOCUMENT:
                return paper_of(await self.gateway.fetch_document(file), name)
        return film_of(await self.gateway.fetch_film(file))

    async def rearrange(self, actor: Actor, button: Button, cause: Cause | None) -> MediaScreen:
        """Take away, or put further to the front, the file that a button names."""
        async with self.memory.begin(cause) as work:
            was, one = await self._meant(work, button)
            change = without if button.action == REMOVE else moved_forward
            draft = replace(was, attachments=change(was.attachments, one.sha256))
            screen = await self._changed(work, actor, was, draft)
            await work.commit()
        return screen

    async def ask_about(self, actor: Actor, button: Button, cause: Cause | None) -> AltAsked:
        """Ask what the file shows that a button names."""
        async with self.memory.begin(cause) as work:
            await own_bulletin(work, actor, button.subject)
            draft, one = await self._meant(work, button)
            asked = await self._ask(work, actor, draft, one)
            await work.commit()
        return asked

    async def go_on(self, actor: Actor, button: Button, cause: Cause | None) -> AltAsked | None:
        """Ask about the next file of which nothing is said yet; None where there is none left."""
        async with self.memory.begin(cause) as work:
            await own_bulletin(work, actor, button.subject)
            draft = await work.bulletins.draft(button.subject)
            after = ""
            if button.action == SKIP:
                after = (await self._meant(work, button))[1].sha256
            asked = await self._ask_next(work, actor, draft, after)
            if asked:
                await work.commit()
        return asked

    async def describe(
        self, actor: Actor, dialog: Dialog, words: str, cause: Cause | None
    ) -> AltAsked | None:
        """Keep what a file shows; the question about the next one, None if that was the last."""
        if not has_words(words):
            raise Refusal("compose.nothing_written")
        async with self.memory.begin(cause) as work:
            was = await work.bulletins.draft(dialog.subject)
            said = described(was.attachments, dialog.note, words)
            draft = await self._save(work, actor, was, replace(was, attachments=said))
            asked = await self._ask_next(work, actor, draft, dialog.note)
            await work.commit()
        return asked

    async def _changed(self, work: Work, actor: Actor, was: Draft, draft: Draft) -> MediaScreen:
        return await self._screen(work, actor, await self._save(work, actor, was, draft))

    async def _save(self, work: Work, actor: Actor, was: Draft, changed: Draft) -> Draft:
        """As with any change: what was in review or approved is a draft again."""
        mine = await own_bulletin(work, actor, was.bulletin_id)
        await reopened(work, mine, was)
        draft = replace(changed, version=was.version + 1)
        await work.bulletins.save_draft(draft)
        return draft

    async def _screen(self, work: Work, actor: Actor, draft: Draft) -> MediaScreen:
        await work.dialogs.open(Dialog(actor.id, Awaited.BULLETIN_MEDIA, draft.bulletin_id))
        return MediaScreen(draft, await self._offer(work, actor, draft, _ways(draft.attachments)))

    async def _ask_next(
        self, work: Work, actor: Actor, draft: Draft, after: str
    ) -> AltAsked | None:
        following = next_undescribed(draft.attachments, after)
        return await self._ask(work, actor, draft, following) if following else None

    async def _ask(self, work: Work, actor: Actor, draft: Draft, one: Attached) -> AltAsked:
        place = draft.attachments.index(one)
        await work.dialogs.open(
            Dialog(actor.id, Awaited.BULLETIN_ALT, draft.bulletin_id, one.sha256)
        )
        buttons = await self._offer(work, actor, draft, [(SKIP, str(place))])
        shown = one.holding(await work.bulletin_media.read(one.sha256))
        return AltAsked(draft, place + 1, shown, buttons)

    async def _meant(self, work: Work, button: Button) -> tuple[Draft, Attached]:
        """The file that a button was shown for; LostRace if the draft has changed since."""
        draft = await work.bulletins.draft(button.subject)
        require_version(button.version, draft.version)
        place = int(button.choice)
        if place >= len(draft.attachments):
            raise LostRace("button.stale")
        return draft, draft.attachments[place]

    async def _offer(
        self, work: Work, actor: Actor, draft: Draft, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return await put_own_buttons(work, self, actor.id, asked, draft.bulletin_id, draft.version)


def _ways(attached: Enclosed) -> list[tuple[str, str]]:
    """What can be done with each file, then the way back."""
    ways = []
    for place in range(len(attached)):
        ways.append((DESCRIBE, str(place)))
        if place:
            ways.append((FORWARD, str(place)))
        ways.append((REMOVE, str(place)))
    return [*ways, (DONE, "")]
