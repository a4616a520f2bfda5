"""What the other rooms' doors say when they will not open, as a sentence with a way out."""

from collections.abc import Callable

from domain.errors import CredentialsRefused, Refusal
from handlers.cli.terminal import Terminal
from handlers.trouble import WRONG, CannotStart, CannotStartNow

Explain = Callable[[Exception], CannotStart | None]

PASSING = frozenset({"locked", "full", "unreachable"})
"""Reasons that may be gone at the next try."""


def explained(
    error: Exception, storage: type[Exception], channel: type[Exception]
) -> CannotStart | None:
    """The trouble, whose classes the front door knows; None for a fault of our own."""
    reason = str(getattr(error, "reason", ""))
    kind = CannotStartNow if reason in PASSING else CannotStart
    if isinstance(error, CannotStart):
        return error
    if isinstance(error, storage):
        return kind(f"cli.storage_{reason}", path=getattr(error, "path", ""))
    if isinstance(error, channel):
        return kind(f"cli.gateway_{reason}")
    if isinstance(error, CredentialsRefused):
        return CannotStart("cli.token_withdrawn")
    return None


def end(terminal: Terminal, error: Exception, explain: Explain) -> int:
    """Say why nothing more will happen, a sentence each; a fault of our own is raised again."""
    if isinstance(error, Refusal):
        terminal.last_word(error.key, **error.values)
        return WRONG
    trouble = error if isinstance(error, CannotStart) else explain(error)
    if trouble is None:
        raise error
    for one in (trouble, *trouble.others):
        terminal.last_word(one.key, **one.values)
    return trouble.code
