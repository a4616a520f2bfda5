"""Where a unit demands two approvals, two different people have to agree, and nothing less."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.bulletin import BulletinClass, BulletinState
from domain.model.button import GOOD_FOR, Button
from domain.model.delivery import to_person
from domain.model.review_rule import RuleAbout
from domain.model.unit import Unit
from domain.usecases.set_review_rule import SET, SHOW, RulesPage
from domain.usecases.submit import Submission
from tests.databases import REFUSED
from tests.integration.storage.cast import AN, BINH, CITY, GIANG, HANH, OTHER_WARD, WARD
from tests.integration.usecases.communicators import join
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import approve, submit

LAN = Person("lan", "Lan", "telegram:130", (Grant(Role.APPROVER, WARD.id),))
PRIORITY = BulletinClass.PRIORITY


async def rules(office: Office, unit: Unit = WARD, who: Person = HANH) -> RulesPage:
    until = office.clock.now() + GOOD_FOR
    button = Button(office.ids.new(), SHOW, unit.id, "", 1, to_person(who.id), until)
    return await office.review_rules.show_rules(actor(who), button, office.cause())


async def set_rule(office: Office, choice: str, unit: Unit = WARD, who: Person = HANH) -> RulesPage:
    button = press((await rules(office, unit, who)).buttons, SET, choice)
    return await office.review_rules.set_rule(actor(who), button, office.cause())


async def submit_for_two(office: Office) -> Submission:
    await join(office, LAN)
    await set_rule(office, "uu_tien=2")
    submission = await submit(office, bulletin_class=PRIORITY)
    await office.send_all()
    return submission


async def agree(office: Office, who: Person) -> bool:
    """By the newest card that this person got; whether another has to agree."""
    button = await office.button(private(who), "bulletin:approve")
    agreed = await office.review.approve_bulletin(actor(who), button, office.cause())
    await office.send_all()
    return agreed.waits_for_another


async def test_what_needs_two_is_planned_only_when_the_second_agrees(office: Office) -> None:
    await submit_for_two(office)

    assert await agree(office, BINH)
    assert office.sql("SELECT count(*) FROM broadcast, approval") == [(0,)]
    assert not await agree(office, LAN)
    assert office.sql("SELECT state FROM broadcast") == [("planned",)]


async def test_author_and_first_approver_are_told_at_every_step(office: Office) -> None:
    await submit_for_two(office)
    await agree(office, LAN)
    assert "Lan" in office.gateway.to(private(AN))[-1].markup
    assert "còn chờ một người nữa" in office.gateway.to(private(AN))[-1].markup

    await agree(office, BINH)
    assert "đã duyệt bản tin của anh/chị. Giờ phát" in office.gateway.to(private(AN))[-1].markup
    assert "Bình</b> cũng đã duyệt" in office.gateway.to(private(LAN))[-1].markup


async def test_nobody_is_both_of_the_two(office: Office) -> None:
    await submit_for_two(office)
    await agree(office, BINH)
    assert await office.review.list_waiting(actor(BINH), office.cause()) == ()
    again = await office.button(private(LAN), "bulletin:approve")
    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), again, office.cause())
    assert refused.value.key == "review.approved_already"


async def test_the_author_is_neither_of_the_two(office: Office) -> None:
    await submit_for_two(office)
    both = replace(actor(AN), grants=(Grant(Role.APPROVER, CITY.id), *AN.grants))
    for _ in range(2):
        button = await office.button(private(LAN), "bulletin:approve")
        with pytest.raises(Refusal) as refused:
            await office.review.approve_bulletin(both, button, office.cause())
        assert refused.value.key == "review.self_approval"
        if office.sql("SELECT count(*) FROM first_approval") == [(0,)]:
            await agree(office, BINH)


async def test_the_second_sees_who_agreed_before(office: Office) -> None:
    await submit_for_two(office)
    assert "Chưa ai duyệt" in office.gateway.to(private(LAN))[-1].markup
    await agree(office, BINH)

    (waiting,) = await office.review.list_waiting(actor(LAN), office.cause())
    assert "<b>Bình</b> đã duyệt, còn chờ một người nữa" in waiting.decide.markup


async def test_a_return_voids_the_first_approval_and_says_so(office: Office) -> None:
    submission = await submit_for_two(office)
    await agree(office, BINH)
    revision = submission.frozen.revision
    await office.review.return_bulletin(actor(LAN), revision.id, "Sai giờ.", office.cause())
    await office.send_all()
    assert "không còn hiệu lực" in office.gateway.to(private(BINH))[-1].markup

    await office.submit.submit_bulletin(actor(AN), revision.bulletin_id, office.cause())
    await office.send_all()
    assert await agree(office, LAN)


async def test_an_edit_voids_the_first_approval(office: Office) -> None:
    bulletin_id = (await submit_for_two(office)).frozen.revision.bulletin_id
    await agree(office, BINH)
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text="Khác.")
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await office.send_all()

    assert await agree(office, LAN)


async def test_the_rule_of_the_nearest_unit_counts_and_the_usual_is_one(office: Office) -> None:
    usual = {line.about: line.value for line in (await rules(office)).lines}
    await set_rule(office, "thong_thuong=2", CITY)
    above = (await rules(office)).lines[0]
    await set_rule(office, "thong_thuong=1", WARD)
    nearest = (await rules(office)).lines[0]

    assert [usual[RuleAbout(about)] for about in BulletinClass] == [1, 1, 1]
    assert (above.value, above.set_at) == (2, CITY)
    assert (nearest.value, nearest.set_at) == (1, WARD)
    assert (await rules(office, OTHER_WARD)).lines[0].value == 2


async def test_a_unit_can_follow_the_one_above_again(office: Office) -> None:
    await set_rule(office, "thong_thuong=2", CITY)
    await set_rule(office, "thong_thuong=1", WARD)
    page = await set_rule(office, "thong_thuong=0", WARD)

    assert (page.lines[0].value, page.lines[0].set_at) == (2, CITY)


async def test_what_was_submitted_keeps_the_rule_of_that_time(office: Office) -> None:
    await submit_for_two(office)
    await set_rule(office, "uu_tien=1")

    assert await agree(office, BINH)


async def test_a_rule_that_makes_no_difference_leaves_no_trace_in_the_hash(office: Office) -> None:
    one = (await submit(office)).frozen
    assert "approvals_needed" not in one.written

    two = (await submit_for_two(office)).frozen
    assert '"approvals_needed":2' in two.written


async def test_with_too_few_approvers_it_is_not_submitted_and_says_why(office: Office) -> None:
    await set_rule(office, "thong_thuong=2")
    with pytest.raises(Refusal) as refused:
        await submit(office)

    assert (refused.value.key, refused.value.values["name"]) == ("compose.one_approver", "Bình")
    assert office.sql("SELECT state FROM bulletin") == [(BulletinState.DRAFT,)]


async def test_only_whoever_supervises_the_unit_sets_its_rules(office: Office) -> None:
    for person in (AN, BINH, GIANG):
        with pytest.raises(Forbidden):
            await rules(office, who=person)


async def test_a_rule_is_not_set_on_a_page_that_is_no_longer_true(office: Office) -> None:
    old = press((await rules(office)).buttons, SET, "uu_tien=2")
    await set_rule(office, "thong_thuong=2")
    with pytest.raises(LostRace):
        await office.review_rules.set_rule(actor(HANH), old, office.cause())


async def test_the_database_refuses_a_second_approval_by_the_same_person(office: Office) -> None:
    frozen = (await submit_for_two(office)).frozen
    await agree(office, BINH)
    values = (frozen.revision.id, frozen.hash)
    with pytest.raises(REFUSED, match="two different people"):
        office.sql("INSERT INTO approval VALUES ('a', ?, ?, 'an', 'binh', '2026-11-20')", *values)


async def test_both_approvers_hear_how_it_went(office: Office) -> None:
    await submit_for_two(office)
    await agree(office, LAN)
    await agree(office, BINH)
    await office.go_round()
    await office.send_all()

    for person in (AN, BINH, LAN):
        assert "✅" in office.gateway.to(private(person))[-1].markup
    await approve(office)
