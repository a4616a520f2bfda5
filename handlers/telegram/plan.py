"""The door to the plan: /lich, one message that turns its pages in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.plan import PlanState
from domain.usecases.copy_bulletin import CopyBulletin
from domain.usecases.open_planned import COPY, FIRES, NEXT_PART, RECEIPTS, PlannedPage
from domain.usecases.show_plan import CARE, DAY, MONTH, OPEN, WEEK, MonthPage, PlanPage
from domain.usecases.watch_plan import WatchPlan
from handlers.faces import label, paired, shortened
from handlers.plan_pages import care_page, day_named, days_page, entry_page, month_page
from handlers.rosters import receipts
from handlers.schedules import listed, when
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 60
A_ROW = 7
"""Numbers side by side, as many as a week has days."""
MIDDLE, BOTH_SIDES = 1, 3
"""Of the ways around a week or a month: back, the other view, and on."""
HERE = {
    BroadcastState.PLANNED: PlanState.PLANNED,
    BroadcastState.RELEASED: PlanState.GOING,
    BroadcastState.FINISHED: PlanState.SENT,
    BroadcastState.STOPPED: PlanState.STOPPED,
    BroadcastState.EXPIRED: PlanState.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class PlanDoor:
    """The plan in the chat (lịch phát tin)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            WEEK: self.turn_week,
            DAY: self.show_day,
            MONTH: self.show_month,
            CARE: self.show_care,
            OPEN: self.open,
            FIRES: self.show_fires,
            RECEIPTS: self.show_receipts,
            COPY: self.copy,
            NEXT_PART: self.next_part,
        }

    async def plan(self, turn: Turn) -> None:
        """/lich"""
        page = await self.rooms.plan.show_week(turn.actor, 0, turn.cause)
        await self.speak.show(turn, days_page(self.rooms.words, page), self._rows(page))

    async def turn_week(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.plan.show_week(turn.actor, int(button.choice), turn.cause)
        await self.speak.turn_page(turn, days_page(self.rooms.words, page), self._rows(page))

    async def show_day(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.plan.show_day(turn.actor, button, turn.cause)
        await self.speak.turn_page(turn, days_page(self.rooms.words, page), self._rows(page))

    async def show_month(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.plan.show_month(turn.actor, button, turn.cause)
        rows = self._month_rows(page)
        await self.speak.turn_page(turn, month_page(self.rooms.words, page), rows)

    async def show_care(self, turn: Turn, _: Button) -> None:
        rooms = self.rooms
        watching = WatchPlan(rooms.memory, rooms.clock, rooms.ids)
        page = await watching.show_care(turn.actor, turn.cause)
        opened = [b for b in page.buttons if b.action == OPEN]
        rest = [self._face(b) for b in page.buttons if b.action != OPEN]
        rows = (*_numbers(opened, 1), *((face,) for face in rest))
        await self.speak.turn_page(turn, care_page(rooms.words, page), rows)

    async def open(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.planned.open(turn.actor, button, turn.cause)
        markup = entry_page(self.rooms.words, page, _state(page))
        rows = paired(self._face(b) for b in page.buttons)
        await self.speak.turn_page(turn, markup, rows)

    async def show_fires(self, turn: Turn, button: Button) -> None:
        frozen, fires = await self.rooms.planned.show_fires(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(
            turn,
            "plan.fires",
            excerpt=shortened(frozen.revision.heading, EXCERPT),
            rule=when(self.rooms.words, frozen.revision),
            fires=listed(self.rooms.words, fires),
        )

    async def show_receipts(self, turn: Turn, button: Button) -> None:
        tally, lines = await self.rooms.planned.show_receipts(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(
            turn,
            "plan.receipts",
            sent=tally.sent,
            total=tally.total,
            lines=receipts(self.rooms.words, lines, tally.total),
        )

    async def copy(self, turn: Turn, button: Button) -> None:
        draft = await self._copying.copy(turn.actor, button.subject, turn.cause)
        await self._begin(turn, draft, "plan.copied")

    async def next_part(self, turn: Turn, button: Button) -> None:
        draft = await self._copying.next_part(turn.actor, button.subject, turn.cause)
        await self._begin(turn, draft, "series.next_begun")

    async def _begin(self, turn: Turn, draft: str, key: str) -> None:
        """The new draft as /soan shows one."""
        preview = await self.rooms.compose.preview_bulletin(turn.actor, draft)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, key)
        await self.compose.show(turn, preview)

    def _rows(self, page: PlanPage) -> ButtonRows:
        """The entries by number, crowded days by name, then the ways around and elsewhere."""
        opened = [b for b in page.buttons if b.action == OPEN]
        days = [b for b in page.buttons if b.action == DAY]
        ways = [b for b in page.buttons if b.action in (WEEK, MONTH)]
        rest = [b for b in page.buttons if b.action not in (OPEN, DAY, WEEK, MONTH)]
        return (
            *_numbers(opened, page.first),
            *paired(ButtonFace(self._day(b, page), press=b.id) for b in days),
            tuple(ButtonFace(self._way(b, n, len(ways)), press=b.id) for n, b in enumerate(ways)),
            *((self._face(b),) for b in rest),
        )

    def _month_rows(self, page: MonthPage) -> ButtonRows:
        days = [b for b in page.buttons if b.action == DAY]
        ways = [b for b in page.buttons if b.action != DAY]
        faces = [
            ButtonFace(f"{date.fromisoformat(b.choice.partition('/')[0]):%d}", press=b.id)
            for b in days
        ]
        chunks = tuple(tuple(faces[n : n + A_ROW]) for n in range(0, len(faces), A_ROW))
        around = tuple(
            ButtonFace(self._way(b, n, len(ways)), press=b.id) for n, b in enumerate(ways)
        )
        return (*chunks, around)

    def _day(self, button: Button, page: PlanPage) -> str:
        """A crowded day with its count; on a day's own page, the way to its next ones."""
        day = date.fromisoformat(button.choice.partition("/")[0])
        number = int(button.choice.partition("/")[2] or 0)
        if page.first_day == page.last_day == day:
            return self.rooms.words.text("button.plan_day_page", page=number + 1)
        return f"{day_named(self.rooms.words, day)} ({page.counts.get(day, 0)})"

    def _way(self, button: Button, place: int, ways: int) -> str:
        """Back, the other view, and on: a way to the same kind of page is an arrow."""
        words = self.rooms.words
        kind = "week" if button.action == WEEK else "month"
        if ways == BOTH_SIDES and place != MIDDLE:
            return words.text(f"button.plan_{kind}_{'earlier' if place == 0 else 'later'}")
        return words.text(f"button.plan_{kind}")

    def _face(self, button: Button) -> ButtonFace:
        words = self.rooms.words
        if button.action == DAY:
            return ButtonFace(words.text("button.plan_back"), press=button.id)
        if button.action == WEEK:
            return ButtonFace(words.text("button.plan_week"), press=button.id)
        return ButtonFace(label(words, button), press=button.id)

    @property
    def _copying(self) -> CopyBulletin:
        return CopyBulletin(self.rooms.memory, self.rooms.clock, self.rooms.ids)


def _numbers(opened: Sequence[Button], first: int) -> ButtonRows:
    """A number for each entry, as many in a row as a week has days."""
    faces = [ButtonFace(str(n), press=b.id) for n, b in enumerate(opened, start=first)]
    return tuple(tuple(faces[n : n + A_ROW]) for n in range(0, len(faces), A_ROW))


def _state(page: PlannedPage) -> PlanState:
    """How the entry stands, by its broadcast and by what became of the bulletin."""
    if page.bulletin.state is BulletinState.WITHDRAWN:
        return PlanState.WITHDRAWN
    if page.broadcast is None:
        waits = page.bulletin.state is BulletinState.IN_REVIEW
        return PlanState.WAITING if waits else PlanState.PLANNED
    if page.broadcast.awaits_word and page.broadcast.state is BroadcastState.PLANNED:
        return PlanState.ASKS
    return HERE[page.broadcast.state]
