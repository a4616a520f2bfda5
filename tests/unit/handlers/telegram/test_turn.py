"""What follows a command, however it was typed."""

import pytest

from domain.model.access import RESIDENT
from domain.model.chat import Address
from domain.model.resident import Known
from domain.ports import Cause
from handlers.telegram.turn import Turn

EM = Address("telegram", 42, "1001")


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        ("/gopy Cầu Cái Sơn hư.", "Cầu Cái Sơn hư."),
        ("/gopy\nCầu Cái Sơn hư.", "Cầu Cái Sơn hư."),
        ("/tracuu  HC-7K3MQ-9TD4W ", "HC-7K3MQ-9TD4W"),
        ("/gopy", ""),
    ],
)
def test_no_word_after_a_command_is_lost(typed: str, arguments: str) -> None:
    turn = Turn(
        cause=Cause(42, 1),
        handle="h1",
        who=EM,
        chat=EM,
        chat_title="",
        message_id="1",
        text=typed,
        edited_at=0,
        person=None,
        actor=RESIDENT,
        faceless=False,
        known=Known(),
    )
    assert turn.arguments == arguments
