"""What a list of cases shows: which of them, in which order, and never a word of their text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.model.bulletin import Field
from domain.model.opinion import OPEN_CASES, OpinionState
from domain.model.opinion_words import Level

OPEN, ALL = "open", "all"
"""Besides single states: all that are open, and all whatsoever."""
VIEWS_KEPT = 8
"""Of one person: as many as a phone shows at once."""
_BETWEEN = "|"
_OVERDUE, _URGENT = "o", "u"
_LABELLED = "#"
"""Between the flags and a label, so that what was kept before there were labels still reads."""


class Whose(StrEnum):
    """Whom the cases of a list belong to (của ai)."""

    ANYBODY = "anybody"
    MINE = "mine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class QueueView:
    """Which cases somebody wants to see (bộ lọc hàng đợi)."""

    unit_id: str = ""
    """That unit and all below it; '' for all that the reader may open."""
    field: Field | None = None
    state: OpinionState | None = None
    """None for all that are open, or for all whatsoever."""
    is_open: bool = True
    whose: Whose = Whose.ANYBODY
    is_overdue: bool = False
    is_urgent: bool = False
    label_id: str = ""
    """Only what this label stands on; '' for whatever is or is not labelled."""
    words: str = ""
    """What is looked for in the texts; '' for nothing."""
    level: Level | None = None
    """None for the strictest one on which something is found."""

    @classmethod
    def read(cls, written: str) -> "QueueView":
        unit, field, standing, whose, marks, level, words = written.split(_BETWEEN, 6)
        flags, _, label = marks.partition(_LABELLED)
        view = cls(
            unit_id=unit,
            field=Field(field) if field else None,
            whose=Whose(whose),
            is_overdue=_OVERDUE in flags,
            is_urgent=_URGENT in flags,
            label_id=label,
            words=words,
            level=Level(level) if level else None,
        )
        return view.standing_in(standing)

    @property
    def written(self) -> str:
        """As it is kept on a button, or for a person."""
        flags = _OVERDUE * self.is_overdue + _URGENT * self.is_urgent
        marks = f"{flags}{_LABELLED}{self.label_id}" if self.label_id else flags
        about = (self.unit_id, self.field or "", self.standing, self.whose, marks)
        return _BETWEEN.join((*about, self.level or "", self.words))

    @property
    def standing(self) -> str:
        """OPEN, ALL, or one state."""
        return self.state or (OPEN if self.is_open else ALL)

    def standing_in(self, standing: str) -> "QueueView":
        state = None if standing in (OPEN, ALL) else OpinionState(standing)
        return replace(self, state=state, is_open=standing != ALL)

    @property
    def to_be_kept(self) -> "QueueView":
        """Without what was looked for: it may be a resident's words, and would outlive them."""
        return replace(self, words="", level=None)

    @property
    def states(self) -> tuple[OpinionState, ...]:
        """The states to look among; none if it does not matter."""
        if self.state is not None:
            return (self.state,)
        return tuple(sorted(OPEN_CASES)) if self.is_open else ()

    @property
    def is_due_first(self) -> bool:
        """What is open stands by when it is due, everything else by when it came."""
        return bool(self.states) and OPEN_CASES.issuperset(self.states)


@dataclass(frozen=True, slots=True)
class QueueMark:
    """After which case the next page goes on; it holds its place when cases come and go."""

    seq: int
    due_at: datetime

    @classmethod
    def read(cls, written: str) -> "QueueMark | None":
        seq, _, due = written.partition(_BETWEEN)
        return cls(int(seq), datetime.fromisoformat(due)) if due else None

    @property
    def written(self) -> str:
        return f"{self.seq}{_BETWEEN}{self.due_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A case as a list shows it (dòng trong hàng đợi)."""

    seq: int
    """Counts the cases in the order in which they were filed; shown to nobody."""
    id: str
    number: str
    unit_id: str
    field: Field | None
    state: OpinionState
    filed_at: datetime
    due_at: datetime
    owner_id: str | None
    urgent: bool = False

    @property
    def mark(self) -> QueueMark:
        return QueueMark(self.seq, self.due_at)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found by its words (kết quả tìm)."""

    entries: tuple[QueueEntry, ...]
    goes_on: QueueMark | None
    """Where to look further; None when all was looked through."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How many opinions came in, in a unit and all below, by month and field (số liệu)."""

    unit_id: str
    fields: Sequence[str]
    """'' for those that have none."""
    cases: Mapping[str, Sequence[int]]
    """How many of each of these fields came in a month, as `2026-11`."""

    @property
    def total(self) -> int:
        return sum(map(sum, self.cases.values()))

    @property
    def by_month(self) -> Counter[str]:
        """Month after month."""
        return Counter({month: sum(self.cases[month]) for month in sorted(self.cases)})

    @property
    def by_field(self) -> Counter[str]:
        """In the order of the fields."""
        sums = map(sum, zip(*self.cases.values(), strict=True))
        return Counter(dict(zip(self.fields, sums, strict=False)))


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has in hand, for whoever looks after the work (khối lượng việc)."""

    person_id: str | None
    """None for what nobody has taken."""
    name: str
    in_hand: int
    overdue: int
    urgent: int
