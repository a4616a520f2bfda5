"""The data directory: made, checked and held by one process at a time."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handlers.trouble import CannotStart

RUN_LOCK = ".lock"
POST_LOCK = ".post.lock"
SWAPPING = ".swapping"
"""There for as long as a restore puts its files in the place of others: between them is neither."""


def make_ready(data_dir: Path) -> None:
    """Make the directory if there is none, closed to other users, and see that it can be used."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart("cli.data_dir_unusable", path=data_dir, why=error.strerror) from error
    if not os.access(data_dir, os.R_OK | os.W_OK | os.X_OK):
        raise CannotStart("cli.data_dir_unwritable", path=data_dir)


def require_whole(data_dir: Path) -> None:
    """CannotStart after a restore that was cut short: only another restore mends that."""
    if (data_dir / SWAPPING).exists():
        raise CannotStart("cli.restore_cut_short", path=data_dir)


@contextmanager
def held(data_dir: Path, lock: str = RUN_LOCK, mending: bool = False) -> Iterator[None]:
    """Hold the directory for as long as this process lives; CannotStart if another has it."""
    make_ready(data_dir)
    if not mending:
        require_whole(data_dir)
    # Left to the operating system: it lets go of the lock however the process ends.
    with (data_dir / lock).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("cli.data_dir_in_use", path=data_dir.resolve()) from None
        yield


def is_held(data_dir: Path, lock: str = RUN_LOCK) -> bool:
    """Whether a run has the directory now."""
    try:
        with (data_dir / lock).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def make_practice_token(path: Path) -> str:
    """Make up the practice bot's token; from then on the directory is one for practice."""
    token = f"{10**9 + secrets.randbelow(9 * 10**9)}:{secrets.token_urlsafe(26)}"
    aside = path.with_name(f".{path.name}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(token)
    aside.replace(path)
    return token
