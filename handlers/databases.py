"""Where main and the vault are kept, as the settings name it: a file, or a database on a server."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

_SQLITE = re.compile(r"sqlite(\+aiosqlite)?:///(?P<path>.+)")
_SERVER = ("postgresql", "postgres", "postgresql+asyncpg")
_OPTIONS = frozenset({"host", "sslmode"})
_TLS = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True)
class Database:
    """One database (cơ sở dữ liệu); it prints without its password."""

    where: Path | str = field(repr=False)
    """The file, or the address on a server, which may hold a password."""
    place: str

    @property
    def path(self) -> Path | None:
        return self.where if isinstance(self.where, Path) else None

    def __str__(self) -> str:
        return self.place


def in_file(path: Path) -> Database:
    return Database(path, str(path))


def read_database(given: str) -> Database | None:
    """The database that this address means; None if it means none."""
    if found := _SQLITE.fullmatch(given):
        return in_file(Path(found["path"]))
    return _on_server(given)


def _on_server(given: str) -> Database | None:
    try:
        parts = urlsplit(given)
        options, port = dict(parse_qsl(parts.query)), parts.port
    except ValueError:
        return None
    host, name = parts.hostname or options.get("host", ""), parts.path.strip("/")
    if parts.scheme not in _SERVER or not host or not name or "/" in name:
        return None
    if {*options} - _OPTIONS or options.get("sslmode", "prefer") not in _TLS:
        return None
    user = f"{parts.username}:***@" if parts.username else ""
    url = parts._replace(scheme="postgresql").geturl()
    return Database(url, f"postgresql://{user}{host}{f':{port}' if port else ''}/{name}")
