"""A setting that is missing or unusable is named, and nothing secret is shown."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.model.case_times import CaseTimes
from handlers import settings as s
from handlers.trouble import CannotStart

TOKEN = "42:AAF-canary_canary_canary_canary_canar"

SERVER = "postgresql://haichieu:canary%40@db.example.vn:5433/vault"

REFUSED = [
    (s.PostSettings, {}, "BOT_TOKEN", "settings.token_missing"),
    (s.PostSettings, {"BOT_TOKEN": ""}, "BOT_TOKEN", "settings.token_missing"),
    (s.PostSettings, {"BOT_TOKEN": "secret"}, "BOT_TOKEN", "settings.token_malformed"),
    (s.PostSettings, {"BOT_TOKEN": f"{TOKEN},"}, "BOT_TOKEN", "settings.token_malformed"),
    (s.PostSettings, {"BOT_TOKEN": f"{TOKEN},{TOKEN}"}, "BOT_TOKEN", "settings.token_malformed"),
    (s.PostSettings, {"IN_FLIGHT": "0"}, "IN_FLIGHT", "settings.unusable"),
    (s.PostSettings, {"RECEIVE_HOURS": "0"}, "RECEIVE_HOURS", "settings.unusable"),
    (s.PostSettings, {"FORWARD_DAYS": "31"}, "FORWARD_DAYS", "settings.unusable"),
    (s.DeskSettings, {"ANSWER_DAYS": "31"}, "ANSWER_DAYS", "settings.unusable"),
    (s.RunSettings, {"FORWARD_DAYS": "five"}, "FORWARD_DAYS", "settings.unusable"),
    (s.PostSettings, {"BOT_API_URL": "api.telegram.org"}, "BOT_API_URL", "settings.not_a_url"),
    (s.PostSettings, {"DATABASE_URL": "mysql://h/x"}, "DATABASE_URL", "settings.not_a_database"),
    (s.PostSettings, {"VAULT_URL": "postgresql://h"}, "VAULT_URL", "settings.not_a_database"),
    (s.PostSettings, {"VAULT_URL": "postgresql://h:p/x"}, "VAULT_URL", "settings.not_a_database"),
    (s.PostSettings, {"VAULT_URL": f"{SERVER}?a=b"}, "VAULT_URL", "settings.not_a_database"),
    (s.PostSettings, {"WEBHOOK_URL": "http://x.vn"}, "WEBHOOK_URL", "settings.not_safe"),
    (s.PostSettings, {"WEBHOOK_URL": "x.vn"}, "WEBHOOK_URL", "settings.not_safe"),
    (s.PostSettings, {"WEBHOOK_URL": "https://x.vn"}, "WEBHOOK_SECRET", "settings.secret_missing"),
    (s.PostSettings, {"WEBHOOK_SECRET": "x y"}, "WEBHOOK_SECRET", "settings.secret_malformed"),
    (s.PostSettings, {"WEBHOOK_SECRET": "x" * 257}, "WEBHOOK_SECRET", "settings.secret_malformed"),
    (s.PostSettings, {"WEBHOOK_BIND": "8082"}, "WEBHOOK_BIND", "settings.not_an_address"),
    (s.RunSettings, {"WEBHOOK_URL": "https://x.vn"}, "WEBHOOK_SECRET", "settings.secret_missing"),
    (s.PostSettings, {"CRASH_AT": "claimed"}, "CRASH_AT", "settings.not_a_step"),
    (s.PostSettings, {"CRASH_AT": "claimed:0"}, "CRASH_AT", "settings.not_a_step"),
    (s.DeskSettings, {"CONSOLE_BIND": "8080"}, "CONSOLE_BIND", "settings.not_an_address"),
    (s.DeskSettings, {"CONSOLE_BIND": "a:99999"}, "CONSOLE_BIND", "settings.not_an_address"),
    (s.DeskSettings, {"CONSOLE_URL": "console"}, "CONSOLE_URL", "settings.not_a_url"),
    (s.DeskSettings, {"LOG_FORMAT": "xml"}, "LOG_FORMAT", "settings.not_among"),
    (s.DeskSettings, {"LOG_LEVEL": "loud"}, "LOG_LEVEL", "settings.not_among"),
    (s.SandboxSettings, {"SANDBOX_BIND": "x:y"}, "SANDBOX_BIND", "settings.not_an_address"),
    (s.RunSettings, {"BOT_TOKEN": "nonsense"}, "BOT_TOKEN", "settings.token_malformed"),
]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in s.RunSettings.variables():
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("role", "given", "variable", "key"), REFUSED)
def test_an_unusable_setting_is_named(
    role: type[s.LogSettings],
    given: dict[str, str],
    variable: str,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "BOT_TOKEN" not in given and variable != "BOT_TOKEN":
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(CannotStart) as refused:
        s.read(role)

    assert (refused.value.key, refused.value.values["variable"]) == (key, variable)


def test_a_webhook_on_this_machine_needs_no_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:8082/hook/")
    monkeypatch.setenv("WEBHOOK_SECRET", "A-b_9")

    webhook = s.Webhook("http://127.0.0.1:8082/hook", "A-b_9", ("127.0.0.1", 8082))
    assert s.read(s.PostSettings).webhook == webhook


def test_a_run_needs_no_setting_at_all() -> None:
    assert s.read(s.RunSettings).bot_token is None


def test_several_bots_are_told_apart_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f"{TOKEN}, 43:other")
    settings = s.read(s.PostSettings)

    assert [door.token for door in settings.doors()] == [TOKEN, "43:other"]
    assert "canary" not in repr(settings)


def test_only_a_main_in_the_locked_directory_is_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert s.read(s.PostSettings).alone

    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/haichieu/main.db")
    assert not s.read(s.PostSettings).alone


def test_an_empty_setting_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSOLE_BIND", "")

    assert s.read(s.DeskSettings).console_bind == ("127.0.0.1", 8080)


def test_a_database_on_a_server_prints_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "42:other")
    monkeypatch.setenv("VAULT_URL", f"{SERVER}?sslmode=require")
    settings = s.read(s.PostSettings)

    assert str(settings.vault) == "postgresql://haichieu:***@db.example.vn:5433/vault"
    assert settings.vault.where == f"{SERVER}?sslmode=require"
    assert "canary" not in f"{settings!r} {settings} {settings.vault!r}"


@pytest.mark.parametrize(
    "given", ["postgres://an@h/main", "postgresql+asyncpg://an@/main?host=/run/postgresql"]
)
def test_the_usual_ways_to_write_an_address_are_read(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    database = s.read(s.DeskSettings).main

    assert database.path is None
    assert str(database.where).startswith("postgresql://an@")


def test_a_secret_prints_as_stars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = s.read(s.PostSettings)

    assert "***" in repr(settings)
    assert "canary" not in f"{settings!r} {settings} {s.Door(TOKEN, 'x')!r}"


def test_a_sqlite_url_names_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/haichieu/main.db")

    assert str(s.read(s.DeskSettings).main) == "/srv/haichieu/main.db"


def test_the_console_may_know_neither_token_nor_vault() -> None:
    secret = {"BOT_TOKEN", "KEYS_DIR", "VAULT_URL", "WEBHOOK_SECRET"}

    assert not secret & s.DeskSettings.variables()


def test_a_child_gets_its_own_settings_and_nothing_else() -> None:
    around = {"PATH": "/bin", "BOT_TOKEN": TOKEN, "CONSOLE_BIND": "a:1", "AWS_SECRET": "x"}

    assert s.own_environment(s.DeskSettings, around) == {"PATH": "/bin", "CONSOLE_BIND": "a:1"}


@pytest.mark.parametrize(
    ("bind", "url"),
    [
        (("127.0.0.1", 8081), "http://127.0.0.1:8081"),
        (("0.0.0.0", 8081), "http://127.0.0.1:8081"),
        (("::", 8081), "http://[::1]:8081"),
    ],
)
def test_a_server_is_reached_where_it_listens(bind: s.Bind, url: str) -> None:
    assert s.reached_at(bind) == url


def test_reading_settings_changes_no_environment() -> None:
    before = dict(os.environ)
    s.read(s.RunSettings)

    assert dict(os.environ) == before


def test_all_that_is_unusable_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RECEIVE_HOURS", "FORWARD_DAYS"):
        monkeypatch.setenv(name, "0")
    with pytest.raises(CannotStart) as refused:
        s.read(s.PostSettings)

    found = [one.values["variable"] for one in (refused.value, *refused.value.others)]
    assert set(found) == {"BOT_TOKEN", "RECEIVE_HOURS", "FORWARD_DAYS"}


def test_the_deadlines_of_an_office_are_its_own_or_the_usual_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert s.read(s.PostSettings).case_times == CaseTimes()

    monkeypatch.setenv("RECEIVE_HOURS", "16")
    monkeypatch.setenv("FORWARD_DAYS", "3")
    monkeypatch.setenv("ANSWER_DAYS", "7")
    monkeypatch.setenv("MORE_INFO_DAYS", "9")
    monkeypatch.setenv("REOPEN_DAYS", "30")
    times = s.read(s.PostSettings).case_times
    usual = CaseTimes(timedelta(hours=16), forward_days=3, answer_days=7)
    assert times == replace(usual, more_info_days=9, reopen_days=30)


@pytest.mark.parametrize(("variable", "given"), [("MORE_INFO_DAYS", "1"), ("REOPEN_DAYS", "6")])
def test_a_resident_always_has_some_time(
    monkeypatch: pytest.MonkeyPatch, variable: str, given: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(variable, given)

    with pytest.raises(CannotStart) as refused:
        s.read(s.PostSettings)
    assert refused.value.values["variable"] == variable
