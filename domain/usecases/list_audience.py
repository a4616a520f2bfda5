"""Every group that a bulletin goes to, by name, a page at a time: before approval and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.bulletin import Draft, Revision
from domain.model.button import Button, around
from domain.model.reach import Audience
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.decisions import SHOW_GROUPS, audience_of
from domain.usecases.drafting import own_bulletin, preview_of
from domain.usecases.own_buttons import put_own_buttons

SHOW_DRAFT, SHOW_FROZEN = "audience:draft", SHOW_GROUPS
TURNED = 0
"""The version of buttons on such a page, by which a card's own are told from them."""
ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """Some of the groups, and all of them counted (trang nhóm nhận)."""

    one: Draft | Revision
    audience: Audience
    """Its groups are those of this page."""
    first: int
    """Which of them all comes first here, counted from 1."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ListAudience:
    """Looking at the audience (xem nhóm nhận)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_of_draft(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> AudiencePage:
        """As the draft stands now; only its author sees it."""
        async with self.memory.begin(cause) as work:
            bulletin = await own_bulletin(work, actor, button.subject)
            draft = await work.bulletins.draft(bulletin.id)
            now = self.clock.now()
            preview = await preview_of(work, self.letterhead, bulletin, draft, now)
            whole = Audience.of(preview.chats, preview.left_out)
            begin = int(button.choice) * ON_A_PAGE
            shown = replace(whole, chats=whole.chats[begin : begin + ON_A_PAGE])
            ways = [("reach:open", "")] if not draft.corrects else [("compose:open", "")]
            page = await self._page(work, actor, button, draft, shown, ways)
            await work.commit()
        return page

    async def list_of_revision(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> AudiencePage:
        """As it was frozen, for whoever may read the bulletin."""
        async with self.memory.begin(cause) as work:
            frozen = await work.bulletins.frozen_text(button.subject)
            unit_id = frozen.revision.unit_id
            actor.require(Permission.BULLETIN_READ, await work.units.lineage(unit_id))
            begin = int(button.choice) * ON_A_PAGE
            shown = await audience_of(work, frozen, ON_A_PAGE, begin)
            page = await self._page(work, actor, button, frozen.revision, shown, ())
            await work.commit()
        return page

    async def _page(
        self,
        work: Work,
        actor: Actor,
        button: Button,
        one: Draft | Revision,
        shown: Audience,
        ways: Sequence[tuple[str, str]],
    ) -> AudiencePage:
        number = int(button.choice)
        is_more = (number + 1) * ON_A_PAGE < shown.count
        buttons = await put_own_buttons(
            work,
            self,
            actor.id,
            [*around(button.action, number, is_more), *ways],
            button.subject,
            TURNED,
        )
        return AudiencePage(one, shown, number * ON_A_PAGE + 1, buttons)
