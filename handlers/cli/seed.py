"""`bot.py seed`: the demo's people, groups and bulletins, in the practice Telegram and in main."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.bulletins import shelf
from content.materials import shelf as material_shelf
from content.units.gazetteer import demo_units
from domain.clock import LOCAL_ZONE, Clock
from domain.ids import Ids
from domain.model.access import OPERATOR, Actor, Grant, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.button import offer
from domain.model.chat import Address, Chat, ChatPurpose
from domain.model.delivery import to_person
from domain.model.unit import Unit
from domain.ports import Memory
from domain.usecases.bind_group import BindGroup, GroupProposal
from domain.usecases.compose import Compose
from domain.usecases.describe_group import LANGUAGE, DescribeGroup
from domain.usecases.manage_access import ManageAccess
from domain.usecases.review import Review
from domain.usecases.review_material import ReviewMaterial
from domain.usecases.submit import Submit
from domain.usecases.write_material import WriteMaterial
from handlers.cli.data_dir import make_practice_token
from handlers.cli.demo import (
    AN,
    BINH,
    BOT_USERNAME,
    CAST,
    FIRST_COMES_AFTER,
    FOR_EVERYBODY,
    HANH,
    RESIDENTS,
    STAFF,
    STAFF_GROUP,
    Character,
    Group,
)
from handlers.cli.doors import BotDoor, OpenGateway
from handlers.cli.offices import as_units, inside
from handlers.cli.practice import Practice, practice_at
from handlers.cli.starter_materials import StarterMaterials
from handlers.cli.starters import Starters
from handlers.cli.terminal import Terminal
from handlers.letterhead import CatalogLetterhead
from handlers.settings import Door, OperatorSettings, reached_at
from handlers.trouble import CannotStart

ISSUED_BY = "31135"
"""The ward whose bulletins the others are."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Making the demo; each part finds what an interrupted start has made (dữ liệu mẫu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    terminal: Terminal
    access: ManageAccess
    gateway: OpenGateway

    async def __call__(self, settings: OperatorSettings) -> None:
        """Make the demo to its end, in a directory that holds nothing else."""
        token = settings.practice_token()
        if token is None:
            await self._require_empty(settings)
            token = make_practice_token(settings.practice_token_path)
        door = Door(token, reached_at(settings.sandbox_bind))
        self.terminal.text("cli.seed_world")
        units = await self._found_offices()
        async with practice_at(door.url) as practice:
            await self._make_world(practice, token, units)
        async with self.gateway(door) as gateway:
            await self._open_office(gateway, units)
        settings.seeded_path.touch()
        self.terminal.text("cli.seed_done", seconds=FIRST_COMES_AFTER.seconds)

    async def _require_empty(self, settings: OperatorSettings) -> None:
        async with self.memory.begin() as work:
            if await work.units.root() is not None:
                raise CannotStart("cli.not_a_practice_directory", path=settings.data_dir)

    async def _found_offices(self) -> dict[str, Unit]:
        # Without quiet hours: the demo speaks at any time of the day.
        units = as_units(demo_units(), None, self.ids, self.terminal.words, quiet_hours=None)
        await self.access.found_offices(OPERATOR, list(units))
        async with self.memory.begin() as work:
            found = [await work.units.by_code(place.code) for place in demo_units()]
        return {unit.code: unit for unit in found if unit is not None}

    async def _make_world(self, practice: Practice, token: str, units: dict[str, Unit]) -> None:
        words = self.terminal.words
        await practice.bot(token, BOT_USERNAME, words.text("cli.demo_bot"))
        for one in CAST:
            await practice.user(one.user_id, one.name, words.text(one.note))
        for group in (*RESIDENTS, STAFF_GROUP):
            members = [member.user_id for member in group.members]
            title = self._title(group, units)
            await practice.group(group.chat_id, title, [HANH.user_id], members, BOT_USERNAME)
        for one in STAFF:
            await practice.start(one.user_id, BOT_USERNAME)

    async def _open_office(self, gateway: BotDoor, units: dict[str, Unit]) -> None:
        self.terminal.text("cli.seed_people")
        people = {one: await self._register(one, units[one.unit_code]) for one in STAFF}
        await self._bind_groups(people[HANH], units, gateway.bot_id)
        self.terminal.text("cli.seed_bulletins")
        letterhead = CatalogLetterhead(self.terminal.words, gateway.deep_link)
        rooms = (self.memory, self.clock, self.ids, letterhead)
        writing = (*rooms, gateway.capabilities)
        starters = Starters(
            Compose(*writing), Submit(*writing), Review(*rooms), people[AN], people[BINH]
        )
        write = WriteMaterial(self.memory, self.clock, self.ids)
        materials = StarterMaterials(write, ReviewMaterial(*rooms), people[AN], people[BINH])
        for material in material_shelf.load():
            await materials.make_ready(material)
        await self._write_bulletins(starters, units)

    def _title(self, group: Group, units: dict[str, Unit]) -> str:
        unit, words = units[group.unit_code], self.terminal.words
        if group is STAFF_GROUP:
            return words.text("cli.demo_staff_group", place=inside(unit.name))
        above = next(one for one in units.values() if one.id == unit.parent_id)
        return words.text("cli.demo_group", place=unit.name, above=inside(above.name))

    async def _register(self, one: Character, unit: Unit) -> Person:
        """The member of staff with this account and role, as if invited and confirmed."""
        async with self.memory.begin() as work:
            known = await work.people.by_account(one.account)
            if known is not None:
                return known
            grants = (Grant(one.role, unit.id),) if one.role else ()
            person = Person(self.ids.new(), one.name, one.account, grants)
            await work.people.add(person)
            now, action = self.clock.now(), Permission.PERSON_CONFIRM
            await work.audit.append(AuditEvent(now, OPERATOR.id, action, person.id, one.role or ""))
            await work.commit()
        return person

    async def _bind_groups(self, by: Person, units: dict[str, Unit], bot_id: int) -> None:
        bind = BindGroup(self.memory, self.clock, self.ids)
        actor = by.actor_on(self.clock.now().astimezone(LOCAL_ZONE).date())
        for group in (*RESIDENTS, STAFF_GROUP):
            address = Address("telegram", bot_id, str(group.chat_id), is_group=True)
            async with self.memory.begin() as work:
                bound = await work.chats.by_address(address)
            if bound is None:
                proposal, decision = self._proposal(group, address, units)
                bound = await bind.bind_group(actor, proposal, decision)
            await self._describe(actor, bound, group.language)

    async def _describe(self, actor: Actor, chat: Chat, language: str) -> None:
        """Say in which language a group gets its bulletins, where that was not said yet."""
        if chat.language == language:
            return
        (button,) = offer(
            self.ids,
            [(LANGUAGE, language)],
            subject=chat.id,
            version=1,
            holder=to_person(actor.id),
            expires_at=self.clock.now(),
        )
        await DescribeGroup(self.memory, self.clock, self.ids).choose(actor, button)

    def _proposal(
        self, group: Group, address: Address, units: dict[str, Unit]
    ) -> tuple[GroupProposal, str]:
        """What is bound, and the community's decision to have it."""
        unit, title = units[group.unit_code], self._title(group, units)
        if group is STAFF_GROUP:
            return GroupProposal(address, title, unit.id, ChatPurpose.STAFF), ""
        decision = self.terminal.words.text("cli.demo_decision", place=inside(unit.name))
        return GroupProposal(address, title, unit.id, ChatPurpose.RESIDENTS), decision

    async def _write_bulletins(self, starters: Starters, units: dict[str, Unit]) -> None:
        for starter in _soonest_last(shelf.load()):
            everybody = starter.id in FOR_EVERYBODY
            audience = units[STAFF_GROUP.unit_code if everybody else ISSUED_BY]
            bulletin = await starters.draft(starter, audience)
            if starter.id == FOR_EVERYBODY[0]:
                await starters.approve_soon(bulletin)
            elif everybody:
                await starters.hand_over(bulletin)


def _soonest_last(starters: Sequence[shelf.StarterBulletin]) -> list[shelf.StarterBulletin]:
    """Those for everybody at the end: what is sent first is approved last."""
    order = [*reversed(FOR_EVERYBODY)]
    return sorted(starters, key=lambda one: order.index(one.id) if one.id in order else -1)
