"""A group is bound by a supervisor, with its community's decision, to a place of theirs."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.button import Button
from domain.model.chat import Address, Chat, ChatPurpose
from domain.usecases.bind_group import GroupProposal
from tests.integration.storage.cast import (
    AN,
    BOT,
    CHI,
    GIANG,
    GROUP,
    HANH,
    OTHER_WARD,
    QUARTER,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.story import approve

HAMLET = Address("telegram", BOT, "-1009", is_group=True)
MARKET = Address("telegram", BOT, "-1010", is_group=True)
DECISION = "Họp dân ngày 12/10/2026, 58/60 hộ đồng ý."


async def propose(office: Office, address: Address = HAMLET) -> tuple[Button, ...]:
    asked = await office.binding.propose_group(actor(HANH), address, "Ấp 1", office.cause())
    return asked.buttons


async def choose(office: Office, buttons: tuple[Button, ...], purpose: str) -> Chat | None:
    """The place, then what the group is for."""
    place = press(buttons, "bind:unit", WARD.id)
    asked = await office.binding.choose_unit(actor(HANH), place, office.cause())
    chosen = press(asked, "bind:purpose", purpose)
    return await office.binding.choose_purpose(actor(HANH), chosen, office.cause())


async def bound(office: Office, address: Address = HAMLET) -> Chat | None:
    async with office.memory.begin() as work:
        return await work.chats.by_address(address)


async def test_a_residents_group_waits_for_the_communitys_decision(office: Office) -> None:
    assert await choose(office, await propose(office), "residents") is None

    assert await bound(office) is None


async def test_a_group_is_bound_with_the_decision_in_the_supervisors_words(
    office: Office,
) -> None:
    await choose(office, await propose(office), "residents")
    chat = await office.binding.record_decision(actor(HANH), DECISION, office.cause())

    assert await bound(office) == chat
    assert (chat.unit_id, chat.decision, chat.bound_by) == (WARD.id, DECISION, HANH.id)


async def test_a_bound_group_gets_the_next_broadcast(office: Office) -> None:
    await choose(office, await propose(office), "residents")
    await office.binding.record_decision(actor(HANH), DECISION, office.cause())
    await approve(office)
    await office.go_round()

    assert len(office.gateway.to(HAMLET.chat)) == 1


async def test_a_staff_group_needs_no_decision(office: Office) -> None:
    chat = await choose(office, await propose(office), "staff")

    assert chat is not None
    assert chat.purpose is ChatPurpose.STAFF


@pytest.mark.parametrize("decision", ["", "  ", "\u200b"])
async def test_a_residents_group_is_not_bound_without_a_decision(
    office: Office, decision: str
) -> None:
    proposal = GroupProposal(HAMLET, "Ấp 1", WARD.id, ChatPurpose.RESIDENTS)

    with pytest.raises(Refusal) as refused:
        await office.binding.bind_group(actor(HANH), proposal, decision)
    assert refused.value.key == "bind.decision_missing"


@pytest.mark.parametrize("person", [AN, GIANG, CHI], ids=lambda person: person.name)
async def test_only_a_supervisor_binds(office: Office, person: Person) -> None:
    with pytest.raises(Forbidden):
        await office.binding.propose_group(actor(person), HAMLET, "Ấp 1", office.cause())


async def test_a_bound_group_is_not_bound_again(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await propose(office, GROUP.address)
    assert refused.value.key == "bind.bound_already"


@pytest.mark.parametrize(
    ("address", "purpose"),
    [
        (GROUP.address, ChatPurpose.RESIDENTS),
        (replace(GROUP.address, thread="5"), ChatPurpose.STAFF),
        (replace(STAFF_GROUP.address, thread="5"), ChatPurpose.RESIDENTS),
    ],
)
async def test_what_was_bound_meanwhile_is_refused_at_the_last_step(
    office: Office, address: Address, purpose: ChatPurpose
) -> None:
    proposal = GroupProposal(address, "Ấp 1", WARD.id, purpose)

    with pytest.raises(Refusal) as refused:
        await office.binding.bind_group(actor(HANH), proposal, DECISION)
    assert refused.value.key == "bind.bound_already"


async def test_two_topics_of_a_group_may_serve_one_purpose(office: Office) -> None:
    topic = replace(STAFF_GROUP.address, thread="5")
    proposal = GroupProposal(topic, "Ấp 1", QUARTER.id, ChatPurpose.STAFF)

    assert (await office.binding.bind_group(actor(HANH), proposal, "")).address == topic


async def test_all_places_of_the_supervisor_are_offered(office: Office) -> None:
    places = [b.choice for b in await propose(office) if b.action == "bind:unit"]

    assert sorted(places) == ["cr", "ct", "kv", "nk"]


async def test_the_place_comes_before_the_purpose(office: Office) -> None:
    await propose(office)

    with pytest.raises(Refusal) as refused:
        await office.binding.record_decision(actor(HANH), DECISION, office.cause())
    assert refused.value.key == "bind.choose_first"


async def test_a_button_about_one_group_does_not_place_another(office: Office) -> None:
    hamlets = await propose(office)
    await propose(office, MARKET)

    with pytest.raises(LostRace) as refused:
        await choose(office, hamlets, "residents")
    assert refused.value.key == "bind.begin_again"


async def test_a_lost_group_can_be_bound_anew(office: Office) -> None:
    async with office.memory.begin() as work:
        await work.chats.lose(GROUP.id)
        await work.commit()
    proposal = GroupProposal(GROUP.address, "Ấp 1", QUARTER.id, ChatPurpose.RESIDENTS)
    chat = await office.binding.bind_group(actor(HANH), proposal, DECISION)

    assert chat.id != GROUP.id
    assert await bound(office, GROUP.address) == chat


async def test_a_place_out_of_reach_cannot_be_chosen(office: Office) -> None:
    proposal = GroupProposal(HAMLET, "Ấp 1", WARD.id, ChatPurpose.RESIDENTS)
    neighbour = type(actor(CHI))("chi", actor(CHI).grants)

    with pytest.raises(Forbidden):
        await office.binding.bind_group(neighbour, proposal, DECISION)
    assert OTHER_WARD.id in [grant.unit_id for grant in neighbour.grants]
