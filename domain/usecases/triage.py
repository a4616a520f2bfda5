"""Staff read a case, take it and close it; every reading is on the record."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Actor, Permission
from domain.model.button import Button, require_version
from domain.model.case_menu import CaseMenu, menu_for
from domain.model.case_times import CaseTimes
from domain.model.delivery import letter, view
from domain.model.opinion import UNREAD, Opinion, OpinionState
from domain.model.text import masked
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.approve_letter import ApproveLetter
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_buttons, case_for, put_on_record
from domain.usecases.gather_cases import show_matter
from domain.usecases.note_case import show_notes
from domain.usecases.one_by_one import one_by_one

NUMBERS, PICTURES, POINT = "opinion:numbers", "opinion:pictures", "opinion:point"
LISTEN = Permission.OPINION_LISTEN
FURTHER, USUAL = "opinion:further", "opinion:usual"


@dataclass(frozen=True, slots=True)
class Triage:
    """Reading, taking and closing cases (phân loại, xử lý)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def open_case(
        self,
        actor: Actor,
        opinion_id: str,
        cause: Cause | None = None,
        numbers_shown: bool = False,
    ) -> Opinion:
        """Send the case's text to the staffer's private chat, and write down that they read it."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, opinion_id, Permission.OPINION_OPEN)
            if opinion.state in UNREAD:
                was, opinion = opinion, opinion.moved_to(OpinionState.RECEIVED, now)
                await work.opinions.save(opinion, was)
            await self._show(work, actor, opinion, numbers_shown)
            shown = "numbers" if numbers_shown else ""
            await self._audit(work, actor, Permission.OPINION_OPEN, opinion, shown)
            await work.commit()
        return opinion

    async def take_case(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Make the case this staffer's own."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject, Permission.OPINION_TAKE)
            opinion = was.taken_by(actor.id, now)
            await work.opinions.save(opinion, was)
            await self._show(work, actor, opinion, numbers_shown=False)
            await self._audit(work, actor, Permission.OPINION_TAKE, opinion)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def close_case(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Close an answered case; the resident is told, and can still reopen it."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._case(work, actor, button.subject, Permission.OPINION_CLOSE)
            require_version(button.version, was.version)
            opinion = await self._close(work, actor, was)
            await work.buttons.use(button.id, now)
            await work.commit()
        return opinion

    async def close_answered(self) -> int:
        """Close what was answered and not disputed in its time; returns how many were due."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            settled = await work.opinions.undisputed(now)
        await one_by_one(settled, self._close_if_unchanged)
        return len(settled)

    async def turn_menu(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Button, ...]:
        """The other moves in place of the usual ones, or the way back."""
        async with self.memory.begin(cause) as work:
            opinion = await case_for(
                work, self.clock, actor, button.subject, Permission.OPINION_OPEN
            )
            menu = menu_for(actor, await work.units.lineage(opinion.unit_id), opinion)
            asked: list[str] = [*menu.further, USUAL]
            if button.action == USUAL:
                asked = _first(menu, opinion, masked(opinion.text) == opinion.text)
            buttons = self._offer(actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return buttons

    async def _case(
        self, work: Work, actor: Actor, opinion_id: str, permission: Permission
    ) -> Opinion:
        return await case_for(work, self.clock, actor, opinion_id, permission)

    async def _close_if_unchanged(self, settled: Opinion) -> None:
        """Somebody may have written since it was looked for: then it is not settled any more."""
        async with self.memory.begin() as work:
            if await work.opinions.get(settled.id) == settled:
                await self._close(work, CLOCKWORK, settled)
                await work.commit()

    async def _close(self, work: Work, actor: Actor, was: Opinion) -> Opinion:
        opinion = was.moved_to(OpinionState.CLOSED, self.clock.now())
        await work.opinions.save(opinion, was)
        if opinion.handle:
            about = f"closed:{opinion.id}:{opinion.version}"
            payload = self.letterhead.closed_letter(opinion)
            await work.outbox.add([letter(self.ids.new(), about, opinion.handle, payload)])
        await self._audit(work, actor, Permission.OPINION_CLOSE, opinion)
        return opinion

    async def _show(self, work: Work, actor: Actor, opinion: Opinion, numbers_shown: bool) -> None:
        """Owe the text to the staffer's private chat, with the moves that are open now."""
        unit = await work.units.get(opinion.unit_id)
        answers = await work.opinions.answers(opinion.id)
        menu = menu_for(actor, await work.units.lineage(opinion.unit_id), opinion)
        buttons = self._offer(actor, opinion, _first(menu, opinion, numbers_shown))
        await work.buttons.add(buttons)
        bearer = (await work.people.get(opinion.bearer_id)).name if opinion.bearer_id else ""
        labels = tuple(label.name for label in await work.labels.on(opinion.id))
        payload = self.letterhead.case_view(
            opinion, unit, answers, buttons, numbers_shown, bearer, labels
        )
        entry = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
        await work.outbox.add([entry])
        await self._show_joined(work, actor, opinion)
        for added in await work.opinions.additions(opinion.id):
            payload = self.letterhead.addition_view(opinion, added, numbers_shown)
            beside = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
            await work.outbox.add([beside])
        await show_matter(work, self.ids, self.letterhead, actor, opinion)
        await show_notes(work, self.ids, self.letterhead, actor, opinion)
        rooms = (self.memory, self.clock, self.ids, self.letterhead, self.times)
        approving = ApproveLetter(*rooms)
        await approving.show(work, actor, opinion)

    async def _show_joined(self, work: Work, actor: Actor, opinion: Opinion) -> None:
        """Which other cases are about the same, by their numbers alone."""
        others = await work.opinions.joined_to(opinion.id)
        if opinion.state is OpinionState.DUPLICATE_OF and opinion.master_id:
            others = (await work.opinions.get(opinion.master_id),)
        if others:
            payload = self.letterhead.joined_view(opinion, others)
            beside = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
            await work.outbox.add([beside])

    def _offer(self, actor: Actor, opinion: Opinion, asked: list[str]) -> tuple[Button, ...]:
        moves = [(move, _said(move, opinion)) for move in asked]
        return case_buttons(self.ids, self.clock, actor, opinion, moves)

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, opinion: Opinion, detail: str = ""
    ) -> None:
        await put_on_record(work, self.clock, actor, action, opinion, detail)


def _first(menu: CaseMenu, opinion: Opinion, numbers_shown: bool) -> list[str]:
    """What stands below a case as it is opened."""
    asked: list[str] = [*menu.usual, *([] if numbers_shown else [NUMBERS])]
    asked += [PICTURES] if opinion.pictures else []
    asked += [POINT] if opinion.has_point else []
    asked += [LISTEN] if opinion.voice else []
    return asked + ([FURTHER] if menu.further else [])


def _said(move: str, opinion: Opinion) -> str:
    """To take what one has already is to wait for the resident no longer."""
    waits = opinion.state is OpinionState.MORE_INFO_ASKED
    return "go_on" if waits and move == Permission.OPINION_TAKE else ""
