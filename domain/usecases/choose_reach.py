"""An author says which groups of a place are meant: by kind, language and tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Actor
from domain.model.button import Button
from domain.model.chat import Chat, ChatPurpose, GroupKind
from domain.model.reach import LANGUAGES, Audience, tags_of
from domain.ports import Cause, Work
from domain.usecases.compose import Compose
from domain.usecases.drafting import Preview, own_bulletin, preview_of
from domain.usecases.list_audience import SHOW_DRAFT
from domain.usecases.own_buttons import put_own_buttons

OPEN, TOGGLE = "reach:open", "reach:toggle"
TAGS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class ReachPage:
    """What was chosen, what it comes to, and what else could be (trang chọn nhóm nhận)."""

    preview: Preview
    audience: Audience
    there: int
    """How many groups the place has in all."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ChooseReach:
    """Choosing the groups (chọn nhóm nhận)."""

    compose: Compose

    async def open(self, actor: Actor, button: Button, cause: Cause | None = None) -> ReachPage:
        return await self._show(actor, button.subject, cause)

    async def toggle(self, actor: Actor, button: Button, cause: Cause | None = None) -> ReachPage:
        """This kind, language or tag is meant as well, or no longer."""
        part, _, value = button.choice.partition("=")
        await self.compose.rewrite_by_button(
            actor, button, cause, lambda was: {"reach": was.reach.toggled(part, value)}
        )
        return await self._show(actor, button.subject, None)

    async def _show(self, actor: Actor, bulletin_id: str, cause: Cause | None) -> ReachPage:
        compose = self.compose
        async with compose.memory.begin(cause) as work:
            bulletin = await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            if draft.corrects:
                raise Refusal("correct.same_reach")
            now = compose.clock.now()
            preview = await preview_of(work, compose.letterhead, bulletin, draft, now)
            there = await work.chats.in_subtree(preview.audience.id, ChatPurpose.RESIDENTS)
            asked = [(TOGGLE, choice) for choice in self._choices(preview, there)]
            asked += [(SHOW_DRAFT, "0"), ("compose:open", "")]
            buttons = await self._offer(work, actor, preview, asked)
            await work.commit()
        audience = Audience.of(preview.chats, preview.left_out)
        return ReachPage(preview, audience, len(there), buttons)

    def _choices(self, preview: Preview, there: Sequence[Chat]) -> list[str]:
        """What the groups there differ by, and whatever was chosen before."""
        reach = preview.draft.reach
        kinds = {chat.kind for chat in there} | set(reach.kinds)
        languages = {chat.language for chat in there} | set(reach.languages)
        tags = [*reach.tags, *(tag for tag in tags_of(there) if tag not in reach.tags)]
        return [
            *(f"kinds={kind}" for kind in GroupKind if kind in kinds),
            *(f"languages={language}" for language in LANGUAGES if language in languages),
            *(f"tags={tag}" for tag in tags[:TAGS_OFFERED]),
        ]

    async def _offer(
        self, work: Work, actor: Actor, preview: Preview, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return await put_own_buttons(
            work, self.compose, actor.id, asked, preview.draft.bulletin_id, preview.draft.version
        )
