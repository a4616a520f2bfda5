"""The settings: one class for each role's need, read from the environment in bot.py only."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode

from domain.model.sending import IN_FLIGHT
from handlers.case_settings import HOW_READ, CaseSettings
from handlers.databases import Database, in_file, read_database
from handlers.trouble import CannotStart

PUBLIC_API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_CRASH = re.compile(r"(?P<step>[a-z ]+):(?P<time>[1-9]\d*)")
_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
SURROUNDINGS = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONUNBUFFERED", "PYTHONWARNINGS"}
    | {*_PROXIES, *(name.lower() for name in _PROXIES)}
)
"""What every child process may know besides its own settings: nothing that is a secret."""

NO_SECRET = "settings.secret_missing"  # noqa: S105 - the key of a sentence

Bind = tuple[str, int]
Settings = TypeVar("Settings", bound=BaseSettings)


def _bind(given: str) -> Bind | None:
    host, _, port = given.rpartition(":")
    fits = host and port.isascii() and port.isdigit() and int(port) < 2**16
    return (host.strip("[]"), int(port)) if fits else None


def _url(given: str) -> str | None:
    parts = urlsplit(given)
    return given.rstrip("/") if parts.scheme in ("http", "https") and parts.hostname else None


def _tokens(given: str) -> tuple[SecretStr, ...] | None:
    tokens = [token.strip() for token in given.split(",")]
    numbers = {token.partition(":")[0] for token in tokens}
    fit = len(numbers) == len(tokens) and all(_TOKEN.fullmatch(token) for token in tokens)
    return tuple(SecretStr(token) for token in tokens) if fit else None


def _crash(given: str) -> tuple[str, int] | None:
    found = _CRASH.fullmatch(given)
    return (found["step"], int(found["time"])) if found else None


def _safe_url(given: str) -> str | None:
    """Only over TLS, but on this machine: what travels there is residents' words."""
    url = _url(given)
    parts = urlsplit(url or "")
    return url if parts.scheme == "https" or parts.hostname in _THIS_MACHINE else None


def _secret(given: str) -> str | None:
    return given if _SECRET.fullmatch(given) else None


def _read(how: Callable[[str], object], trouble: str) -> BeforeValidator:
    """A validator that reads text, or refuses it with the sentence of this key."""

    def check(given: object) -> object:
        found = how(str(given).strip())
        if found is None:
            raise PydanticCustomError(trouble, trouble)
        return found

    return BeforeValidator(check)


Tokens = Annotated[tuple[SecretStr, ...], NoDecode, _read(_tokens, "settings.token_malformed")]
"""One bot's token or several, with commas: the first is the bot that people talk to."""
Address = Annotated[Bind, NoDecode, _read(_bind, "settings.not_an_address")]
Url = Annotated[str, _read(_url, "settings.not_a_url")]
DatabaseUrl = Annotated[Database, NoDecode, _read(read_database, "settings.not_a_database")]
InFlight = Annotated[int, Field(ge=1, le=512)]
CrashAt = Annotated[tuple[str, int], NoDecode, _read(_crash, "settings.not_a_step")]
SafeUrl = Annotated[str, _read(_safe_url, "settings.not_safe")]
Secret = Annotated[SecretStr, _read(_secret, "settings.secret_malformed")]


@dataclass(frozen=True, slots=True)
class Door:
    """A bot's token and the Bot API that knows it."""

    token: str = field(repr=False)
    url: str

    @property
    def masked(self) -> str:
        return f"{self.token.partition(':')[0]}:***"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram is to bring updates: its address there, and ours here."""

    url: str
    secret: str = field(repr=False)
    bind: Bind


class LogSettings(BaseSettings):
    """What every role reads: how it keeps its log."""

    model_config = HOW_READ

    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def variables(cls) -> frozenset[str]:
        return frozenset(name.upper() for name in cls.model_fields)


class DataSettings(LogSettings):
    """Where main lies."""

    data_dir: Path = Path("data")
    database_url: DatabaseUrl | None = None

    @property
    def main(self) -> Database:
        return self.database_url or in_file(self.data_dir / "main.db")

    @property
    def alone(self) -> bool:
        """Whether the lock on `data_dir` keeps every other process from main as well."""
        return self.database_url is None

    @property
    def erasures_path(self) -> Path:
        """The journal of what was erased, which a restore erases again."""
        return self.data_dir / "erasures"

    @property
    def practice_token_path(self) -> Path:
        """The practice bot's token; its being there marks a directory as practice."""
        return self.data_dir / "sandbox.token"

    def practice_token(self) -> str | None:
        try:
            return self.practice_token_path.read_text().strip() or None
        except FileNotFoundError:
            return None

    @property
    def seeded_path(self) -> Path:
        """Its being there says that the demo was made to its end."""
        return self.data_dir / "sandbox.seeded"

    @property
    def pulse_path(self) -> Path:
        return self.data_dir / "post.pulse"


