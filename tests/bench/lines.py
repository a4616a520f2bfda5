"""One figure as the bench reports it: ours, the peer's, how they compare, and the goal."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

FIELDS = (
    "figure", "variant", "value", "unit", "peer", "peer_value", "ratio", "ceiling", "goal", "met",
)  # fmt: skip

Line = Mapping[str, Any]
"""What a figure's module returns: a mapping with exactly FIELDS."""
Of = Literal["value", "ratio", "share"]
"""What a goal is about: our own value, `ratio`, or the value's share of the ceiling."""

COMPARE = {"≥": operator.ge, "≤": operator.le, "=": operator.eq}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach: at least, at most or exactly `bound`."""

    of: Of
    sign: Literal["≥", "≤", "="]
    bound: float

    def __str__(self) -> str:
        shown = f"{self.sign} {self.bound:g}"
        return shown if self.of == "value" else f"{self.of} {shown}"

    def is_met(self, reached: Mapping[Of, float | None]) -> bool | None:
        """Whether it was reached; None if this was not measured."""
        value = reached[self.of]
        return None if value is None else COMPARE[self.sign](value, self.bound)


def line(
    figure: str,
    variant: str,
    ours: tuple[float, str],
    *,
    peer: tuple[str, float] | None = None,
    less_is_better: bool = False,
    ceiling: float | None = None,
    goal: Goal | None = None,
) -> Line:
    """`ratio` says how many times better ours is than the peer, whichever way is better."""
    value, unit = ours
    ratio = None
    if peer is not None:
        better, worse = (peer[1], value) if less_is_better else (value, peer[1])
        ratio = better / worse if worse else None
    share = value / ceiling if ceiling else None
    reached: dict[Of, float | None] = {"value": value, "ratio": ratio, "share": share}
    return {
        "figure": figure,
        "variant": variant,
        "value": rounded(value),
        "unit": unit,
        "peer": peer[0] if peer else None,
        "peer_value": rounded(peer[1] if peer else None),
        "ratio": rounded(ratio),
        "ceiling": rounded(ceiling),
        "goal": str(goal) if goal else None,
        "met": goal.is_met(reached) if goal else None,
    }


def rounded(value: float | None) -> float | None:
    """Four digits that mean something; more would be noise."""
    return None if value is None else float(f"{value:.4g}")


def checked(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of one figure; a field too many or too few is the module's mistake."""
    for one in lines:
        if set(one) != set(FIELDS):
            raise ValueError(f"{one.get('figure')}: {sorted(set(one) ^ set(FIELDS))}")
    return lines
