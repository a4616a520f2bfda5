"""The form is changed in the chat, one version at a time, and nothing logged is lost by it."""

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Actor, Grant, Role
from domain.model.form import FIRST_FORM
from domain.usecases.change_form import FormView
from tests.integration.storage.cast import AN, HANH, WARD
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.sessions import DUNG_ACTS, HANH_ACTS, fill, hand_in, submit

OWN = "Loa có nghe rõ không?\n- Rõ\n- Không rõ"


@pytest.fixture(autouse=True)
async def dung(office: Office) -> None:
    await join(office, DUNG)


async def change(office: Office, key: str, how: str) -> FormView:
    view = await office.change_form.show_form(HANH_ACTS, office.cause())
    opened = press(view.buttons, "form:open", key)
    view = await office.change_form.show_field(HANH_ACTS, opened, office.cause())
    button = press(view.buttons, "form:change", f"{key}:{how}")
    return await office.change_form.change_field(HANH_ACTS, button, office.cause())


async def test_a_field_that_was_hidden_is_not_asked_in_the_next_session(office: Office) -> None:
    await change(office, "place", "hide")
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert "place" not in [one.key for one in screen.session.missing(screen.form)]


async def test_what_becomes_required_is_asked(office: Office) -> None:
    view = await change(office, "households", "require")
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert view.form.version == 2
    assert "households" in [one.key for one in screen.session.missing(screen.form)]


@pytest.mark.parametrize("key", ["bulletin", "questions"])
async def test_what_may_have_no_answer_is_not_offered_as_required(office: Office, key: str) -> None:
    view = await office.change_form.show_form(HANH_ACTS, office.cause())
    opened = press(view.buttons, "form:open", key)
    view = await office.change_form.show_field(HANH_ACTS, opened, office.cause())

    assert pick(view.buttons, "form:change", f"{key}:require") is None
    assert pick(view.buttons, "form:change", f"{key}:hide")


async def test_what_stands_first_is_asked_first(office: Office) -> None:
    for _ in range(len(FIRST_FORM.fields)):
        await change(office, "people", "up")
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    assert screen.asked is not None
    assert screen.asked.key == "people"


async def test_an_own_field_is_asked_and_its_answer_kept(office: Office) -> None:
    await office.change_form.ask_field(HANH_ACTS, office.cause())
    added = (await office.change_form.add_field(HANH_ACTS, OWN, office.cause())).field
    assert added is not None
    handed = await submit(office, DUNG_ACTS, **{added.key: "Không rõ"})

    async with office.file.begin() as work:
        kept = await work.sessions.get(handed.session.id)
    assert kept.answers[added.key] == "Không rõ"
    assert kept.form_version == 2


async def test_a_draft_goes_on_under_the_form_it_was_begun_with_and_says_so(
    office: Office,
) -> None:
    screen = await fill(office)
    await change(office, "households", "require")
    screen = await office.log_session.open_session(DUNG_ACTS, screen.session.id, office.cause())

    assert (screen.form.version, screen.is_older_form) == (1, True)
    assert (await hand_in(office, screen)).session.form_version == 1


async def test_an_old_session_stays_readable_under_its_own_version(office: Office) -> None:
    session = (await submit(office, proposals="Cần thêm loa.")).session
    await change(office, "proposals", "hide")
    screen = await office.log_session.open_session(DUNG_ACTS, session.id, office.cause())

    assert "proposals" in {one.key for one in screen.form.shown}
    assert screen.session.answers["proposals"] == "Cần thêm loa."


async def test_every_version_is_kept(office: Office) -> None:
    await change(office, "proposals", "hide")
    await change(office, "proposals", "show")
    async with office.file.begin() as work:
        forms = [await work.forms.get(version) for version in (1, 2, 3)]

    hidden = [next(f for f in form.fields if f.key == "proposals").is_hidden for form in forms]
    assert hidden == [False, True, False]


async def test_of_two_who_change_it_the_second_is_told(office: Office) -> None:
    view = await office.change_form.show_form(HANH_ACTS, office.cause())
    await change(office, "proposals", "hide")

    with pytest.raises(LostRace, match="stale"):
        await office.change_form.show_field(
            HANH_ACTS, press(view.buttons, "form:open", "people"), office.cause()
        )


@pytest.mark.parametrize(
    "stranger",
    [DUNG_ACTS, actor(AN), Actor("x", (Grant(Role.SUPERVISOR, WARD.id),))],
    ids=["a communicator", "an author", "a ward's supervisor"],
)
async def test_only_from_the_top_is_the_form_changed(office: Office, stranger: Actor) -> None:
    for act in (office.change_form.show_form, office.change_form.ask_field):
        with pytest.raises(Forbidden):
            await act(stranger, office.cause())
    with pytest.raises(Forbidden):
        await office.change_form.add_field(stranger, OWN, office.cause())


async def test_a_field_that_cannot_be_asked_changes_nothing(office: Office) -> None:
    with pytest.raises(Refusal, match="wrong_choices"):
        await office.change_form.add_field(HANH_ACTS, "Có loa không?\n- Có", office.cause())

    assert office.sql("SELECT count(*) FROM session_form") == [(0,)]


async def test_the_record_names_who_changed_what(office: Office) -> None:
    await change(office, "proposals", "hide")

    last = (await office.record())[-1].event
    assert (last.actor_id, last.action, last.subject) == (HANH.id, "form:change", "form:2")
    assert last.detail == "proposals:hide"


async def test_what_the_figures_need_offers_no_way_to_hide_it(office: Office) -> None:
    view = await office.change_form.show_form(HANH_ACTS, office.cause())
    opened = press(view.buttons, "form:open", "people")
    view = await office.change_form.show_field(HANH_ACTS, opened, office.cause())

    assert {button.choice for button in view.buttons} == {"people:up", "people:down", ""}
