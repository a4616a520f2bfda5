"""The door for photos and voice notes of a session: taken in, taken away, shown."""

from dataclasses import dataclass, field

from markupsafe import Markup

from domain.errors import Forbidden, LostRace, Missing, Refusal
from domain.model.attachment import AttachmentKind
from domain.model.button import Button
from domain.model.delivery import ButtonRows, Payload, Sent
from domain.model.dialog import Dialog
from domain.model.session_media import MOST_PHOTOS, require_short
from domain.usecases.session_screen import Screen
from handlers.session_pages import buttons, page
from handlers.telegram.incoming import FileKind, Incoming
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

NOT_TAKEN = {
    FileKind.FILM: "session.no_film",
    FileKind.SOUND: "file.no_voice",
    FileKind.DOCUMENT: "file.no_picture",
}


@dataclass(slots=True)
class Album:
    """What was said about photos that came as one: it is said once (loạt ảnh)."""

    id: str
    message_id: str = ""
    refused: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SessionMediaDoor:
    """Photos and voice notes in the chat (ảnh và ghi âm của buổi)."""

    rooms: Rooms
    speak: Speak
    albums: dict[str, Album] = field(default_factory=dict)
    """The last of each chat. A restart forgets it, and one sentence more is said."""

    async def take(self, turn: Turn, dialog: Dialog, file: Incoming) -> None:
        """A file that was sent while a session is open."""
        album = self._album(turn, file)
        try:
            screen, note = await self._kept(turn, dialog, file)
        except (Forbidden, LostRace, Missing):
            raise
        except Refusal as refusal:
            if refusal.key in album.refused:
                return
            album.refused.add(refusal.key)
            raise
        await self._say(turn, album, screen, note)

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

    async def _kept(self, turn: Turn, dialog: Dialog, file: Incoming) -> tuple[Screen, Markup]:
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
        return screen, note

    async def _say(self, turn: Turn, album: Album, screen: Screen, note: Markup) -> None:
        """One message about an album, in which the count goes up."""
        markup = Markup("\n\n").join([note, self._page(turn, screen)])
        rows = self._rows(turn, screen)
        if album.message_id:
            shown = Payload(markup, rows)
            if isinstance(await self.rooms.gateway.edit(turn.chat, album.message_id, shown), Sent):
                return
        outcome = await self.speak.show(turn, markup, rows)
        if isinstance(outcome, Sent):
            album.message_id = outcome.message_id

    def _album(self, turn: Turn, file: Incoming) -> Album:
        """The album that a photo belongs to; what came alone is its own."""
        known = self.albums.pop(turn.chat.chat, None)
        if not file.album:
            return Album("")
        same = known if known and known.id == file.album else Album(file.album)
        self.albums[turn.chat.chat] = same
        return same

    def _page(self, turn: Turn, screen: Screen) -> Markup:
        return page(self.rooms.words, screen, turn.language)

    def _rows(self, turn: Turn, screen: Screen) -> ButtonRows:
        return buttons(self.rooms.words, screen, turn.language)
