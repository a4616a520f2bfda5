"""One call of one bot, as a method sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from channels.telegram.sandbox.params import Params
from channels.telegram.sandbox.records import Bot
from channels.telegram.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Call:
    """Which bot calls what, with which parameters."""

    sandbox: Sandbox
    bot: Bot
    method: str
    params: Params


Method = Callable[[Call], Any]
