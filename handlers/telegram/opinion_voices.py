"""The residents' door for a voice note, and the way in which staff listen to it."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import Refusal
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.opinion_voice import DraftVoice
from domain.model.permission import Permission
from domain.model.resident import DraftStep
from domain.model.text import has_letters
from domain.usecases.attach_voice import AttachVoice
from domain.usecases.open_along import OpenAlong
from domain.usecases.visit import Intake
from handlers.telegram.incoming import Incoming
from handlers.telegram.presses import Route
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

UNUSABLE = frozenset(
    {"file.no_voice", "file.broken_voice", "file.voice_too_long", "file.too_large"}
)
"""Why a recording can never be kept, however often its sender agrees."""


@dataclass(frozen=True, slots=True)
class OpinionVoicesDoor:
    """Recordings of opinions in the chat (ghi âm kèm ý kiến)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "voice:agree": self.agree,
            "voice:decline": self.leave_out,
            "voice:remove": self.leave_out,
            Permission.OPINION_LISTEN: self.listen,
        }

    async def kept(self, turn: Turn, file: Incoming) -> Payload:
        """A resident's voice note: the notice comes first, then the question of its own."""
        if turn.is_forwarded:
            raise Refusal("voice.forwarded")
        voice = DraftVoice(int(turn.message_id), file.id, file.seconds)
        # A sign below a recording says nothing by itself, and must not cost the recording.
        words = turn.written(file.caption) if has_letters(file.caption) else None
        intake = await self._attach.offer(turn.visit, voice, words)
        screen, rows = await self.residents.screen(intake)
        if intake.draft and intake.draft.step is DraftStep.CONSENT:
            note = self.rooms.words.html("voice.waits", intake.resident.language)
            screen = Markup("\n\n").join([note, screen])
        return Payload(screen, rows)

    async def agree(self, turn: Turn, button: Button) -> None:
        """One that cannot be kept is left out with its reason, so that the rest can go on."""
        try:
            intake = await self._attach.agree(turn.visit, button)
        except Refusal as refusal:
            if refusal.key not in UNUSABLE:
                raise
            await self.speak.refuse(turn, refusal)
            await self.leave_out(turn, button)
            return
        await self._go_on(turn, intake, _come_of(intake))

    async def leave_out(self, turn: Turn, button: Button) -> None:
        intake = await self._attach.leave_out(turn.visit, button)
        await self._go_on(turn, intake, "voice.left_out")

    async def listen(self, turn: Turn, button: Button) -> None:
        """It comes to the staffer's private chat through the outbox."""
        rooms = self.rooms
        opening = OpenAlong(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)
        await opening.open_voice(turn.actor, button, turn.cause)
        await rooms.gateway.acknowledge(turn.press_id)

    async def _go_on(self, turn: Turn, intake: Intake, key: str) -> None:
        await self.speak.close_press(turn, key)
        await self.residents.show(turn, intake)

    @property
    def _attach(self) -> AttachVoice:
        return AttachVoice(self.rooms.receive, self.rooms.gateway)


def _come_of(intake: Intake) -> str:
    """What a yes has led to: a replay may find it left out, a newer notice asks before it."""
    voice = intake.draft.voice if intake.draft else None
    if voice is None:
        return "voice.left_out"
    return "voice.agreed" if voice.consent else "voice.waits"
