"""The door for photos and voice notes of a session: taken in, taken away, shown."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import Refusal
from domain.model.attachment import AttachmentKind
from domain.model.button import Button
from domain.model.delivery import ButtonRows, Payload
from domain.model.dialog import Dialog
from domain.model.recording import require_short
from domain.model.session_media import MOST_PHOTOS
from domain.usecases.session_screen import Screen
from handlers.session_pages import buttons, page
from handlers.telegram.albums import Albums
from handlers.telegram.incoming import FileKind, Incoming
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

NOT_TAKEN = {
    FileKind.FILM: "session.no_film",
    FileKind.SOUND: "file.no_voice",
    FileKind.DOCUMENT: "file.no_picture",
}


@dataclass(frozen=True, slots=True)
class SessionMediaDoor:
    """Photos and voice notes in the chat (ảnh và ghi âm của buổi)."""

    rooms: Rooms
    speak: Speak
    albums: Albums

    async def take(self, turn: Turn, dialog: Dialog, file: Incoming) -> None:
        """A file that was sent while a session is open."""
        await self.albums.take(turn, file, self._kept(turn, dialog, file))

    async def remove(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.attach_media.remove(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "session.media_removed")
        await self.speak.show(turn, self._page(turn, screen), self._rows(turn, screen))

    async def show(self, turn: Turn, button: Button) -> None:
        """All of it where the press came from, which is whoever's private chat."""
        found = await self.rooms.open_media.open_media(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        photos = [one for one in found if one.kind is AttachmentKind.PHOTO]
        for voice in found:
            if voice.kind is AttachmentKind.VOICE:
                await self.speak.show_file(turn, voice, "session.media_shown")
        if photos:
            await self.speak.show_album(turn, photos, "session.media_shown")

    async def _kept(self, turn: Turn, dialog: Dialog, file: Incoming) -> Payload:
        attach, words, language = self.rooms.attach_media, self.rooms.words, turn.language
        at = (turn.actor, dialog.subject, file.id)
        if file.kind is FileKind.PHOTO:
            screen = await attach.add_photo(*at, dialog.note, turn.cause)
            count = screen.session.number("photos")
            note = words.html("session.photo_kept", language, count=count, limit=MOST_PHOTOS)
        elif file.kind is FileKind.VOICE:
            require_short(file.seconds)
            screen = await attach.add_voice(*at, dialog.note, turn.cause)
            seconds = screen.session.number("voice")
            note = words.html("session.voice_kept", language, seconds=seconds)
        else:
            raise Refusal(NOT_TAKEN[file.kind])
        if file.has_words:
            note += Markup("\n") + words.html("session.caption_left", language)
        markup = Markup("\n\n").join([note, self._page(turn, screen)])
        return Payload(markup, self._rows(turn, screen))

    def _page(self, turn: Turn, screen: Screen) -> Markup:
        return page(self.rooms.words, screen, turn.language)

    def _rows(self, turn: Turn, screen: Screen) -> ButtonRows:
        return buttons(self.rooms.words, screen, turn.language)
