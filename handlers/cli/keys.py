"""`bot.py keys`: the vault's month keys, seen, made, changed, ended, and kept by two officers."""

import os
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import Refusal
from domain.model.month_key import KeyState
from domain.usecases.keep_keys import HeldKey, KeepKeys
from domain.usecases.reseal import Reseal
from handlers.cli.doors import Doors
from handlers.cli.terminal import Terminal
from handlers.settings import VaultSettings
from handlers.trouble import WRONG, CannotStart

HEADS = ("epoch", "state", "made", "fingerprint", "sealed", "may_go")
BAD = frozenset({KeyState.MISSING, KeyState.WRONG})


@dataclass(frozen=True)
class Keys:
    """The key cabinet (tủ khóa); every act returns its exit code."""

    doors: Doors
    terminal: Terminal

    async def __call__(self, options: Namespace, settings: VaultSettings) -> int:
        acts = {
            "list": self._list,
            "make": self._make,
            "rotate": self._rotate,
            "destroy": self._destroy,
            "split": self._split,
            "join": self._join,
        }
        async with self._cabinet(settings) as (keep, reseal):
            return await acts[options.act](keep, reseal, options)

    @asynccontextmanager
    async def _cabinet(self, settings: VaultSettings) -> AsyncIterator[tuple[KeepKeys, Reseal]]:
        """Opened also where a key is missing or wrong: that is what has to be seen."""
        clock = self.doors.clock
        opening = self.doors.whole().open_chest(settings.vault.where, settings.keys_path, clock)
        async with self.doors.main(settings) as memory, opening as chest:
            yield KeepKeys(memory, chest, clock), Reseal(memory, chest, clock)

    async def _list(self, keep: KeepKeys, _: Reseal, options: Namespace) -> int:
        keys = await keep.list_keys()
        if options.json:
            self.terminal.json([_facts(key) for key in keys])
        else:
            heads = [self.terminal.sentence(f"cli.keys_head_{head}") for head in HEADS]
            self.terminal.table(heads, [self._row(key) for key in keys])
            for key in keys:
                if key.standing.state in BAD:
                    self.terminal.text(
                        f"cli.keys_is_{key.standing.state}", epoch=key.standing.epoch
                    )
        return WRONG if any(key.standing.state in BAD for key in keys) else 0

    async def _make(self, keep: KeepKeys, _: Reseal, options: Namespace) -> int:
        self._say(options, "cli.keys_made", epoch=await keep.make(options.month))
        return 0

    async def _rotate(self, keep: KeepKeys, reseal: Reseal, options: Namespace) -> int:
        epoch = await keep.rotate()
        moved = (await reseal.reseal_all()).moved
        self._say(options, "cli.keys_rotated", epoch=epoch, moved=moved)
        return 0

    async def _destroy(self, keep: KeepKeys, _: Reseal, options: Namespace) -> int:
        lost = await keep.destroy(options.epoch, options.even_if_unreadable)
        self._say(options, "cli.keys_destroyed", epoch=options.epoch, addresses=lost)
        return 0

    async def _split(self, keep: KeepKeys, _: Reseal, options: Namespace) -> int:
        files: list[Path] = options.files
        for file in files:
            if file.exists():
                raise CannotStart("cli.keys_file_there", path=file)
        for number, share in enumerate(await keep.split(options.epoch), 1):
            page = self.terminal.sentence(
                "cli.keys_share_page", epoch=options.epoch, number=number, share=share
            )
            _write(files[number - 1], page)
        self._say(options, "cli.keys_split", epoch=options.epoch, one=files[0], other=files[1])
        return 0

    async def _join(self, keep: KeepKeys, _: Reseal, options: Namespace) -> int:
        self._say(options, "cli.keys_joined", epoch=await keep.join(*map(_read, options.files)))
        return 0

    def _say(self, options: Namespace, key: str, **values: object) -> None:
        if options.json:
            return self.terminal.json({"done": options.act, **values})
        return self.terminal.text(key, **values)

    def _row(self, key: HeldKey) -> list[str]:
        one = key.standing
        return [
            one.epoch,
            self.terminal.sentence(f"cli.keys_state_{one.state}"),
            f"{one.made_at:%d/%m/%Y}" if one.made_at else "",
            one.fingerprint,
            " ".join(f"{noun}={count}" for noun, count in key.held.items()),
            self._may_go(key),
        ]

    def _may_go(self, key: HeldKey) -> str:
        one = key.standing
        if one.destroyed_at is not None:
            return self.terminal.sentence("cli.keys_went", at=f"{one.destroyed_at:%d/%m/%Y}")
        if one.state is not KeyState.KEPT:
            return ""
        if key.held or one.may_go_at is None:
            return self.terminal.sentence("cli.keys_goes_when_free")
        return f"{one.may_go_at:%d/%m/%Y %H:%M}Z"


def _facts(key: HeldKey) -> dict[str, object]:
    one = key.standing
    return {
        "epoch": one.epoch,
        "state": one.state,
        "made_at": _iso(one.made_at),
        "fingerprint": one.fingerprint or None,
        "sealed": dict(key.held),
        "may_go_at": None if key.held else _iso(one.may_go_at),
        "destroyed_at": _iso(one.destroyed_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _write(file: Path, page: str) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as paper:
            paper.write(page + "\n")
    except OSError as error:
        raise CannotStart("cli.keys_file_unusable", path=file, why=error.strerror) from error


def _read(file: Path) -> tuple[str, str]:
    try:
        return str(file), file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refusal("cli.keys_no_share", name=str(file)) from None
    except OSError as error:
        raise CannotStart("cli.keys_file_unusable", path=file, why=error.strerror) from error
