"""Ten thousand misshapen updates, or as many as FUZZ says: the process goes on, and every chat.

FUZZ=1000000 HYPOTHESIS_PROFILE=long .venv/bin/python -m pytest \\
    tests/integration/telegram/test_fuzz.py
"""

import json
import logging
import os
import random
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.telegram.updates import TelegramUpdates, kept
from handlers.telegram import pump
from tests.integration.storage.cast import GROUP, HANH
from tests.integration.telegram.house import House, Json, edits, offline_bot, presses, says
from tests.integration.telegram.test_standing import changes, moves
from tests.integration.usecases.office import private

UPDATES = int(os.environ.get("FUZZ", "10000"))
AT_ONCE = 400
"""Updates in one example."""
CHATS = [*range(7_000_001, 7_000_041), int(private(HANH)), int(GROUP.address.chat)]
NUMBERS = count(1_000_000)
NONSENSE: list[Any] = [
    None, True, -1, 0, 2**70, 1.5, "", "x", "\ud83d", "\u0000", "<b>", "ạ" * 5000, [], {}, [[]],
    {"id": []}, [{"type": "bot_command", "offset": 0, "length": 10**9}], "2026-11-20", 10**15,
]  # fmt: skip


def healthy(dice: random.Random) -> Json:
    """Something that Telegram might have sent."""
    account = dice.choice(CHATS)
    words = dice.choice(
        ["/start", "/gopy x", "/xem", "/ketnoi", "/tracuu HC-AAAAA-AAAAA", "Đèn hư"]
    )
    kinds = [
        lambda: says(words, account),
        lambda: says(words, account, chat={"id": CHATS[-1], "type": "supergroup", "title": "x"}),
        lambda: edits(words, account),
        lambda: presses(dice.choice(["", "x", "id1"]), account),
        lambda: changes(dice.choice(["left", "member"]), dice.choice(["kicked", "administrator"])),
        lambda: moves(CHATS[-1], migrate_to_chat_id=dice.choice(CHATS)),
    ]
    return deepcopy(dice.choice(kinds)())


def misshapen(dice: random.Random) -> Json:
    """A healthy one, with a few of its parts torn out or replaced."""
    update = healthy(dice)
    for _ in range(dice.randint(1, 3)):
        place, key = dice.choice(list(parts(update)))
        if dice.random() < 0.3:
            place.pop(key)
        else:
            place[key] = deepcopy(dice.choice(NONSENSE))
        if not update:
            break
    return update | {"update_id": next(NUMBERS)}


def parts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in it that can be torn out."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from parts(value[key])


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """Thousands of tracebacks would take longer to write than all the rest."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def kind() -> str:
    """On one kind of database: this is about reading and leading, not about storing."""
    return "sqlite"


# One house for all examples: what an earlier one left there is part of the trouble.
@settings(
    max_examples=max(1, UPDATES // AT_ONCE),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32))
async def test_no_update_ends_the_process_or_blocks_its_chat(house: House, seed: int) -> None:
    dice = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pump, "PAUSE", 0.0)
        bodies = [json.dumps(misshapen(dice)).encode() for _ in range(AT_ONCE)]
        read = [house.rooms.updates.read(body) for body in bodies]
        await house.inlet.keep([one for one in read if one is not None])
        await house.handle_all()

    assert (await house.office.inbox.counts())["waiting"] == 0
    before = len(house.said_to(CHATS[0]))
    await house.hears(says("/trogiup", CHATS[0], next(NUMBERS)))
    assert len(house.said_to(CHATS[0])) == before + 1


@pytest.mark.parametrize("polled", [False, True])
def test_no_update_stops_the_way_in(polled: bool) -> None:
    """Before it is stored nothing catches what goes wrong, but for what is no update at all."""
    updates, dice = TelegramUpdates(offline_bot()), random.Random(UPDATES)
    refused = 0
    for _ in range(UPDATES // 2):
        update = misshapen(dice)
        if polled:
            assert len(kept([update], updates._is_addressed)) == 1
        else:
            try:
                updates.read(json.dumps(update).encode())
            except ValueError:
                refused += 1

    assert refused == 0, "each has a number"
