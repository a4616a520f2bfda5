"""A file that a command makes: whole or not at all, and for its owner's eyes only."""

import os
from pathlib import Path

from domain.errors import Refusal

ONLY_OURS = 0o600
"""There are people in it, and sometimes links that let somebody in."""


def require_place(path: Path) -> None:
    """Refusal unless a file can be made here."""
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise Refusal("cli.export_no_place", path=path)


def write_file(path: Path, data: bytes) -> None:
    """Write it beside its place, then put it there; an earlier file of this name is replaced."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refusal("cli.export_not_written", path=path, why=error.strerror) from None
