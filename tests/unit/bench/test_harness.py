"""The bench reports what was measured, in turn, and nothing that was not."""

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest

from tests.bench.__main__ import FIGURES, chosen
from tests.bench.lines import FIELDS, Goal, checked, line
from tests.bench.participants import (
    ROOT,
    Measured,
    ParticipantFailed,
    alternate,
    participant,
)
from tests.bench.raw import post
from tests.bench.requests_in import request_end


def test_a_line_has_the_ten_fields_in_their_order() -> None:
    told = line("send", "16 in flight", (5000.0, "messages/s"), peer=("PTB", 500.0))

    assert tuple(json.loads(json.dumps(told))) == FIELDS


def test_the_ratio_says_how_many_times_better() -> None:
    faster = line("send", "", (5000.0, "messages/s"), peer=("PTB", 500.0))
    cheaper = line("send", "", (200.0, "µs"), peer=("PTB", 2000.0), less_is_better=True)

    assert (faster["ratio"], cheaper["ratio"]) == (10, 10)


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal("value", "≥", 100), True),
        (Goal("value", "≤", 99), False),
        (Goal("ratio", "≥", 2), True),
        (Goal("ratio", "≥", 2.1), False),
        (Goal("share", "≥", 0.5), True),
        (Goal("share", "≥", 0.51), False),
    ],
)
def test_a_goal_is_met_or_not(goal: Goal, met: bool) -> None:
    told = line("x", "", (100.0, "per s"), peer=("peer", 50.0), ceiling=200.0, goal=goal)

    assert told["met"] is met


def test_a_goal_about_what_was_not_measured_is_left_open() -> None:
    assert line("x", "", (100.0, "per s"), goal=Goal("ratio", "≥", 2))["met"] is None


def test_a_line_with_a_field_missing_is_refused() -> None:
    short = {key: value for key, value in line("x", "", (1.0, "s")).items() if key != "met"}

    with pytest.raises(ValueError, match="met"):
        checked([short])


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(SystemExit, match="No such figure: speed"):
        chosen("send,speed")


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_module(name: str) -> None:
    assert "async def figures()" in (ROOT / "tests/bench" / f"{name}.py").read_text()


async def test_everybody_is_asked_in_turn_and_the_median_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REPEATS", "3")
    asked: list[str] = []

    def saying(name: str, *values: float) -> Callable[[], Awaitable[Measured]]:
        left = iter(values)

        async def run() -> Measured:
            asked.append(name)
            return {"rate": next(left)}

        return run

    heard = await alternate({"ours": saying("ours", 9, 1, 5), "peer": saying("peer", 2, 2, 7)})

    assert asked == ["ours", "peer"] * 3
    assert heard == {"ours": {"rate": 5}, "peer": {"rate": 2}}


async def test_a_participant_that_dies_is_no_figure() -> None:
    async with participant("raw") as raw:
        with pytest.raises(ParticipantFailed, match="raw"):
            await raw.ask(url="http://127.0.0.1:1", in_flight=1, seconds=0.1)


def test_a_request_that_comes_in_pieces_ends_where_it_should() -> None:
    whole = post("/bot1:x/sendMessage", b'{"chat_id":1}')
    received = bytearray(whole + whole)

    assert request_end(received[: len(whole) - 1], 0) is None
    assert request_end(received, 0) == (len(whole) - 13, len(whole))


def test_a_body_in_chunks_ends_with_the_last_one() -> None:
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    received = bytearray(head + b"3\r\nabc\r\n")

    assert request_end(received, 0) is None
    assert request_end(received + b"0\r\n\r\n", 0) == (len(head), len(head) + 13)


ONLY_FOR_TESTS = ("hypothesis", "playwright", "pytest", "pytest_asyncio", "xdist")
PARTICIPANTS = sorted(path.stem for path in (ROOT / "tests/bench/ours").glob("*.py"))
IMPORTED = """
import importlib, sys
for name in {blocked}:
    sys.modules[name] = None
for name in {modules}:
    importlib.import_module("tests.bench.ours." + name)
print("all")
"""


def test_the_bench_needs_nothing_that_only_tests_have() -> None:
    """`make bench` sets up an environment of its own, with the peers and without pytest."""
    script = IMPORTED.format(blocked=ONLY_FOR_TESTS, modules=PARTICIPANTS)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr[-500:]) == ("all\n", "")
