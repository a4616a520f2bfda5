"""Buttons: pressed once, in time, and only on what has not changed since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import LostRace, Refusal
from domain.ids import RandomIds
from domain.model.button import Button, offer, one_page, require_version

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BUTTON = Button("k1", "bulletin:approve", "r1", "", 1, "person:binh", NOW + timedelta(days=7))
CHOICES = [f"u{n}" for n in range(23)]


def test_a_fresh_button_can_be_pressed() -> None:
    BUTTON.require_fresh(BUTTON.expires_at - timedelta(seconds=1))


def test_a_button_cannot_be_pressed_twice() -> None:
    with pytest.raises(LostRace) as refused:
        replace(BUTTON, used_at=NOW).require_fresh(NOW)

    assert refused.value.key == "button.used"


def test_a_button_expires_at_its_time() -> None:
    with pytest.raises(Refusal) as refused:
        BUTTON.require_fresh(BUTTON.expires_at)

    assert refused.value.key == "button.expired"


def test_a_button_does_not_act_on_what_has_changed() -> None:
    require_version(2, 2)
    with pytest.raises(LostRace) as refused:
        require_version(1, 2)

    assert refused.value.key == "button.stale"


def test_offered_buttons_share_all_but_their_names_and_choices() -> None:
    yes, no = offer(
        RandomIds(),
        [("person:confirm", "yes"), ("person:confirm", "no")],
        subject="i1",
        version=3,
        holder="person:hanh",
        expires_at=NOW,
    )

    assert yes.id != no.id
    assert (yes.choice, no.choice) == ("yes", "no")
    assert replace(yes, id="", choice="") == replace(no, id="", choice="")


@given(st.integers(0, 40), st.integers(1, 9))
def test_the_pages_together_show_every_choice_in_order(count: int, size: int) -> None:
    choices = [f"u{n}" for n in range(count)]
    shown: list[str] = []
    page, last = 0, False
    while not last:
        asked = one_page("pick", "turn", choices, page, size)
        shown += [choice for action, choice in asked if action == "pick"]
        last = ("turn", str(page + 1)) not in asked
        page += 1

    assert shown == choices


@pytest.mark.parametrize(
    ("page", "turns"), [(0, ["1"]), (1, ["0", "2"]), (2, ["1"])], ids=["first", "middle", "last"]
)
def test_each_page_leads_to_its_neighbours(page: int, turns: list[str]) -> None:
    asked = one_page("pick", "turn", CHOICES, page, 10)

    assert [choice for action, choice in asked if action == "turn"] == turns
