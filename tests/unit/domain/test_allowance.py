"""What one account may do in an hour, and what is forgotten after it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.model.allowance import MOST, Act, Spent

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def spent(act: Act, count: int, at: datetime = NOW) -> Spent:
    done = Spent()
    for number in range(count):
        done = done.with_one(act, f"u{number}", at)
    return done


@pytest.mark.parametrize("act", Act)
def test_there_is_room_up_to_the_limit_and_no_further(act: Act) -> None:
    assert not spent(act, MOST[act] - 1).is_used_up(act, MOST[act])
    assert spent(act, MOST[act]).is_used_up(act, MOST[act])


def test_what_is_an_hour_old_counts_no_more() -> None:
    done = spent(Act.OPINION, 10)

    assert len(done.lasting(NOW + timedelta(minutes=59)).done) == 10
    assert done.lasting(NOW + timedelta(hours=1)).done == ()


def test_one_act_takes_no_room_from_another() -> None:
    assert not spent(Act.WRONG_CODE, 10).is_used_up(Act.OPINION, 10)


def test_it_is_said_when_there_is_room_again() -> None:
    later = NOW + timedelta(minutes=20)

    assert spent(Act.OPINION, 10).minutes_left(Act.OPINION, 10, later) == 40
