"""What the documents say of the code is read out of them and compared with the code."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from domain.model import bulletin, conference, material, opinion, session
from domain.model.delivery import EntryState
from storage.migrations.main.versions import v0011_resume
from tests.architecture.tree import ROOT, name

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LARGEST_PICTURE = 200 * 1024
LONGEST_DECISION = 40
LONGER_DECISIONS = {"0009-dependencies.md"}
"""Lists rather than arguments."""

Arrows = set[tuple[str, str]]
Moves = Mapping[str, frozenset[str]]
State = TypeVar("State", bound=StrEnum)

_CHART = re.compile(r"```mermaid\nstateDiagram-v2\n(.*?)```", re.DOTALL)
_TABLE = re.compile(r"%% (\S+)")
_ARROW = re.compile(r"(\S+) --> ([^\s:]+)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_TERM = re.compile(r"\| `(\w+)` \|.*\| `([\w/]+\.py)` \|")


def arrows(text: str, table: str) -> Arrows:
    """The moves that the chart of a table draws, beginnings and ends (`[*]`) included."""
    charts = [chart for chart in _CHART.findall(text) if _TABLE.findall(chart) == [table]]
    assert len(charts) == 1, f"{len(charts)} charts of {table}"
    return set(_ARROW.findall(charts[0]))


def written(moves: Mapping[State, frozenset[State]]) -> Moves:
    return {old.value: frozenset(new.value for new in news) for old, news in moves.items()}


def outbox_moves() -> Moves:
    moves = {old: frozenset(news.split()) for old, news in v0011_resume.MOVES.items()}
    return {state.value: moves.get(state.value, frozenset()) for state in EntryState}


def expected(moves: Moves, first: str) -> Arrows:
    drawn = {(old, new) for old, news in moves.items() for new in news}
    ends = {(old, "[*]") for old, news in moves.items() if not news}
    return drawn | ends | {("[*]", first)}


def links(text: str) -> Iterator[str]:
    """Relative links, without the place within the file."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for target in _LINK.findall(prose):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            yield target.partition("#")[0]


def dead_links(document: Path) -> list[str]:
    return [link for link in links(document.read_text()) if not (document.parent / link).exists()]


@cache
def defined(path: Path) -> set[str]:
    """The names of all tests, classes and constants of a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())) if path.exists() else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def absent(named: list[tuple[str, str]]) -> list[str]:
    """Of names said to stand in a file, those that do not."""
    return [f"{path}::{what}" for path, what in named if what not in defined(ROOT / path)]


def proofs(text: str) -> list[tuple[str, str]]:
    return _TEST.findall(text)


CHARTS = [
    ("README.md", "domain/model/bulletin.py", written(bulletin.ALLOWED_MOVES), "draft"),
    ("README.md", "domain/model/opinion.py", written(opinion.ALLOWED_MOVES), "new"),
    ("README.md", "domain/model/session.py", written(session.ALLOWED_MOVES), "draft"),
    (
        "docs/architecture.md",
        "domain/model/conference.py",
        written(conference.ALLOWED_MOVES),
        "draft",
    ),
    (
        "docs/architecture.md",
        "domain/model/material.py",
        written(material.ALLOWED_MOVES),
        "draft",
    ),
    (
        "docs/architecture.md",
        "storage/migrations/main/versions/v0011_resume.py",
        outbox_moves(),
        "queued",
    ),
]


@pytest.mark.parametrize(("document", "table", "moves", "first"), CHARTS)
def test_a_chart_draws_the_moves_that_are_allowed(
    document: str, table: str, moves: Moves, first: str
) -> None:
    assert arrows((ROOT / document).read_text(), table) == expected(moves, first)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert dead_links(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_test_that_is_named_exists(document: Path) -> None:
    assert absent(proofs(document.read_text())) == []


def test_the_guarantees_name_their_tests() -> None:
    assert len(proofs((ROOT / "docs/architecture.md").read_text())) > 50


def test_every_term_stands_where_the_glossary_says() -> None:
    rows = _TERM.findall((ROOT / "docs/glossary.md").read_text())

    assert len(rows) > 30
    assert absent([(path, term) for term, path in rows]) == []


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    rows = re.findall(
        r"^\| `([\w-]+)`", (ROOT / "docs/adr/0009-dependencies.md").read_text(), re.MULTILINE
    )

    assert sorted(rows) == sorted(re.split(r"[^\w-]", each)[0] for each in wanted)


def test_a_decision_fits_on_a_page() -> None:
    decisions = {path.name: path for path in (ROOT / "docs/adr").glob("*.md")}
    lines = {title: len(path.read_text().splitlines()) for title, path in decisions.items()}

    assert {title for title, n in lines.items() if n > LONGEST_DECISION} <= LONGER_DECISIONS


def test_pictures_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs/images").glob("*")}

    assert {title for title, size in sizes.items() if size > LARGEST_PICTURE} == set()


def test_a_planted_arrow_is_seen() -> None:
    chart = "```mermaid\nstateDiagram-v2\n    %% x.py\n    sent --> draft: planted\n```"

    assert arrows(chart, "x.py") == {("sent", "draft")}


def test_a_planted_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See [this](gone.md#part) and [that](https://example.org).")

    assert dead_links(page) == ["gone.md"]


def test_a_planted_test_that_does_not_exist_is_seen() -> None:
    named = proofs("`tests/architecture/test_documents.py::test_nothing`")

    assert absent(named) == ["tests/architecture/test_documents.py::test_nothing"]
