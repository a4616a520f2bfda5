"""The residents' door for files, and the way in which staff look at pictures."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import Refusal
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.opinion_picture import MOST_PICTURES
from domain.model.text import has_letters
from domain.usecases.attach_pictures import AttachPictures
from domain.usecases.open_along import OpenAlong
from handlers.telegram.albums import Albums
from handlers.telegram.incoming import FileKind, Incoming
from handlers.telegram.opinion_voices import OpinionVoicesDoor
from handlers.telegram.presses import Route
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class OpinionPicturesDoor:
    """Pictures of opinions in the chat (ảnh kèm ý kiến)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor
    albums: Albums
    voices: OpinionVoicesDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {"opinion:pictures": self.show, **self.voices.presses()}

    async def take(self, turn: Turn, file: Incoming) -> None:
        """A resident's picture: part of what they are writing, or the beginning of it."""
        await self.albums.take(turn, file, self._kept(turn, file))

    async def show(self, turn: Turn, button: Button) -> None:
        """They come to the staffer's private chat through the outbox."""
        rooms = self.rooms
        opening = OpenAlong(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)
        await opening.open_pictures(turn.actor, button, turn.cause)
        await rooms.gateway.acknowledge(turn.press_id)

    async def _kept(self, turn: Turn, file: Incoming) -> Payload:
        if file.kind is FileKind.VOICE:
            return await self.voices.kept(turn, file)
        if file.kind is not FileKind.PHOTO:
            raise Refusal("intake.only_pictures")
        attach = AttachPictures(self.rooms.receive, self.rooms.gateway)
        # A sign below a picture says nothing by itself, and must not cost the picture.
        words = turn.written(file.caption) if has_letters(file.caption) else None
        intake = await attach.add(turn.visit, file.id, int(turn.message_id), words)
        count = len(intake.draft.pictures) if intake.draft else 0
        language = intake.resident.language
        note = self.rooms.words.html(
            "intake.picture_kept", language, count=count, limit=MOST_PICTURES
        )
        notes = [note]
        if turn.is_forwarded:
            notes.append(self.rooms.words.html("intake.forwarded", language))
        screen, rows = await self.residents.screen(intake)
        return Payload(Markup("\n\n").join([*notes, screen]), rows)
