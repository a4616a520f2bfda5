"""The door to a bulletin's audience: which groups are meant, and all of them by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.chat import GroupLine
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.choose_reach import OPEN, TOGGLE, ChooseReach, ReachPage
from domain.usecases.list_audience import (
    SHOW_DRAFT,
    SHOW_FROZEN,
    TURNED,
    AudiencePage,
    ListAudience,
)
from handlers.audiences import languages_said, left_out_named, reach_said
from handlers.faces import capitalised, label, paired, shortened
from handlers.rosters import LONGEST_TITLE
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class AudienceDoor:
    """Choosing and seeing the audience in the chat (đối tượng nhận)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            OPEN: self.open,
            TOGGLE: self.toggle,
            SHOW_DRAFT: self.list_of_draft,
            SHOW_FROZEN: self.list_of_revision,
        }

    async def open(self, turn: Turn, button: Button) -> None:
        """A message of its own: the draft above it stays in sight."""
        page = await self._choosing.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.show(turn, self._chosen(page), self._rows(page))

    async def toggle(self, turn: Turn, button: Button) -> None:
        page = await self._choosing.toggle(turn.actor, button, turn.cause)
        await self.speak.turn_page(turn, self._chosen(page), self._rows(page))

    async def list_of_draft(self, turn: Turn, button: Button) -> None:
        page = await self._listing.list_of_draft(turn.actor, button, turn.cause)
        await self._show(turn, button, page)

    async def list_of_revision(self, turn: Turn, button: Button) -> None:
        page = await self._listing.list_of_revision(turn.actor, button, turn.cause)
        await self._show(turn, button, page)

    async def _show(self, turn: Turn, button: Button, page: AudiencePage) -> None:
        """Below a card by itself; else in place of the page before."""
        words = self.rooms.words
        rows = paired(ButtonFace(label(words, one), press=one.id) for one in page.buttons)
        if button.action == SHOW_FROZEN and button.version != TURNED:
            await self.rooms.gateway.acknowledge(turn.press_id)
            await self.speak.show(turn, self._listed(page), rows)
        else:
            await self.speak.turn_page(turn, self._listed(page), rows)

    def _listed(self, page: AudiencePage) -> Markup:
        words, audience = self.rooms.words, page.audience
        lines = [words.html("reach.list", count=audience.count)]
        lines += [
            Markup("{}. {}").format(n, shortened(chat.title, LONGEST_TITLE))
            for n, chat in enumerate(audience.chats, start=page.first)
        ]
        if audience.count:
            written = {version.language for version in page.one.versions}
            spoken = languages_said(words, audience.languages, written)
            lines += [Markup(""), words.html("reach.languages", languages=spoken)]
        return Markup("\n").join([*lines, *self._left_out(audience.left_out)])

    def _left_out(self, lost: Sequence[GroupLine]) -> list[Markup]:
        if not lost:
            return []
        words = self.rooms.words
        lines = [words.html("reach.left_out", count=len(lost))]
        lines.append(left_out_named(words, lost[:LOST_NAMED]))
        if len(lost) > LOST_NAMED:
            lines.append(words.html("review.more_groups", count=len(lost) - LOST_NAMED))
        return lines

    def _chosen(self, page: ReachPage) -> Markup:
        """What was chosen, how many groups that comes to, and what to do if it is none."""
        words, draft = self.rooms.words, page.preview.draft
        everybody = words.text("reach.everybody")
        written = {version.language for version in draft.versions}
        lines = [
            words.html(
                "reach.ask",
                place=page.preview.audience.name,
                reach=reach_said(words, draft.reach) or everybody,
                count=page.audience.count,
                there=page.there,
            )
        ]
        if page.audience.count:
            spoken = languages_said(words, page.audience.languages, written)
            lines.append(words.html("reach.languages", languages=spoken))
        else:
            lines.append(words.html("reach.nobody" if page.there else "bulletin.no_chats"))
        return Markup("\n").join([*lines, *self._left_out(page.audience.left_out)])

    def _rows(self, page: ReachPage) -> ButtonRows:
        return paired(ButtonFace(self._label(page, one), press=one.id) for one in page.buttons)

    def _label(self, page: ReachPage, button: Button) -> str:
        """A tick before whatever is chosen."""
        words, reach = self.rooms.words, page.preview.draft.reach
        if button.action != TOGGLE:
            name = "button.reach_done" if button.action == "compose:open" else ""
            return words.text(name) if name else label(words, button)
        part, _, value = button.choice.partition("=")
        said = {
            "kinds": f"group_kind.{value}",
            "languages": f"group_language.{value}",
        }.get(part)
        name = capitalised(words.text(said)) if said else f"#{value}"
        chosen = value in (*reach.kinds, *reach.languages, *reach.tags)
        return f"✅ {name}" if chosen else name

    @property
    def _choosing(self) -> ChooseReach:
        return ChooseReach(self.rooms.compose)

    @property
    def _listing(self) -> ListAudience:
        rooms = self.rooms
        return ListAudience(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)
