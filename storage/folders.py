"""A folder's own entries on the disk."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """A file made or renamed in it is there after a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
