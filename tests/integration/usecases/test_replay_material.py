"""What is done about material has one effect, though a process died in the middle.

As in test_replay.py: once cleanly in one office, in the other with a death before the commit and
one after it.
"""

import pytest

from domain.model.material import MaterialKind
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.materials import (
    PDF,
    approve_material,
    begin,
    found_by,
    review,
    say,
    submit,
    written,
)
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.test_replay import Act, Prepare, leave_one_effect


async def begin_one(office: Office) -> Act:
    return lambda cause: office.write_material.start(actor(AN), MaterialKind.TOPIC, cause)


async def say_its_title(office: Office) -> Act:
    about = (actor(AN), (await begin(office)).draft.material_id, "title", "Đường sá")
    return lambda cause: office.write_material.type(*about, cause)


async def add_its_file(office: Office) -> Act:
    screen = await say(office, await begin(office, MaterialKind.HANDOUT), "title", "Đường sá")
    office.gateway.files["p"] = PDF
    about = (actor(AN), screen.draft.material_id, "p", "a.pdf")
    return lambda cause: office.attach_handout.add_file(*about, cause)


async def hand_it_over(office: Office) -> Act:
    screen = await written(office)
    return lambda cause: submit(office, screen, cause)


async def approve_it(office: Office) -> Act:
    await submit(office, await written(office))
    button = press((await review(office)).buttons, "material:approve")
    return lambda cause: office.review_material.approve(actor(BINH), button, cause)


async def send_it_back(office: Office) -> Act:
    await submit(office, await written(office))
    button = press((await review(office)).buttons, "material:return")
    about = (actor(BINH), button.subject, "Sai số.")
    return lambda cause: office.review_material.send_back(*about, cause)


async def take_it_back(office: Office) -> Act:
    await approve_material(office)
    shelf = await found_by(office, person=AN)
    opening = press(shelf.buttons, "material:open")
    view = await office.read_material.open(actor(AN), opening, office.cause())
    asking = press(view.buttons, "material:ask_withdrawal")
    _, (yes,) = await office.withdraw_material.ask(actor(AN), asking, office.cause())
    return lambda cause: office.withdraw_material.withdraw(actor(AN), yes, cause)


async def throw_it_away(office: Office) -> Act:
    button = press((await written(office)).buttons, "material:discard")
    return lambda cause: office.write_material.discard(actor(AN), button, cause)


PLACES: list[Prepare] = [
    begin_one,
    say_its_title,
    add_its_file,
    hand_it_over,
    approve_it,
    send_it_back,
    take_it_back,
    throw_it_away,
]
HELD = "SELECT m.state, m.revision, d.version, d.title FROM material m, material_draft d"


@pytest.mark.parametrize("prepare", PLACES, ids=lambda prepare: prepare.__name__)
async def test_one_update_has_one_effect(
    office: Office, other_office: Office, prepare: Prepare
) -> None:
    await leave_one_effect(office, other_office, prepare)
    assert other_office.sql(HELD) == office.sql(HELD)
