"""No path of the code shows an address to a person: it is opened in one place, to be sent to."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, name

OPENED_BY = {
    ("domain/usecases/deliver.py", "_place"),
    ("storage/vault/residents.py", "stands_behind"),
    ("storage/vault/residents.py", "is_foreign"),
    ("storage/vault/residents.py", "mute"),
}
"""Where an address is opened: to hand it to the gateway, to compare it with whoever speaks, and
to note in the vault itself that nothing new is taken in from there.
"""
ONLY_IN_THE_VAULT = {
    "read_address": {
        "storage/vault/residents.py",
        "storage/vault/own_handles.py",
        "storage/vault/forms.py",
    },
    "theirs_among": {
        "domain/usecases/reply.py",
        "domain/ports/vault.py",
        "storage/vault/residents.py",
    },
    "handles_of": {
        "domain/usecases/own_cases.py",
        "domain/ports/vault.py",
        "storage/vault/residents.py",
    },
    "account_in": {"storage/vault/unfiled.py", "storage/vault/forms.py"},
    "AddressRow": {
        "storage/vault/own_handles.py",
        "storage/vault/residents.py",
        "storage/vault/chest.py",
        "storage/vault/tables.py",
    },
    "unseal": {
        "storage/vault/tallies.py",
        "storage/vault/own_handles.py",
        "storage/vault/keys.py",
        "storage/vault/inbox.py",
        "storage/vault/speakers.py",
    },
}
"""What opens a seal, knows where an address lies or finds one's own; and who may use it."""
FORBIDDEN = ("reveal", "unmask_person", "deanonym", "who_wrote")


def opening(source: str) -> Iterator[str]:
    """The functions in which something called `address` is called, or asked for by its name."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    for one in ast.walk(ast.parse(source)):
        if isinstance(one, functions) and any(_opens(node) for node in ast.walk(one)):
            yield one.name


def _opens(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="address")):
            return True
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value="address"), *_]):
            return True
        case ast.Attribute(attr="address", value=ast.Attribute(attr="vault")):
            return True
    return False


@cache
def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return found | {node.name for node in ast.walk(tree) if isinstance(node, defined)}


def test_an_address_is_opened_on_the_way_out_only() -> None:
    found = {
        (name(path), function)
        for path in modules()
        for function in opening(path.read_text(encoding="utf-8"))
    }

    assert found == OPENED_BY


@pytest.mark.parametrize("planted", [
    "async def show(vault): return await vault.address('h1')",
    "async def show(self): return await self.vault.address('h1')",
    "def show(rooms): return rooms.vault.address",
    "def show(vault): return getattr(vault, 'address')('h1')",
])  # fmt: skip
def test_another_opening_would_be_seen(planted: str) -> None:
    assert list(opening(planted)) == ["show"]


@pytest.mark.parametrize("inner", ONLY_IN_THE_VAULT)
def test_what_opens_a_seal_is_used_within_the_vault_only(inner: str) -> None:
    using = {name(path) for path in modules() if inner in names_in(path)}

    assert using == ONLY_IN_THE_VAULT[inner]


def test_nothing_is_called_reveal() -> None:
    known = {one.lower() for path in modules() for one in names_in(path)}

    assert [one for one in known if any(word in one for word in FORBIDDEN)] == []


def test_desk_opens_no_vault() -> None:
    console = [path for path in modules() if name(path).startswith("handlers/console/")]
    tree = [ast.parse(path.read_text(encoding="utf-8")) for path in console]
    asked = {one.attr for each in tree for one in ast.walk(each) if isinstance(one, ast.Attribute)}

    assert console
    assert "vault" not in asked
    assert ROOT.is_dir()


FOREIGN = (
    *("openai", "anthropic", "transformers", "torch", "tensorflow", "langchain", "llama"),
    *("onnxruntime", "google-generativeai", "mistralai", "telethon", "pyrogram", "tdlib"),
)
"""Libraries that write by themselves, or speak for a personal account."""


def test_no_model_writes_and_no_personal_account_posts() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    required = {line.partition("==")[0].strip() for line in locked.splitlines() if "==" in line}

    assert "python-telegram-bot" in {name.partition("[")[0] for name in required}
    assert not [name for name in required if name.startswith(FOREIGN)]
