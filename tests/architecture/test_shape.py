"""Modules and functions stay small, names say what they hold, the top level stays short."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, name

LONGEST_MODULE = 300
LONGEST_FUNCTION = 49
LONGEST_FRONT_DOOR = 199
JUNK_DRAWERS = {
    "base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "service",
    "services", "shared", "util", "utils",
}  # fmt: skip
TOP_LEVEL = {
    ".ci", ".dockerignore", ".editorconfig", ".gitignore", "Dockerfile", "Makefile", "README.md",
    "bot.py", "channels", "content", "docs", "domain", "handlers", "pyproject.toml",
    "requirements-dev.lock", "requirements.lock", "storage", "tests",
}  # fmt: skip


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name}: {lines} lines"


def junk_names(path: Path) -> set[str]:
    return JUNK_DRAWERS & {part.strip("_") for part in path.with_suffix("").parts}


def tracked_files() -> list[str]:
    # CI often runs as root in a checkout that another user owns, which git distrusts by default.
    command = ["git", "-c", "safe.directory=*", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    assert list(long_functions(path.read_text())) == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_module_is_a_junk_drawer(path: Path) -> None:
    assert junk_names(path.relative_to(ROOT)) == set()


def test_the_front_door_stays_thin() -> None:
    assert len((ROOT / "bot.py").read_text().splitlines()) <= LONGEST_FRONT_DOOR


def test_the_top_level_holds_only_the_rooms() -> None:
    assert {path.partition("/")[0] for path in tracked_files()} <= TOP_LEVEL


def test_a_planted_long_function_is_seen() -> None:
    source = "def tale():\n" + "    ...\n" * LONGEST_FUNCTION

    assert list(long_functions(source)) == ["tale: 50 lines"]


def test_a_planted_junk_drawer_is_seen() -> None:
    assert junk_names(Path("domain/utils/text.py")) == {"utils"}
