"""Which groups are meant: by kind, language and tags alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.chat import Address, Chat, ChatPurpose, ChatState, GroupKind
from domain.model.reach import LANGUAGES, Reach, read_tags
from tests.integration.storage.cast import NOW

TAGS = ("chợ", "ven sông", "vùng trũng")
kinds = st.lists(st.sampled_from(GroupKind), unique=True).map(tuple)
languages = st.lists(st.sampled_from(LANGUAGES), unique=True).map(tuple)
tags = st.lists(st.sampled_from(TAGS), unique=True).map(tuple)
reaches = st.builds(Reach, kinds, languages, tags)
NOWHERE = Address("telegram", 7, "-1")


def group(kind: GroupKind, language: str, tagged: tuple[str, ...]) -> Chat:
    residents, active = ChatPurpose.RESIDENTS, ChatState.ACTIVE
    return Chat("g", "u", residents, "A", NOWHERE, language, active, "", "h", NOW, kind, tagged)


groups = st.builds(group, st.sampled_from(GroupKind), st.sampled_from(LANGUAGES), tags)


@given(groups)
def test_without_a_word_everybody_is_meant(chat: Chat) -> None:
    assert Reach().includes(chat)


@given(reaches, groups)
def test_every_part_that_was_chosen_must_fit(reach: Reach, chat: Chat) -> None:
    fits = [
        not reach.kinds or chat.kind in reach.kinds,
        not reach.languages or chat.language in reach.languages,
        not reach.tags or any(tag in chat.tags for tag in reach.tags),
    ]

    assert reach.includes(chat) is all(fits)


@given(reaches)
def test_it_is_read_back_as_it_was_written(reach: Reach) -> None:
    assert Reach.of(reach.form()) == reach
    assert (reach.form() == {}) is reach.is_everybody


@given(reaches, st.sampled_from(TAGS))
def test_what_is_pressed_twice_stands_as_before(reach: Reach, tag: str) -> None:
    twice = reach.toggled("tags", tag).toggled("tags", tag)

    assert {name: set(values) for name, values in twice.form().items()} == {
        name: set(values) for name, values in reach.form().items()
    }


@given(st.text())
def test_every_tag_that_is_read_is_read_again_the_same(typed: str) -> None:
    try:
        found = read_tags(typed)
    except Refusal:
        return

    assert read_tags(",".join(found)) == found


def test_two_spellings_of_a_tag_are_one() -> None:
    assert read_tags("Chợ\nchợ; CHỢ") == ("chợ",)


def test_what_is_no_word_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match=r"groups\.bad_tag"):
        read_tags("---")
