"""A bulletin's words by language: what is its title, and who reads which version."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.marks import Mark, MarkKind
from domain.model.version import LONGEST_TITLE, TRANSLATIONS, Version, read_version
from tests.integration.storage.cast import REVISION

LANGUAGES = ("vi", *TRANSLATIONS, "fr", "")


def test_the_first_line_is_the_title_if_more_follow() -> None:
    typed = " Triều  cường\n\nNước lên nhanh."
    bold = Mark(MarkKind.BOLD, typed.index("lên"), typed.index("lên") + 3)

    version = read_version("vi", typed, (bold,))

    assert (version.title, version.text) == ("Triều cường", "Nước lên nhanh.")
    assert version.marks == (Mark(MarkKind.BOLD, 5, 8),)


@pytest.mark.parametrize("typed", ["Nước lên.", "Nước lên.\n", f"{'x' * (LONGEST_TITLE + 1)}\nb"])
def test_without_a_short_line_above_others_there_is_no_title(typed: str) -> None:
    version = read_version("vi", typed)

    assert (version.title, version.text) == ("", typed.strip())


@given(st.sets(st.sampled_from(TRANSLATIONS)), st.sampled_from(LANGUAGES))
def test_every_reader_gets_their_own_version_or_the_vietnamese(
    written: set[str], language: str
) -> None:
    versions = tuple(Version(one, one, one) for one in written)
    revision = replace(REVISION, translations=versions)

    got = revision.in_language(language)

    assert got.language == (language if language in written else "vi")
    assert got.text == (language if language in written else REVISION.text)


def test_a_version_is_read_back_as_it_was_kept() -> None:
    version = Version("km", "ទឹកឡើង", "ទឹក", (Mark(MarkKind.LINK, 0, 3, "https://a"),))

    assert Version.of(json.loads(json.dumps(version.form()))) == version


def test_what_has_no_title_is_called_by_its_words() -> None:
    assert REVISION.heading == REVISION.text
    assert replace(REVISION, title="Triều cường").heading == "Triều cường"
