"""An emergency: one person releases words that two had approved before it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.button import Button, require_version
from domain.model.delivery import card, to_person
from domain.model.frozen import FrozenText
from domain.model.template import Slot, slots_of, with_choices
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import own_buttons
from domain.usecases.schedule import occurrence

NOT_TWICE_WITHIN = timedelta(minutes=10)
"""Two people who release the same words at the same moment mean one emergency."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """A template on its way out: the next choice, or, once all are made, how it will look."""

    frozen: FrozenText
    slot: Slot | None
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Emergency:
    """Releasing templates (phát khẩn cấp)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_templates(
        self, actor: Actor, cause: Cause | None = None
    ) -> tuple[tuple[FrozenText, tuple[Button, ...]], ...]:
        """The templates that this person may release, each with its ways on: to it, or its end."""
        places = actor.units_for(Permission.EMERGENCY_RELEASE)
        async with self.memory.begin(cause) as work:
            templates = await work.bulletins.templates(places) if places else ()
            buttons = [self._ways_on(actor, one) for one in templates]
            for pair in buttons:
                await work.buttons.add(pair)
            await work.commit()
        return tuple(zip(templates, buttons, strict=True))

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> Choosing:
        """Go on with the choices made so far, which the button carries."""
        async with self.memory.begin(cause) as work:
            frozen = await self._approved(work, actor, button)
            slots, made = slots_of(frozen.revision.text), _places(button.choice)
            slot = slots[len(made)] if len(made) < len(slots) else None
            if slot is None:
                asked = [("emergency:release", button.choice)]
                frozen = with_choices(frozen, _values(slots, made))
            else:
                before = f"{button.choice}," if made else ""
                asked = [("emergency:choose", f"{before}{n}") for n in range(len(slot.values))]
            buttons = self._offered(actor, frozen, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Choosing(frozen, slot, buttons)

    async def release(self, actor: Actor, button: Button, cause: Cause | None) -> Broadcast:
        """Send it now, with these choices, through quiet hours; everybody in charge is told."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            template = await self._approved(work, actor, button)
            chosen = _values(slots_of(template.revision.text), _places(button.choice))
            frozen = with_choices(template, chosen)
            await self._require_first(work, template, chosen)
            approval = await work.bulletins.approval(template.revision.id)
            if approval is None:
                raise LostRace("bulletin.moved_on")
            broadcast = occurrence(self.ids, template, approval, now)
            await work.broadcasts.add(broadcast)
            await work.broadcasts.choose(broadcast, chosen)
            await self._tell_all(work, actor, frozen, broadcast)
            await work.buttons.use(button.id, now)
            action = Permission.EMERGENCY_RELEASE
            await work.audit.append(AuditEvent(now, actor.id, action, broadcast.id, button.choice))
            await work.commit()
        return broadcast

    async def _approved(self, work: Work, actor: Actor, button: Button) -> FrozenText:
        """The template, if it still is the one that was approved; whoever changes it waits."""
        frozen = await work.bulletins.revision(button.subject)
        bulletin = await work.bulletins.get(frozen.revision.bulletin_id)
        lineage = await work.units.lineage(bulletin.unit_id)
        actor.require(Permission.EMERGENCY_RELEASE, lineage)
        require_version(button.version, bulletin.revision)
        if bulletin.state is not BulletinState.APPROVED or not frozen.revision.is_template:
            raise LostRace("bulletin.moved_on")
        await work.bulletins.save(bulletin, bulletin)
        return frozen

    async def _require_first(self, work: Work, frozen: FrozenText, chosen: Sequence[str]) -> None:
        """Refuse what somebody has released a moment ago."""
        since = self.clock.now() - NOT_TWICE_WITHIN
        for earlier in await work.broadcasts.of_bulletin(frozen.revision.bulletin_id):
            if earlier.planned_at <= since or earlier.state is BroadcastState.STOPPED:
                continue
            if await work.broadcasts.chosen(earlier.id) == tuple(chosen):
                raise LostRace("emergency.just_released")

    async def _tell_all(
        self, work: Work, actor: Actor, frozen: FrozenText, broadcast: Broadcast
    ) -> None:
        payload = self.letterhead.emergency_card(frozen, await work.people.get(actor.id))
        lineage = await work.units.lineage(frozen.revision.unit_id)
        told = {one.id for one in await work.people.holding(Permission.BULLETIN_READ, lineage)}
        for person_id in sorted(told - {actor.id}):
            about = f"emergency:{broadcast.id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    def _ways_on(self, actor: Actor, frozen: FrozenText) -> tuple[Button, ...]:
        begin = self._offered(actor, frozen, [("emergency:choose", "")])
        asked = [(Permission.BULLETIN_STOP, "")]
        return (*begin, *self._offered(actor, frozen, asked, frozen.revision.bulletin_id))

    def _offered(
        self,
        actor: Actor,
        frozen: FrozenText,
        asked: Sequence[tuple[str, str]],
        subject: str = "",
    ) -> tuple[Button, ...]:
        return own_buttons(
            self, actor.id, asked, subject or frozen.revision.id, frozen.revision.number
        )


def _places(choice: str) -> tuple[int, ...]:
    """The places in their lists of the values chosen so far, as a button carries them."""
    return tuple(int(place) for place in choice.split(",") if place)


def _values(slots: Sequence[Slot], places: Sequence[int]) -> tuple[str, ...]:
    if len(places) != len(slots):
        raise Refusal("template.not_chosen")
    return tuple(slot.values[place] for slot, place in zip(slots, places, strict=True))
