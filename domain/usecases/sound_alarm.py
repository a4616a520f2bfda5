"""Somebody may be in danger: those who look after the unit hear of it at once."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.case_news import CaseNews
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.announce import supervisors_near
from domain.usecases.case_in_hand import case_for, put_on_record
from domain.usecases.hand_over import HandOver


@dataclass(frozen=True, slots=True)
class SoundAlarm:
    """Saying that somebody may be in danger (báo có người gặp nguy hiểm).

    Nothing looks for such cases: whoever reads one says so. The case stays with whoever has it.
    """

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def sound(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, int]:
        """Tell the nearest supervisors, deputies included, in private; returns how many.

        The case may have moved since the button was shown: that is no reason to wait.
        """
        permission = Permission.OPINION_ALARM
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, permission)
            told = await supervisors_near(work, opinion.unit_id, but=actor.id)
            hands = HandOver(self.memory, self.clock, self.ids, self.letterhead)
            news = dict.fromkeys(told, CaseNews.DANGER)
            # Each alarm is its own: the case need not have moved since the last one.
            await hands.tell(work, actor, opinion, news, occasion=button.id)
            detail = f"told={len(told)}"
            await put_on_record(work, self.clock, actor, permission, opinion, detail)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion, len(told)
