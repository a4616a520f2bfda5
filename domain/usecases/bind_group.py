"""A group or a channel is bound to a unit: decided in private, on the record."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, one_page
from domain.model.chat import Address, Chat, ChatPurpose, ChatState, GroupKind
from domain.model.dialog import Awaited, Dialog
from domain.model.text import has_words, normalised
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import own_buttons

UNITS_ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class GroupProposal:
    """A group that asked to be bound, and what has been said of it so far."""

    address: Address
    title: str
    unit_id: str = ""
    purpose: ChatPurpose | None = None

    @property
    def place(self) -> str:
        """The group, and the topic in it: what a button is about."""
        return f"{self.address.chat}/{self.address.thread}".rstrip("/")

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> "GroupProposal":
        said = json.loads(written)
        purpose = ChatPurpose(said["purpose"]) if said["purpose"] else None
        return cls(Address(**said["address"]), said["title"], said["unit_id"], purpose)


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """To which unit the group belongs: the places, and a button for each."""

    places: tuple[Unit, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class BindGroup:
    """Binding a group (kết nối nhóm)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def propose_group(
        self,
        actor: Actor,
        address: Address,
        title: str,
        cause: Cause | None = None,
        *,
        as_admin: bool = False,
    ) -> PlaceQuestion:
        """Begin: nothing is bound before the supervisor has answered every question.

        A group that has made the bot an administrator is not bound: it would hear all that is
        said there. Of a channel it has to be one.
        """
        _require_no_admin(address, title, as_admin)
        async with self.memory.begin(cause) as work:
            places = await self._places(work, actor)
            bound = await work.chats.by_address(address)
            if bound is not None and bound.state is ChatState.ACTIVE:
                raise Refusal("bind.bound_already", title=title)
            proposal = GroupProposal(address, title)
            await self._keep(work, actor, proposal)
            question = await self._ask_place(work, actor, proposal, places, page=0)
            await work.commit()
        return question

    async def propose_channel(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> PlaceQuestion:
        """The same of a channel that let a bot post, from the card that told of it."""
        channel, bot_id, chat = button.subject.split("/")
        place = Address(channel, int(bot_id), chat, is_group=True, is_channel=True)
        return await self.propose_group(actor, place, button.choice, cause)

    async def turn_page(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> PlaceQuestion:
        async with self.memory.begin(cause) as work:
            proposal = await self._proposed(work, actor, button)
            places = await self._places(work, actor)
            page = int(button.choice)
            question = await self._ask_place(work, actor, proposal, places, page)
            await work.commit()
        return question

    async def choose_unit(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Button, ...]:
        """The unit is chosen; next comes what the group is for, which of a channel is clear."""
        async with self.memory.begin(cause) as work:
            proposal = await self._proposed(work, actor, button)
            actor.require(Permission.CHAT_BIND, await work.units.lineage(button.choice))
            is_channel = proposal.address.is_channel
            purpose = ChatPurpose.RESIDENTS if is_channel else None
            await self._keep(work, actor, replace(proposal, unit_id=button.choice, purpose=purpose))
            asked = [] if is_channel else [("bind:purpose", purpose) for purpose in ChatPurpose]
            buttons = self._buttons(actor, proposal, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return buttons

    async def proposed_place(self, actor: Actor) -> Address | None:
        """The group about which this actor was asked last, as long as it is not bound."""
        async with self.memory.begin() as work:
            try:
                return (await self._proposal(work, actor)).address
            except LostRace:
                return None

    async def choose_purpose(
        self, actor: Actor, button: Button, cause: Cause | None = None, *, as_admin: bool = False
    ) -> Chat | None:
        """A staff group is bound at once; for residents the community's decision is still asked.

        `as_admin` says what the bot is in the group by now, which may have changed.
        """
        purpose = ChatPurpose(button.choice)
        async with self.memory.begin(cause) as work:
            proposal = replace(await self._proposed(work, actor, button), purpose=purpose)
            _require_no_admin(proposal.address, proposal.title, as_admin)
            if purpose is ChatPurpose.STAFF:
                chat = await self._bind(work, actor, proposal, "")
            else:
                chat = None
                await self._keep(work, actor, proposal)
            await work.commit()
        return chat

    async def record_decision(
        self, actor: Actor, decision: str, cause: Cause | None = None, *, as_admin: bool = False
    ) -> Chat:
        """Bind the group with the community's decision to have it, in the supervisor's words."""
        async with self.memory.begin(cause) as work:
            proposal = await self._proposal(work, actor)
            _require_no_admin(proposal.address, proposal.title, as_admin)
            chat = await self._bind(work, actor, proposal, normalised(decision))
            await work.commit()
        return chat

    async def bind_group(self, actor: Actor, proposal: GroupProposal, decision: str) -> Chat:
        """Bind with everything known beforehand."""
        async with self.memory.begin() as work:
            chat = await self._bind(work, actor, proposal, normalised(decision))
            await work.commit()
        return chat

    async def _bind(self, work: Work, actor: Actor, proposal: GroupProposal, decision: str) -> Chat:
        if proposal.purpose is None:
            raise Refusal("bind.choose_first")
        if proposal.purpose is ChatPurpose.RESIDENTS and not has_words(decision):
            raise Refusal("bind.decision_missing")
        actor.require(Permission.CHAT_BIND, await work.units.lineage(proposal.unit_id))
        await self._require_free(work, proposal)
        chat = Chat(
            id=self.ids.new(),
            unit_id=proposal.unit_id,
            purpose=proposal.purpose,
            title=proposal.title,
            address=proposal.address,
            language="vi",
            state=ChatState.ACTIVE,
            decision=decision,
            bound_by=actor.id,
            bound_at=self.clock.now(),
            kind=GroupKind.CHANNEL if proposal.address.is_channel else GroupKind.HAMLET,
        )
        await work.chats.add(chat)
        await work.dialogs.close(actor.id)
        event = AuditEvent(
            self.clock.now(), actor.id, Permission.CHAT_BIND, chat.id, proposal.purpose
        )
        await work.audit.append(event)
        return chat

    async def _require_free(self, work: Work, proposal: GroupProposal) -> None:
        """Refuse a second binding of one topic, and a second purpose within one group."""
        for chat in await work.chats.at(proposal.address):
            if chat.purpose is not proposal.purpose or chat.address == proposal.address:
                raise Refusal("bind.bound_already", title=proposal.title)

    async def _places(self, work: Work, actor: Actor) -> tuple[Unit, ...]:
        """The units to which this actor may bind a group, the own one first."""
        found: dict[str, Unit] = {}
        for unit_id in actor.units_for(Permission.CHAT_BIND):
            found |= {unit.id: unit for unit in await work.units.subtree(unit_id)}
        if not found:
            raise Forbidden("errors.forbidden")
        return tuple(found.values())

    async def _proposal(self, work: Work, actor: Actor) -> GroupProposal:
        dialog = await work.dialogs.of(actor.id)
        if dialog is None or dialog.awaited is not Awaited.GROUP_DECISION:
            raise LostRace("bind.begin_again")
        return GroupProposal.read(dialog.note)

    async def _proposed(self, work: Work, actor: Actor, button: Button) -> GroupProposal:
        """The proposal, if it is about the group that the button was shown for."""
        proposal = await self._proposal(work, actor)
        if button.subject != proposal.place:
            raise LostRace("bind.begin_again")
        return proposal

    async def _keep(self, work: Work, actor: Actor, proposal: GroupProposal) -> None:
        question = Dialog(actor.id, Awaited.GROUP_DECISION, proposal.place, proposal.written())
        await work.dialogs.open(question)

    async def _ask_place(
        self,
        work: Work,
        actor: Actor,
        proposal: GroupProposal,
        places: tuple[Unit, ...],
        page: int,
    ) -> PlaceQuestion:
        ids = [unit.id for unit in places]
        asked = one_page("bind:unit", "bind:page", ids, page, UNITS_ON_A_PAGE)
        buttons = self._buttons(actor, proposal, asked)
        await work.buttons.add(buttons)
        return PlaceQuestion(places, buttons)

    def _buttons(
        self, actor: Actor, proposal: GroupProposal, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, proposal.place)


def _require_no_admin(address: Address, title: str, as_admin: bool) -> None:
    if as_admin and not address.is_channel:
        raise Refusal("bind.not_as_admin", title=title)
