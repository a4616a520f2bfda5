"""The domain needs nothing but Python."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name

ALLOWED = sys.stdlib_module_names | {"domain"}


def imported_packages(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", sorted((ROOT / "domain").rglob("*.py")), ids=name)
def test_the_domain_needs_only_python(path: Path) -> None:
    assert set(imported_packages(path.read_text())) <= ALLOWED


@pytest.mark.parametrize("line", ["import pydantic", "def late():\n    from babel.dates import x"])
def test_a_planted_library_is_seen(line: str) -> None:
    assert not set(imported_packages(line)) <= ALLOWED
