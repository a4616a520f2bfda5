"""What the doctor finds: facts, and what is wrong with them, in the catalogue's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.cli.terminal import Terminal
from handlers.trouble import CannotStart


@dataclass(slots=True)
class Finding:
    """One part that was looked at."""

    facts: object
    wrong: list[CannotStart] = field(default_factory=list)


def show(terminal: Terminal, facts: Mapping[str, object], reasons: Sequence[str]) -> None:
    """The report for a reader; `--json` is for machines."""
    for name, fact in facts.items():
        terminal.text(f"cli.doctor_{name}")
        for key, value in fact.items() if isinstance(fact, dict) else ():
            terminal.line(f"  {key}: {_short(value)}")
    if not reasons:
        terminal.text("cli.doctor_well")
    for reason in reasons:
        terminal.text("cli.doctor_wrong", reason=reason)


def _short(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{key} {inner}" for key, inner in value.items())
        case list():
            return "".join(f"\n    {_short(inner)}" for inner in value) or "–"
    return str(value)
