"""Whoever passes content on sees what goes out today where they work, and says so once read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.frozen import fingerprint
from domain.model.morning import (
    HOURS,
    LINES_SHOWN,
    NEVER,
    Morning,
    MorningLine,
    Wish,
    bounds,
    local_day,
)
from domain.model.template import with_choices
from domain.ports import Cause, Memory, Work
from domain.usecases.open_files import files_of
from domain.usecases.own_buttons import own_buttons

OPEN, READ, HOURS_ASKED = "morning:open", Permission.MORNING_READ, "morning:hours"
CHOOSE_HOUR, CHOOSE_LANGUAGE = "morning:at", "morning:language"
LANGUAGES = ("vi", "km", "en")


@dataclass(frozen=True, slots=True)
class HoursAsked:
    """When a card comes now, and the ways to change it."""

    wish: Wish
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ReadMorning:
    """Today's approved content (tin hôm nay)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show(self, actor: Actor, cause: Cause | None = None) -> Morning:
        """What goes out today above, at and below the actor's units."""
        places = _places(actor)
        async with self.memory.begin(cause) as work:
            morning = await self._shown(work, actor, places)
            await work.commit()
        return morning

    async def open(self, actor: Actor, button: Button, cause: Cause | None = None) -> MorningLine:
        """One bulletin whole, in the reader's language; LostRace once it no longer stands."""
        places = _places(actor)
        async with self.memory.begin(cause) as work:
            broadcast = await work.broadcasts.get(button.subject)
            lines = await going_out(work, places, local_day(broadcast.planned_at))
            found = [line for line in lines if line.broadcast.id == button.subject]
            if not found:
                raise LostRace("morning.gone")
            wish = await work.mornings.wish(actor.id)
            files = await files_of(work, found[0].text.revision.attachments)
            await work.commit()
        return replace(found[0], language=wish.language, files=files)

    async def mark_read(self, actor: Actor, button: Button, cause: Cause | None = None) -> Morning:
        """One more reader in the actor's unit, at most one a day for each person.

        There is no record of it: an act that is written down with its actor would be a history.
        """
        units = _own_units(actor)
        async with self.memory.begin(cause) as work:
            day = local_day(self.clock.now())
            if button.subject != day.isoformat():
                raise LostRace("button.stale")
            mark = await self._mark(work, actor, day)
            await work.mornings.count_reader(units[0], day, mark)
            morning = await self._shown(work, actor, _places(actor))
            await work.commit()
        return morning

    async def ask_hour(self, actor: Actor, cause: Cause | None = None) -> HoursAsked:
        """The hour and language of the card, each with a button."""
        _own_units(actor)
        choices = [(CHOOSE_HOUR, f"{hour:%H:%M}") for hour in HOURS]
        choices += [(CHOOSE_HOUR, NEVER), *((CHOOSE_LANGUAGE, one) for one in LANGUAGES)]
        buttons = tuple(self._button(actor, action, "card", choice) for action, choice in choices)
        async with self.memory.begin(cause) as work:
            wish = await work.mornings.wish(actor.id)
            await work.buttons.add(buttons)
            await work.commit()
        return HoursAsked(wish, buttons)

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> Wish:
        """Set the hour, or the language, that the button says."""
        _own_units(actor)
        async with self.memory.begin(cause) as work:
            wish = await work.mornings.wish(actor.id)
            if button.action == CHOOSE_LANGUAGE:
                wish = replace(wish, language=button.choice)
            else:
                wish = replace(wish, hour=_hour(button.choice))
            await work.mornings.save_wish(actor.id, wish)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return wish

    async def forget_marks(self) -> int:
        """What keeps anybody from being counted twice goes with its day."""
        async with self.memory.begin() as work:
            forgotten = await work.mornings.forget_marks(local_day(self.clock.now()))
            await work.commit()
        return forgotten

    async def _shown(self, work: Work, actor: Actor, places: Sequence[str]) -> Morning:
        day = local_day(self.clock.now())
        lines = await going_out(work, places, day)
        is_read = await work.mornings.has_mark(await self._mark(work, actor, day))
        shown = lines[:LINES_SHOWN]
        buttons = [self._button(actor, OPEN, line.broadcast.id) for line in shown]
        if actor.units_for(Permission.MORNING_READ):
            asked = [HOURS_ASKED] if is_read or not lines else [READ, HOURS_ASKED]
            buttons += [self._button(actor, action, day.isoformat()) for action in asked]
        await work.buttons.add(buttons)
        readers = await self._readers(work, actor, day)
        wish = await work.mornings.wish(actor.id)
        left_out = len(lines) - len(shown)
        return Morning(day, shown, left_out, tuple(buttons), is_read, readers, wish.language)

    async def _readers(self, work: Work, actor: Actor, day: date) -> int | None:
        """Staff see how many have read it below their units."""
        units = actor.units_for(Permission.BULLETIN_READ)
        return await work.mornings.read_below(units, day) if units else None

    async def _mark(self, work: Work, actor: Actor, day: date) -> str:
        salt = await work.mornings.salt(day, self.ids.token())
        return fingerprint(f"{salt}:{actor.id}")

    def _button(self, actor: Actor, action: str, subject: str, choice: str = "") -> Button:
        (button,) = own_buttons(self, actor.id, [(action, choice)], subject)
        return button


async def going_out(work: Work, unit_ids: Sequence[str], day: date) -> tuple[MorningLine, ...]:
    """What goes out on a day near these units, word for word as it was approved.

    What was tampered with, or put right by a correction since, is left out.
    """
    lines = []
    for broadcast, audience in await work.mornings.going_out(unit_ids, *bounds(day)):
        try:
            approved = await work.bulletins.frozen_text(broadcast.revision_id)
            text = with_choices(approved, await work.broadcasts.chosen(broadcast.id))
        except Tampered:
            continue
        corrected = await work.bulletins.is_corrected(broadcast.revision_id)
        if text.hash == broadcast.revision_hash and not corrected:
            lines.append(MorningLine(broadcast, text, audience))
    return tuple(lines)


def _places(actor: Actor) -> tuple[str, ...]:
    """Where the actor passes content on, or answers for it."""
    wanted = (Permission.MORNING_READ, Permission.BULLETIN_READ)
    places = tuple(unit for permission in wanted for unit in actor.units_for(permission))
    if not places:
        raise Forbidden("errors.forbidden")
    return tuple(dict.fromkeys(places))


def _own_units(actor: Actor) -> tuple[str, ...]:
    """The units for which the actor gets a card; Forbidden if there are none."""
    units = actor.units_for(Permission.MORNING_READ)
    if not units:
        raise Forbidden("errors.forbidden")
    return units


def _hour(choice: str) -> time | None:
    return None if choice == NEVER else time.fromisoformat(choice)