class VaultSettings(DataSettings):
    """Where the vault and its keys lie."""

    vault_url: DatabaseUrl | None = None
    keys_dir: Path | None = None

    @property
    def vault(self) -> Database:
        return self.vault_url or in_file(self.data_dir / "vault.db")

    @property
    def databases(self) -> dict[str, Database]:
        """Both, by name."""
        return {"main": self.main, "vault": self.vault}

    @property
    def keys_path(self) -> Path:
        return self.keys_dir or self.data_dir / "keys"


class WebhookSettings(LogSettings):
    """Where updates are brought; without an address they are asked for (long polling)."""

    webhook_url: SafeUrl | None = None
    webhook_secret: Secret | None = None
    webhook_bind: Address = ("127.0.0.1", 8082)

    @model_validator(mode="after")
    def _whole(self) -> "WebhookSettings":
        if self.webhook_url is not None and self.webhook_secret is None:
            raise PydanticCustomError(NO_SECRET, NO_SECRET)
        return self

    @property
    def webhook(self) -> Webhook | None:
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        return Webhook(self.webhook_url, self.webhook_secret.get_secret_value(), self.webhook_bind)


class PostSettings(VaultSettings, WebhookSettings, CaseSettings):
    """What `run post` needs: the bot, both databases and the keys."""

    bot_token: Tokens
    bot_api_url: Url = PUBLIC_API
    in_flight: InFlight = IN_FLIGHT
    crash_at: CrashAt | None = None

    def doors(self) -> tuple["Door", ...]:
        """Every bot that is run; the first is the one that people talk to."""
        return tuple(Door(token.get_secret_value(), self.bot_api_url) for token in self.bot_token)


class DeskSettings(DataSettings, CaseSettings):
    """What `run desk` needs: main and an address to listen on; no bot and no vault."""

    console_bind: Address = ("127.0.0.1", 8080)
    console_url: Url | None = None


class SandboxSettings(LogSettings):
    """What `sandbox` needs: an address to listen on and a place for its state."""

    data_dir: Path = Path("data")
    sandbox_bind: Address = ("127.0.0.1", 8081)


class OperatorSettings(SandboxSettings, VaultSettings, CaseSettings):
    """What the operator's commands need; without a token they mean the practice bot."""

    bot_token: Tokens | None = None
    bot_api_url: Url | None = None

    def door(self) -> Door | None:
        """The bot that people talk to, and at which API; None before there is any."""
        if self.bot_token is not None:
            return Door(self.bot_token[0].get_secret_value(), self.bot_api_url or PUBLIC_API)
        practice = self.practice_token()
        return Door(practice, reached_at(self.sandbox_bind)) if practice else None


class RunSettings(OperatorSettings, DeskSettings, WebhookSettings):
    """Everything, for the supervisor: it refuses what no child could use."""

    in_flight: InFlight = IN_FLIGHT
    crash_at: CrashAt | None = None


def read(role: type[Settings]) -> Settings:
    """A role's settings from the environment, or CannotStart naming what is wrong and a way out."""
    try:
        return role()
    except ValidationError as error:
        first, *others = map(_trouble, error.errors(include_url=False))
        first.others = tuple(others)
        raise first from None


def _trouble(found: ErrorDetails) -> CannotStart:
    variable = str(found["loc"][0]).upper() if found["loc"] else "WEBHOOK_SECRET"
    return _cannot_start(variable, found["type"], found["input"])


def _cannot_start(variable: str, kind: str, given: object) -> CannotStart:
    if kind == "missing":
        return CannotStart("settings.token_missing", variable=variable)
    if kind == "literal_error":
        return CannotStart("settings.not_among", variable=variable, given=given, **AMONG[variable])
    key = kind if kind.startswith("settings.") else "settings.unusable"
    return CannotStart(key, variable=variable, given=given)


AMONG = {
    "LOG_FORMAT": {"allowed": "text, json"},
    "LOG_LEVEL": {"allowed": "DEBUG, INFO, WARNING, ERROR"},
}


def own_environment(role: type[LogSettings], environment: Mapping[str, str]) -> dict[str, str]:
    """Of an environment, only what this role may know."""
    known = SURROUNDINGS | role.variables()
    return {name: value for name, value in environment.items() if name in known}


def reached_at(bind: Bind) -> str:
    """The address at which a server that listens here answers on this machine."""
    host, port = bind
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
