"""A key in two shares: one alone gives nothing, both give it back, wrong ones are named."""

import itertools

import pytest

from domain.errors import Refusal
from domain.model.key_share import joined, read_share, split

KEY = bytes(range(32))
PAD = bytes((number * 37 + 11) % 256 for number in range(32))
ONE, OTHER = split(KEY, "2026-11", "00112233aabbccdd", PAD, "9f3a2c10")


def refused(*texts: str) -> str:
    with pytest.raises(Refusal) as raised:
        joined(*(read_share(text, f"tep{at}") for at, text in enumerate(texts, 1)))
    return raised.value.key


def test_two_shares_give_the_key_back_byte_for_byte() -> None:
    shares = [read_share(one.text, "tep") for one in (ONE, OTHER)]

    assert joined(*shares) == joined(*reversed(shares)) == KEY


@pytest.mark.parametrize("key", [KEY, bytes(32), b"\xff" * 32])
def test_one_share_alone_goes_with_every_key_there_is(key: bytes) -> None:
    """Whatever the key were, a partner exists that would give it with this very share."""
    for share in (ONE, OTHER):
        partner = bytes(a ^ b for a, b in zip(share.content, key, strict=True))
        assert bytes(a ^ b for a, b in zip(share.content, partner, strict=True)) == key


def test_no_run_of_the_keys_bytes_is_in_a_share() -> None:
    runs = {KEY[at : at + 4] for at in range(len(KEY) - 3)}

    assert not any(run in share.content for run in runs for share in (ONE, OTHER))


def test_another_pad_makes_other_shares() -> None:
    again = split(KEY, "2026-11", "00112233aabbccdd", PAD[::-1], "9f3a2c11")

    assert {one.content for one in (ONE, OTHER)}.isdisjoint(one.content for one in again)


def test_a_share_is_read_out_of_a_page_and_as_somebody_types_it() -> None:
    typed = f"Mảnh khóa\n\n{ONE.text.lower()}  \nGiữ kín."

    assert read_share(typed, "tep") == ONE
    assert read_share(ONE.text.replace("O", "0").replace("I", "1"), "tep") == ONE


def test_one_wrong_letter_anywhere_is_noticed() -> None:
    head, *lines = ONE.text.split("\n")
    letters, check = "\n".join(lines[:-1]), lines[-1]
    at = [number for number, sign in enumerate(letters) if sign.isalnum()]
    for place in at:
        other = "A" if letters[place] != "A" else "B"
        changed = letters[:place] + other + letters[place + 1 :]
        assert refused(f"{head}\n{changed}\n{check}", OTHER.text) == "cli.keys_share_mistyped"


def test_what_is_no_share_is_named() -> None:
    assert refused("", OTHER.text) == refused(KEY.hex(), OTHER.text) == "cli.keys_no_share"


def test_the_same_share_twice_is_refused() -> None:
    assert refused(ONE.text, ONE.text) == "cli.keys_same_share_twice"


def test_shares_of_two_splittings_are_refused() -> None:
    _, later = split(KEY, "2026-11", "00112233aabbccdd", PAD[::-1], "9f3a2c11")

    assert refused(ONE.text, later.text) == "cli.keys_shares_of_two_pairs"


def test_shares_of_two_months_are_refused() -> None:
    _, december = split(KEY, "2026-12", "00112233aabbccdd", PAD, "9f3a2c10")

    assert refused(ONE.text, december.text) == "cli.keys_shares_of_two_months"


def test_there_is_no_third_share() -> None:
    assert {one.number for one in itertools.chain([ONE, OTHER])} == {1, 2}
