"""What somebody heard among people: what it is about, how many say it, how much they care."""

from dataclasses import dataclass
from enum import StrEnum

from domain.model.bulletin import Field


class Spread(StrEnum):
    """How many hold it, in the words of the report on public opinion (mức độ lan rộng)."""

    NEARLY_ALL = "tuyet_dai_da_so"
    MOST = "da_so"
    MANY = "nhieu_y_kien"
    SOME = "mot_so_y_kien"


class Interest(StrEnum):
    """How much people care (mức độ quan tâm)."""

    HIGH = "cao"
    MIDDLING = "trung_binh"
    LOW = "thap"


class Bearing(StrEnum):
    """Whether whoever brings it puts their name to it (ghi tên hay giữ kín)."""

    NAMED = "named"
    UNNAMED = "unnamed"


FEW_COULD = 5
"""Where fewer than this could have brought it, staff may guess who did: it is said beforehand."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said beside the words themselves; each may still be missing (điều nghe được)."""

    bearing: Bearing | None = None
    field: Field | None = None
    spread: Spread | None = None
    interest: Interest | None = None

    @property
    def is_unnamed(self) -> bool:
        return self.bearing is Bearing.UNNAMED
