"""Where the project's own code lies, for the tests that judge its shape."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "handlers", "content", "storage", "channels")


def modules() -> list[Path]:
    """Every module of ours that is not a test."""
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [ROOT / "bot.py", *found]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
