"""Answers for the starter materials: which there are, and what is wrong in their files."""

from dataclasses import dataclass
from pathlib import Path

from content.bulletins.fields import FIELDS
from content.records import FlawedContent, Reading, Rule

SHELF = Path(__file__).parent
KINDS = ("chuyen_de", "hoi_dap", "tai_lieu_phat")
RULES = {
    "id": Rule(pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
    "kind": Rule(among=KINDS),
    "title": Rule(),
    "field": Rule(among=FIELDS),
    "source": Rule(),
    "text": Rule(),
    "points": Rule(required=False),
    "minutes": Rule(required=False, pattern=r"[1-9][0-9]?"),
    "file": Rule(required=False, pattern=r"[a-z0-9-]+\.(pdf|pptx|docx)"),
}


@dataclass(frozen=True, slots=True)
class StarterMaterial:
    """Material shipped with the project (tài liệu mẫu)."""

    id: str
    kind: str
    title: str
    field: str
    source: str
    text: str
    """Of a sheet its questions and answers, as an author would type them."""
    points: str
    minutes: str
    file: Path | None


def load(folder: Path = SHELF) -> tuple[StarterMaterial, ...]:
    """All material of the folder by file name, or FlawedContent with all the flaws."""
    readings = [Reading(path) for path in sorted(folder.glob("*.yaml"))]
    records = [reading.record(reading.tree(reading.text()), RULES) for reading in readings]
    flaws = [flaw for reading in readings for flaw in reading.flaws]
    if flaws:
        raise FlawedContent(flaws)
    values = [{name: entry.value for name, entry in record.items()} for record in records]
    return tuple(_material(folder, one) for one in values)


def _material(folder: Path, value: dict[str, str]) -> StarterMaterial:
    return StarterMaterial(
        id=value["id"],
        kind=value["kind"],
        title=value["title"],
        field=value["field"],
        source=value["source"],
        text=value["text"].strip(),
        points=value.get("points", "").strip(),
        minutes=value.get("minutes", ""),
        file=folder / value["file"] if "file" in value else None,
    )
