"""An author goes on from what is written: an own draft, a bulletin of before, a starter."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.model.access import Actor, Permission
from domain.model.bulletin import Draft
from domain.model.button import Button, around
from domain.model.imported_bulletin import FiledBulletin
from domain.ports import Cause, Work
from domain.usecases.compose import Compose
from domain.usecases.drafting import Preview, own_bulletin
from domain.usecases.own_buttons import own_buttons

DRAFTS, SENT, SHELF = "pick:drafts", "pick:sent", "pick:shelf"
"""What lies there to go on from, each with a list of its own."""
OPEN, COPY, STARTER = "compose:open", "pick:copy", "pick:starter"
TAKING = {DRAFTS: OPEN, SENT: COPY, SHELF: STARTER}
"""By list, what a press on one of it does."""
TURNING = "_page"
"""What a way to another page of a list is called."""
ON_A_PAGE = 8
Item = tuple[str, str]
"""An id, and what it is called."""


@dataclass(frozen=True, slots=True)
class Pile:
    """A page of what can be gone on from (chồng bản tin)."""

    headings: tuple[tuple[str, Button], ...]
    turning: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class PickBulletin:
    """Going on from what is there (chọn bản tin có sẵn)."""

    compose: Compose

    async def list_drafts(self, actor: Actor, button: Button, cause: Cause | None = None) -> Pile:
        """The author's own that hold words and wait for nobody, the newest first."""
        async with self.compose.memory.begin(cause) as work:
            draft = await _own_draft(work, actor, button)
            first = _page(button) * ON_A_PAGE
            found = await work.bulletins.unfinished(actor.id, first + ON_A_PAGE + 1)
            items = [(one.bulletin_id, one.heading) for one in found[first:]]
            pile = await self._pile(work, actor, draft, button, items)
            await work.commit()
        return pile

    async def list_sent(self, actor: Actor, button: Button, cause: Cause | None = None) -> Pile:
        """What was approved of this unit and all below it, the newest first."""
        async with self.compose.memory.begin(cause) as work:
            draft = await _own_draft(work, actor, button)
            first = _page(button) * ON_A_PAGE
            found = await work.bulletins.to_copy(draft.unit_id, first, ON_A_PAGE + 1)
            items = [(one.revision.id, one.revision.heading) for one in found]
            pile = await self._pile(work, actor, draft, button, items)
            await work.commit()
        return pile

    async def list_shelf(
        self, actor: Actor, button: Button, shelf: Sequence[Item], cause: Cause | None = None
    ) -> Pile:
        """The starters that ship, a page of them."""
        async with self.compose.memory.begin(cause) as work:
            draft = await _own_draft(work, actor, button)
            first = _page(button) * ON_A_PAGE
            items = shelf[first : first + ON_A_PAGE + 1]
            pile = await self._pile(work, actor, draft, button, items)
            await work.commit()
        return pile

    async def copy(self, actor: Actor, button: Button, cause: Cause | None = None) -> Preview:
        """The same words and files in an own draft; where and when it goes is decided anew."""
        async with self.compose.memory.begin() as work:
            old = (await work.bulletins.frozen_text(button.choice)).revision
            lineage = await work.units.lineage(old.unit_id)
            actor.require(Permission.BULLETIN_COMPOSE, lineage)
        return await self.compose.change_by_button(
            actor,
            button,
            cause,
            title=old.title,
            text=old.text,
            marks=old.marks,
            translations=old.translations,
            field=old.field,
            bulletin_class=old.bulletin_class,
            issuing_body=old.issuing_body,
            source=old.source,
            talking_points=old.talking_points,
            attachments=old.attachments,
        )

    async def take_starter(
        self, actor: Actor, button: Button, starter: FiledBulletin, cause: Cause | None = None
    ) -> Preview:
        """A starter's words; the body that issues it stays the unit's own."""
        first, *translations = starter.versions
        return await self.compose.change_by_button(
            actor,
            button,
            cause,
            title=first.title,
            text=first.text,
            marks=first.marks,
            translations=tuple(translations),
            field=starter.field,
            bulletin_class=starter.bulletin_class,
            source=starter.source,
        )

    async def _pile(
        self, work: Work, actor: Actor, draft: Draft, button: Button, items: Sequence[Item]
    ) -> Pile:
        """A page of the list that the button stands for; one item more says that there is more."""
        name, page, mine = button.action.removesuffix(TURNING), _page(button), draft.bulletin_id
        headings: list[tuple[str, Button]] = []
        for item, heading in items[:ON_A_PAGE]:
            about, choice = (item, "") if name == DRAFTS else (mine, item)
            (taking,) = self._offer(actor, draft, [(TAKING[name], choice)], about)
            headings.append((heading, taking))
        asked = around(name + TURNING, page, len(items) > ON_A_PAGE)
        turning = self._offer(actor, draft, asked, mine)
        await work.buttons.add([*(one for _, one in headings), *turning])
        return Pile(tuple(headings), turning)

    def _offer(
        self, actor: Actor, draft: Draft, asked: Sequence[tuple[str, str]], subject: str
    ) -> tuple[Button, ...]:
        return own_buttons(self.compose, actor.id, asked, subject, draft.version)


async def _own_draft(work: Work, actor: Actor, button: Button) -> Draft:
    """The draft that is to be filled, if it is still this author's to write."""
    await own_bulletin(work, actor, button.subject)
    return await work.bulletins.draft(button.subject)


def _page(button: Button) -> int:
    return int(button.choice or 0)
