"""A resident sends a voice note: only a reference waits, until a consent of its own is given."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.model.allowance import Act
from domain.model.button import Button
from domain.model.opinion_picture import HeldFile
from domain.model.opinion_voice import VOICE_NOTICE_VERSION, DraftVoice, VoiceConsent
from domain.model.recording import require_short, seconds_of
from domain.model.resident import DraftStep, OpinionDraft, Written, speaking
from domain.ports import Gateway
from domain.usecases.keep_within import KeepWithin
from domain.usecases.receive import Receive
from domain.usecases.visit import Intake, Visit

NOT_FETCHED = "file.not_fetched"


@dataclass(frozen=True, slots=True)
class AttachVoice:
    """Adding a recording (gửi ghi âm kèm ý kiến, hoặc thay lời viết)."""

    receive: Receive
    gateway: Gateway

    async def offer(self, visit: Visit, voice: DraftVoice, words: Written | None = None) -> Intake:
        """Note that there is one; nothing of it is fetched before it is agreed to."""
        require_short(voice.seconds)
        before = await self.receive.draft_of(visit)
        draft, resident = before or self.receive.first_draft(visit), visit.known.resident
        visit.require_heard(draft, self.receive.clock.now())
        if draft.last_update != visit.cause.update_id:
            draft = draft.with_voice(voice)
            draft = draft.with_more(words) if words else draft
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, speaking(resident, draft), draft)

    async def agree(self, visit: Visit, button: Button) -> Intake:
        """Fetch it and keep it, sealed, under the consent that was just given."""
        resident, draft = await self.receive.pressed(visit, button, DraftStep.VOICE)
        if draft.last_update != visit.cause.update_id:
            if draft.voice and draft.may_be_kept(resident):
                draft = replace(draft, voice=await self._kept(visit, draft, draft.voice))
            draft = await self.receive.saved(draft, resident, visit)
        return await self.receive.show(visit, resident, draft, button)

    async def leave_out(self, visit: Visit, button: Button) -> Intake:
        """Go on without it, asked before it was kept or after; the rest stays."""
        resident, draft = await self.receive.pressed(visit, button)
        if draft.last_update != visit.cause.update_id:
            draft = await self.receive.saved(replace(draft, voice=None), resident, visit)
        await self.receive.vault.drop_files(draft.handle, int(button.choice))
        return await self.receive.show(visit, resident, draft, button)

    async def _fetched(self, file: str) -> bytes:
        try:
            return await self.gateway.fetch_voice(file)
        except Refusal as refusal:
            if refusal.key != NOT_FETCHED:
                raise
            # Sent again it would be a second one: the button is to be pressed again.
            raise Refusal("voice.not_fetched") from refusal

    async def _kept(self, visit: Visit, draft: OpinionDraft, voice: DraftVoice) -> DraftVoice:
        vault, now = self.receive.vault, self.receive.clock.now()
        await KeepWithin(vault, self.receive.clock).spend(visit.who, Act.MEDIA, visit.handle)
        content = await self._fetched(voice.file)
        seconds = seconds_of(content)
        require_short(seconds)
        # Before the draft says so: a replay comes here again, and it takes its own place.
        await vault.hold_file(HeldFile(draft.handle, voice.number, content), now)
        self.receive.steps.reached("held")
        consent = VoiceConsent(VOICE_NOTICE_VERSION, now)
        return replace(voice, file="", seconds=seconds, consent=consent)
