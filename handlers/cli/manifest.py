"""What stands beside a backup: of when it is, what is in it, and how to tell that it is whole."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ValidationError

from handlers.trouble import CannotStart

NAME = "manifest.json"


class Kept(BaseModel):
    """One file of a backup (tệp sao lưu)."""

    sha256: str
    revision: str | None
    rows: dict[str, int]


class Manifest(BaseModel):
    """A whole backup (bản kê sao lưu)."""

    taken_at: AwareDatetime
    databases: dict[str, Kept]

    def write(self, folder: Path) -> None:
        """Written last: a folder without it is no backup."""
        path = folder / NAME
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())

    def require_whole(self, files: Mapping[str, Path]) -> None:
        """CannotStart names the file that is missing, or is not what was kept."""
        for name, file in files.items():
            if name not in self.databases or not file.is_file():
                raise CannotStart("cli.backup_incomplete", path=file)
            if digest(file) != self.databases[name].sha256:
                raise CannotStart("cli.backup_changed", path=file)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; CannotStart if there is none that can be read."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError) as error:
        raise CannotStart("cli.backup_incomplete", path=folder / NAME) from error


def digest(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
