"""The door for pictures and files of a bulletin: taken in, put in order, described."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import Refusal
from domain.model.attachment import AttachmentKind
from domain.model.button import Button
from domain.model.delivery import Payload, Sent
from domain.model.dialog import Awaited, Dialog
from domain.model.version import read_version
from domain.usecases.enclose import AltAsked, MediaScreen
from handlers.enclosures import alt_question, media_page, media_rows
from handlers.telegram.albums import Albums
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.incoming import FileKind, Incoming
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

KINDS = {
    FileKind.PHOTO: AttachmentKind.PHOTO,
    FileKind.FILM: AttachmentKind.VIDEO,
    FileKind.VOICE: AttachmentKind.VOICE,
    FileKind.DOCUMENT: AttachmentKind.DOCUMENT,
}
TAKES_FILES = frozenset({Awaited.BULLETIN_MEDIA, Awaited.BULLETIN_ALT, Awaited.BULLETIN_TEXT})
"""What the bot may be waiting for while a file is one of a bulletin's."""


@dataclass(frozen=True, slots=True)
class EncloseDoor:
    """Pictures and files of bulletins in the chat (ảnh, tệp của bản tin)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor
    albums: Albums

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "media:open": self.open,
            "media:done": self.go_on,
            "media:skip": self.go_on,
            "media:describe": self.ask_about,
            "media:forward": self.rearrange,
            "media:remove": self.rearrange,
        }

    async def open(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.enclose.open(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def rearrange(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.enclose.rearrange(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        payload = self._payload(turn, screen)
        edited = await self.rooms.gateway.edit(turn.chat, turn.message_id, payload)
        if not isinstance(edited, Sent):
            await self._show(turn, screen)

    async def ask_about(self, turn: Turn, button: Button) -> None:
        asked = await self.rooms.enclose.ask_about(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._ask(turn, asked)

    async def go_on(self, turn: Turn, button: Button) -> None:
        """To the next file of which nothing is said yet, else back to the draft."""
        asked = await self.rooms.enclose.go_on(turn.actor, button, turn.cause)
        if asked is None:
            await self.compose.open(turn, button)
            return
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._ask(turn, asked)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """What a file shows, in the words of whoever sent it."""
        if dialog.awaited is Awaited.BULLETIN_MEDIA:
            raise Refusal("media.file_wanted")
        asked = await self.rooms.enclose.describe(turn.actor, dialog, turn.text, turn.cause)
        if asked:
            await self._ask(turn, asked)
            return
        preview = await self.rooms.compose.preview_bulletin(turn.actor, dialog.subject)
        await self.compose.show(turn, preview)

    async def take(self, turn: Turn, dialog: Dialog, file: Incoming) -> None:
        """A file that was sent while a draft waits for one, or for its words."""
        await self.albums.take(turn, file, self._kept(turn, dialog, file))

    async def _kept(self, turn: Turn, dialog: Dialog, file: Incoming) -> Payload:
        kind = KINDS.get(file.kind)
        if kind is None:
            raise Refusal("media.not_taken")
        enclose, draft = self.rooms.enclose, dialog.subject
        found = await enclose.fetch(turn.actor, draft, kind, file.id, file.name)
        words = read_version("vi", file.caption) if file.caption else None
        screen = await enclose.add(turn.actor, draft, found, turn.cause, words)
        return self._payload(turn, screen)

    async def _ask(self, turn: Turn, asked: AltAsked) -> None:
        """The file itself, with the question below it."""
        words, count = self.rooms.words, len(asked.draft.attachments)
        question = alt_question(words, asked.place, count, turn.language)
        rows = media_rows(words, asked.buttons, turn.language)
        await self.speak.show_files(turn, [asked.file], question, rows)

    async def _show(self, turn: Turn, screen: MediaScreen) -> None:
        payload = self._payload(turn, screen)
        await self.speak.show(turn, payload.markup, payload.buttons)

    def _payload(self, turn: Turn, screen: MediaScreen) -> Payload:
        page: Markup = media_page(self.rooms.words, screen.draft.attachments, turn.language)
        return Payload(page, media_rows(self.rooms.words, screen.buttons, turn.language))
