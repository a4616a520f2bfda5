"""Finds which words the code asks for, with which values, and which a language still lacks."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from content.catalog import FIRST_LANGUAGE, KEY, Words, placeholders

ASKING = frozenset({"text", "html", "t"})


class Asked(NamedTuple):
    """One place that asks for a sentence by a literal key."""

    key: str
    values: frozenset[str]
    complete: bool
    """False where values arrive as `**values`, which cannot be read from the source."""
    place: str


@dataclass(frozen=True)
class Usage:
    """What was found in one source: keys asked for, texts that may be keys, starts of keys."""

    asked: list[Asked]
    texts: frozenset[str]
    prefixes: frozenset[str]
    refused: frozenset[str] = frozenset()
    """Keys that are raised; whoever pressed a button gets them in a small window."""


def in_python(source: str, name: str) -> Usage:
    tree = ast.parse(source)
    texts, prefixes, refused = set(), set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                texts.add(text)
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
                prefixes.add(start)
            case ast.Raise(exc=ast.Call(args=[ast.Constant(value=str(key)), *_])):
                refused.add(key)
    asked = list(_asked_in_python(tree, name))
    return Usage(asked, frozenset(texts), frozenset(prefixes), frozenset(refused))


def _asked_in_python(tree: ast.AST, name: str) -> Iterator[Asked]:
    raised = {id(node.exc) for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(args=[ast.Constant(value=str(key)), *_]) if KEY.fullmatch(key):
                if id(node) in raised or _called(node.func) in ASKING:
                    names = [keyword.arg for keyword in node.keywords]
                    known = frozenset(n for n in names if n)
                    yield Asked(key, known, None not in names, f"{name}:{node.lineno}")


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def in_template(source: str, name: str) -> Usage:
    tree = Environment(autoescape=True).parse(source)
    texts = frozenset(c.value for c in tree.find_all(nodes.Const) if isinstance(c.value, str))
    asked = []
    for call in tree.find_all(nodes.Call):
        function, first = call.node, call.args[0] if call.args else None
        called = getattr(function, "attr", getattr(function, "name", ""))
        if called in ASKING and isinstance(first, nodes.Const) and isinstance(first.value, str):
            values = frozenset(keyword.key for keyword in call.kwargs)
            complete = call.dyn_kwargs is None
            asked.append(Asked(first.value, values, complete, f"{name}:{call.lineno}"))
    prefixes = frozenset(text for text in texts if re.fullmatch(r"[a-z0-9_.]+[._]", text))
    return Usage(asked, texts, prefixes)


def unknown_keys(words: Words, usages: list[Usage]) -> list[str]:
    """Places that ask for a key which no catalogue holds."""
    known = words.keys
    return [f"{a.place}: {a.key}" for u in usages for a in u.asked if a.key not in known]


def missing_values(words: Words, usages: list[Usage]) -> list[str]:
    """Places that leave a placeholder of their sentence without a value."""
    found = []
    for asked in (a for u in usages for a in u.asked if a.complete and a.key in words.keys):
        missing = placeholders(words.sentence(asked.key)) - asked.values - words.figures.keys()
        found += [f"{asked.place}: {asked.key} needs {name}" for name in sorted(missing)]
    return found


def unused_keys(words: Words, usages: list[Usage], families: tuple[str, ...]) -> list[str]:
    """Keys that no literal and no start of a composed key can mean."""
    texts = frozenset().union(*(u.texts for u in usages))
    starts = [p for u in usages for p in u.prefixes if "." in p and _starts_a_key(words, p)]
    starts += [f"{family}." for family in families]
    return sorted(k for k in words.keys - texts if not k.startswith(tuple(starts)))


def _starts_a_key(words: Words, prefix: str) -> bool:
    return any(key.startswith(prefix) for key in words.keys)


def untranslated(folder: Path, language: str, exempt: tuple[str, ...] = ()) -> list[str]:
    """Keys that have a Vietnamese sentence, but none of their own that is filled in and reviewed.

    Words.load lets such keys fall back to Vietnamese, so that the files themselves are read.
    """
    lacking = _written(folder, FIRST_LANGUAGE) - _written(folder, language)
    return sorted(key for key in lacking if not key.startswith(exempt))


def _written(folder: Path, language: str) -> set[str]:
    found = set()
    for path in sorted((folder / language).glob("*.po")):
        catalog = read_po(path.read_text(encoding="utf-8").splitlines())
        found |= {str(m.id) for m in catalog if m.id and str(m.string).strip() and not m.fuzzy}
    return found


def marks(sentence: str) -> list[str]:
    """The tags and commands of a sentence: what no translation may lose, add or alter."""
    return sorted(re.findall(r"</?[a-z]+|(?<![<\w])/[a-z]{2,}", sentence))


def of_tree(root: Path, rooms: tuple[str, ...]) -> list[Usage]:
    """Every module and template of these rooms (folders or single files)."""
    usages = []
    for path in sorted(p for room in rooms for p in [root / room, *(root / room).rglob("*")]):
        name = str(path.relative_to(root))
        if path.suffix == ".py" and path.is_file():
            usages.append(in_python(path.read_text(encoding="utf-8"), name))
        elif "templates" in path.parts and path.is_file():
            usages.append(in_template(path.read_text(encoding="utf-8"), name))
    return usages
