"""A supervisor sees a unit's groups, and says whose each is, its language and its tags."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, around
from domain.model.chat import Chat, ChatPurpose, GroupKind, GroupLine
from domain.model.dialog import Awaited, Dialog
from domain.model.reach import LANGUAGES, read_tags
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

LIST, SHOW = "group:list", "group:show"
ASK_KIND, KIND = "group:ask_kind", "group:kind"
ASK_LANGUAGE, LANGUAGE = "group:ask_language", "group:language"
ASK_TAGS, NO_TAGS = "group:ask_tags", "group:no_tags"
UNIT = "staff:unit"
"""Answered by keep_people.py."""
ON_A_PAGE = 8
DESCRIBE = Permission.CHAT_DESCRIBE
CHOICES: dict[str, list[tuple[str, str]]] = {
    ASK_KIND: [(KIND, kind) for kind in GroupKind if kind is not GroupKind.CHANNEL],
    ASK_LANGUAGE: [(LANGUAGE, language) for language in LANGUAGES],
    ASK_TAGS: [(NO_TAGS, "")],
}
"""What can be pressed in answer to each question."""


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Some of a unit's groups (nhóm của đơn vị)."""

    unit: Unit
    lines: tuple[GroupLine, ...]
    count: int
    """How many there are in all."""
    page: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group, or a question about it (trang một nhóm)."""

    chat: Chat
    unit: Unit
    line: GroupLine
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class DescribeGroup:
    """Describing groups (mô tả nhóm)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_groups(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> GroupsPage:
        """A page of the groups of a unit and all below it, lost ones last."""
        page = int(button.choice or 0)
        async with self.memory.begin(cause) as work:
            actor.require(DESCRIBE, await work.units.lineage(button.subject))
            unit = await work.units.get(button.subject)
            count = await work.chats.roll_length(unit.id)
            lines = await work.chats.roll(unit.id, page * ON_A_PAGE, ON_A_PAGE)
            asked = [(SHOW, line.chat.id) for line in lines]
            asked += around(LIST, page, (page + 1) * ON_A_PAGE < count)
            buttons = await put_own_buttons(
                work, self, actor.id, [*asked, (UNIT, unit.id)], unit.id
            )
            await work.commit()
        return GroupsPage(unit, lines, count, page, buttons)

    async def show_group(
        self, actor: Actor, chat_id: str, cause: Cause | None = None, home: str = ""
    ) -> GroupPage:
        """`home` is the unit in whose list it was found, to which the way back leads."""
        async with self.memory.begin(cause) as work:
            chat = await self._theirs(work, actor, chat_id)
            page = await self._page(work, actor, chat, home)
            await work.commit()
        return page

    async def ask(self, actor: Actor, button: Button, cause: Cause | None = None) -> GroupPage:
        """Ask for one thing about a group: by buttons, or by the next plain message."""
        async with self.memory.begin(cause) as work:
            chat_id, home = _apart(button.subject)
            chat = await self._theirs(work, actor, chat_id)
            if button.action == ASK_TAGS:
                await work.dialogs.open(Dialog(actor.id, Awaited.GROUP_TAGS, chat.id, home))
            page = await self._page(work, actor, chat, home, CHOICES[button.action])
            await work.commit()
        return page

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> GroupPage:
        """Its kind or its language, or that it has no tags."""
        async with self.memory.begin(cause) as work:
            chat_id, home = _apart(button.subject)
            was = await self._theirs(work, actor, chat_id)
            match button.action:
                case "group:kind":
                    _require_fits(was, GroupKind(button.choice))
                    chat = replace(was, kind=GroupKind(button.choice))
                case "group:language":
                    chat = replace(was, language=button.choice)
                case _:
                    chat = replace(was, tags=())
            page = await self._described(work, actor, chat, home)
            await work.commit()
        return page

    async def set_tags(
        self,
        actor: Actor,
        chat_id: str,
        typed: str,
        cause: Cause | None = None,
        home: str = "",
    ) -> GroupPage:
        """These tags in place of those that it had."""
        tags = read_tags(typed)
        if not tags:
            raise Refusal("groups.no_tag_typed")
        async with self.memory.begin(cause) as work:
            chat = replace(await self._theirs(work, actor, chat_id), tags=tags)
            page = await self._described(work, actor, chat, home)
            await work.commit()
        return page

    async def _described(self, work: Work, actor: Actor, chat: Chat, home: str) -> GroupPage:
        await work.chats.describe(chat)
        await work.dialogs.close(actor.id)
        detail = f"kind={chat.kind} language={chat.language} tags={','.join(chat.tags)}"
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, DESCRIBE, chat.id, detail))
        return await self._page(work, actor, chat, home)

    async def _page(
        self,
        work: Work,
        actor: Actor,
        chat: Chat,
        home: str,
        asked: Sequence[tuple[str, str]] = (),
    ) -> GroupPage:
        above = (await work.units.lineage(chat.unit_id)).unit_ids
        home = home if home in above else chat.unit_id
        # Whose a channel is, is settled: it is a channel.
        kind = [] if chat.address.is_channel else [(ASK_KIND, "")]
        ways = asked or [*kind, (ASK_LANGUAGE, ""), (ASK_TAGS, "")]
        back = [(SHOW, chat.id)] if asked else [(LIST, "0")]
        buttons = await put_own_buttons(work, self, actor.id, ways, f"{chat.id}/{home}")
        buttons += await put_own_buttons(work, self, actor.id, back, home)
        line = await work.chats.line(chat.id)
        return GroupPage(chat, await work.units.get(chat.unit_id), line, buttons)

    async def _theirs(self, work: Work, actor: Actor, chat_id: str) -> Chat:
        chat = await work.chats.get(chat_id)
        actor.require(DESCRIBE, await work.units.lineage(chat.unit_id))
        if chat.purpose is not ChatPurpose.RESIDENTS:
            raise Refusal("groups.staff_group")
        return chat


def _apart(subject: str) -> tuple[str, str]:
    """A group, and the unit in whose list it was found."""
    chat_id, _, home = subject.partition("/")
    return chat_id, home


def _require_fits(chat: Chat, kind: GroupKind) -> None:
    """A channel is called one, and nothing else is: what goes to channels goes to all of them."""
    if chat.address.is_channel is not (kind is GroupKind.CHANNEL):
        raise LostRace("button.stale")
