"""One run from its start to its stop: what it says, what it holds, what its children know."""

import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.cli.demo import BOT_USERNAME, EM
from tests.integration.cli.front_door import PATIENCE, Running, ask, children_of, running

UP = "Ctrl+C"
FREE = {"CONSOLE_BIND": "127.0.0.1:0", "SANDBOX_BIND": "127.0.0.1:0"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture(scope="module")
def run(data: Path) -> Iterator[Running]:
    with running("run", DATA_DIR=data, LOG_LEVEL="DEBUG", **FREE) as started:
        started.until_it_says(UP)
        yield started


def address(run: Running, of: str) -> str:
    found = re.search(rf"{of}\)?:\s+(http\S+)", run.said)
    assert found, run.said
    return found[1]


def until_answered(control: str) -> None:
    """Until the bot has answered Em's last message."""
    url = f"{control}messages?user={EM.user_id}&chat={BOT_USERNAME}"
    deadline = time.monotonic() + PATIENCE
    while True:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            if json.load(answer)["messages"][-1]["from"]["is_bot"]:
                return
        assert time.monotonic() < deadline
        time.sleep(0.1)


def environment(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.partition("=")[::2] for line in lines if line)


@pytest.mark.parametrize("page", ["chat page", "console"])
def test_both_addresses_answer_once_they_are_printed(run: Running, page: str) -> None:
    with urllib.request.urlopen(address(run, page), timeout=PATIENCE) as answer:
        assert answer.status == 200


def test_it_is_ready_with_post_alive(run: Running) -> None:
    with urllib.request.urlopen(address(run, "console") + "readyz", timeout=PATIENCE) as answer:
        assert json.load(answer) == {"post": "alive", "database": "ok", "migrations": "ok"}


def test_the_desk_knows_neither_token_nor_vault(run: Running, data: Path) -> None:
    desk = environment(children_of(run.process.pid)["run desk"])

    assert not desk.keys() & {"BOT_TOKEN", "BOT_API_URL", "KEYS_DIR", "VAULT_URL"}
    assert (data / "sandbox.token").read_text() not in desk.values()


def test_only_post_knows_the_token(run: Running, data: Path) -> None:
    token = (data / "sandbox.token").read_text()
    children = children_of(run.process.pid)

    assert [name for name, pid in children.items() if token in environment(pid).values()] == [
        "run post"
    ]


def test_the_practice_token_is_closed_to_others(run: Running, data: Path) -> None:
    assert (data / "sandbox.token").stat().st_mode & 0o077 == 0


def test_the_token_stands_in_no_log_line(run: Running, data: Path) -> None:
    _, secret = (data / "sandbox.token").read_text().split(":")

    assert secret not in run.all_it_said()


def test_what_a_resident_wrote_stands_in_no_log_line(run: Running) -> None:
    control = address(run, "chat page") + "control/"
    for act in ({"payload": ""}, {"text": "canary: đường hư trước số 12"}):
        body = json.dumps({"user": EM.user_id, "bot": BOT_USERNAME, **act}).encode()
        asked = urllib.request.Request(control + ("say" if "text" in act else "start"), body)
        asked.add_header("Content-Type", "application/json")
        urllib.request.urlopen(asked, timeout=PATIENCE).close()
    until_answered(control)

    said = run.all_it_said()
    assert "canary" not in said
    assert str(EM.user_id) not in said


def test_a_second_run_on_the_directory_ends_at_once(run: Running, data: Path) -> None:
    second = ask("run", DATA_DIR=data, **FREE)

    assert second.returncode == 2
    assert str(data) in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_second_post_on_the_directory_ends_at_once(run: Running, data: Path) -> None:
    token = (data / "sandbox.token").read_text()

    assert ask("run", "post", DATA_DIR=data, BOT_TOKEN=token).returncode == 2


def test_a_token_that_is_not_accepted_is_named(run: Running, data: Path, data_dir: Path) -> None:
    number, _ = (data / "sandbox.token").read_text().split(":")
    settings = {"BOT_TOKEN": f"{number}:wrong", "BOT_API_URL": address(run, "chat page")}
    done = ask("run", "post", DATA_DIR=data_dir, **settings)

    assert done.returncode == 2
    assert "BOT_TOKEN" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_doctor_finds_all_well_while_it_runs(run: Running, data: Path) -> None:
    bind = address(run, "chat page").removeprefix("http://").rstrip("/")
    done = ask("doctor", "--json", DATA_DIR=data, SANDBOX_BIND=bind)
    report = json.loads(done.stdout)

    assert (done.returncode, report["ok"], report["reasons"]) == (0, True, [])
    assert len(report["chats"]["can_post"]) == 7
    assert report["post"] == {"run": True, "alive": True}
    assert report["receiving"]["mode"] == "polling"


def test_the_doctor_never_shows_the_token(run: Running, data: Path) -> None:
    number, secret = (data / "sandbox.token").read_text().split(":")
    done = ask("doctor", "--json", DATA_DIR=data, SANDBOX_BIND="127.0.0.1:9")

    assert f"{number}:***" in done.stdout
    assert secret not in done.stdout + done.stderr


def test_the_audit_log_holds_while_it_runs(run: Running, data: Path) -> None:
    assert ask("audit", "verify", DATA_DIR=data).returncode == 0


def test_a_child_that_dies_is_started_again(run: Running) -> None:
    killed = children_of(run.process.pid)["run desk"]
    os.kill(killed, signal.SIGKILL)
    run.until_it_says("desk đã kết thúc")

    deadline = time.monotonic() + PATIENCE
    while children_of(run.process.pid).get("run desk") in (None, killed):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_stop_ends_every_child(run: Running, data: Path) -> None:
    children = children_of(run.process.pid).values()

    assert run.stop() == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_the_second_start_finds_all_there(run: Running, data: Path) -> None:
    """How quick it is, `make bench FIGURES=start` tells."""
    with running("run", DATA_DIR=data, **FREE) as again:
        assert "đã có từ trước" in again.until_it_says(UP)
        assert again.stop() == 0


def test_children_do_not_outlive_a_killed_supervisor(data: Path) -> None:
    with running("run", DATA_DIR=data, **FREE) as started:
        started.until_it_says(UP)
        children = children_of(started.process.pid).values()
        started.process.kill()
        started.process.wait()

    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)
