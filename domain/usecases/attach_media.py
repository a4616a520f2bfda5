"""A communicator adds photos and a voice note to a session, and takes them away again."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.attachment import AttachmentKind
from domain.model.button import Button, require_version
from domain.model.form import Form
from domain.model.recording import require_short, seconds_of
from domain.model.session import OutreachSession
from domain.model.session_media import MEDIA, MediaPlace, SessionMedia, free_place
from domain.ports import Cause, Gateway, Memory, Work
from domain.usecases.session_screen import Screen, Screens, own_session

PHOTO, VOICE = AttachmentKind.PHOTO, AttachmentKind.VOICE
FIELDS = {PHOTO: "photos", VOICE: "voice"}


@dataclass(frozen=True, slots=True)
class AttachMedia:
    """Adding photos and a voice note (thêm ảnh, ghi âm)."""

    memory: Memory
    clock: Clock
    ids: Ids
    gateway: Gateway

    async def add_photo(
        self, actor: Actor, session_id: str, file: str, asked: str, cause: Cause | None = None
    ) -> Screen:
        """Keep what is seen on a photo; the question that was asked stays open."""
        await self._look(actor, session_id, PHOTO, cause)
        content = await self.gateway.fetch_picture(file)
        async with self.memory.begin(cause) as work:
            was, form, place = await self._place_in(work, actor, session_id, PHOTO)
            count = was.number("photos") + 1
            session = was.answered("photos", count, self.clock.now())
            await work.sessions.save(session, was)
            await work.media.add(self._media(session, place, content))
            screen = await self._back_to(work, actor, session, form, asked)
            await work.commit()
        return screen

    async def add_voice(
        self, actor: Actor, session_id: str, file: str, asked: str, cause: Cause | None = None
    ) -> Screen:
        """Keep a voice note in place of the one before; the question that was asked stays open."""
        await self._look(actor, session_id, VOICE, cause)
        content = await self.gateway.fetch_voice(file)
        seconds = seconds_of(content)
        require_short(seconds)
        async with self.memory.begin(cause) as work:
            was, form, place = await self._place_in(work, actor, session_id, VOICE)
            session = was.answered("voice", seconds, self.clock.now())
            await work.sessions.save(session, was)
            await work.media.drop(session_id, place)
            await work.media.add(self._media(session, place, content))
            screen = await self._back_to(work, actor, session, form, asked)
            await work.commit()
        return screen

    async def remove(self, actor: Actor, button: Button, cause: Cause | None = None) -> Screen:
        """Take away the photo or the voice note that a button names."""
        key, _, number = button.choice.partition("=")
        async with self.memory.begin(cause) as work:
            was = await own_session(work, actor, button.subject)
            require_version(button.version, was.version)
            form = await work.forms.get(was.form_version)
            asked = form.field(key)
            place = MediaPlace(MEDIA[asked.kind], int(number))
            if not await work.media.drop(was.id, place):
                raise LostRace("button.stale")
            left = was.number(key) - 1 if place.kind is PHOTO else 0
            session = was.answered(key, left or None, self.clock.now())
            await work.sessions.save(session, was)
            screen = await self._screens.asking(work, actor, session, form, asked)
            await work.commit()
        return screen

    async def _look(
        self, actor: Actor, session_id: str, kind: AttachmentKind, cause: Cause | None
    ) -> None:
        """Before anything is fetched: no transaction may be open around the network."""
        async with self.memory.begin(cause) as work:
            await self._place_in(work, actor, session_id, kind)

    async def _place_in(
        self, work: Work, actor: Actor, session_id: str, kind: AttachmentKind
    ) -> tuple[OutreachSession, Form, MediaPlace]:
        """Where one more goes; Refusal if the form does not ask for it, or there is no room."""
        session = await own_session(work, actor, session_id)
        session.touched(self.clock.now())  # one that is confirmed is closed
        form = await work.forms.get(session.form_version)
        form.field(FIELDS[kind])
        return session, form, free_place(kind, await work.media.places(session_id))

    def _media(self, session: OutreachSession, place: MediaPlace, content: bytes) -> SessionMedia:
        now = self.clock.now()
        return SessionMedia(self.ids.new(), session.id, place.kind, place.number, content, now)

    async def _back_to(
        self, work: Work, actor: Actor, session: OutreachSession, form: Form, asked: str
    ) -> Screen:
        """The question that was open, else what comes next."""
        if asked:
            return await self._screens.asking(work, actor, session, form, form.field(asked))
        return await self._screens.next_of(work, actor, session, form)

    @property
    def _screens(self) -> Screens:
        return Screens(self.clock, self.ids)
