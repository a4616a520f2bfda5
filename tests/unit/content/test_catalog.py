"""Words: filled strictly, escaped for HTML, loaded only when every catalogue is sound."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content.catalog import CatalogError, MissingValue, UnknownWords, Words

WORDS = Words(
    {
        "vi": {"greet.name": "Chào <b>{name}</b>!", "greet.all": "Chào bà con."},
        "km": {"greet.name": "សួស្តី <b>{name}</b>!"},
    }
)


def catalogue(folder: Path, language: str = "vi", name: str = "greet", *entries: str) -> None:
    """Write one .po file; an entry is "key=sentence", on lines 1 and 2, 4 and 5, and so on."""
    pairs = [entry.partition("=") for entry in entries]
    blocks = [f'msgid "{key}"\nmsgstr "{sentence}"\n' for key, _, sentence in pairs]
    path = folder / language / f"{name}.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8")


def defects(folder: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        Words.load(folder)
    return str(caught.value).splitlines()


def test_a_sentence_is_filled_with_its_values() -> None:
    assert WORDS.text("greet.name", name="Em") == "Chào <b>Em</b>!"


def test_a_sentence_is_given_in_the_language_asked_for() -> None:
    assert WORDS.text("greet.name", "km", name="Em").startswith("សួស្តី")


@pytest.mark.parametrize(
    ("language", "shown"), [("vi", "36.000"), ("km", "36,000"), ("en", "36,000")]
)
def test_a_quantity_is_grouped_as_its_readers_write_it(language: str, shown: str) -> None:
    words = Words({language: {"count": "{count}"}})

    assert words.text("count", language, count=36_000) == shown
    assert words.html("count", language, count=36_000) == shown
    assert words.text("count", language, count="8081") == "8081"
    assert words.text("count", language, count=999) == "999"


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(MissingValue, match="name"):
        WORDS.text("greet.name")


@pytest.mark.parametrize("value", ["{name}", "{0.__class__}", "{}", "%s", r"\1"])
def test_a_value_is_never_read_as_a_format(value: str) -> None:
    assert WORDS.text("greet.name", name=value) == f"Chào <b>{value}</b>!"


def test_values_are_escaped_in_html_and_the_sentence_is_not() -> None:
    html = WORDS.html("greet.name", name='<a href="x">&')
    assert html == "Chào <b>&lt;a href=&#34;x&#34;&gt;&amp;</b>!"


def test_html_within_html_is_not_escaped_twice() -> None:
    inner = WORDS.html("greet.name", name="<")
    assert "<b>&lt;</b>" in WORDS.html("greet.name", name=inner)


@pytest.mark.parametrize(("key", "language"), [("greet.nobody", "vi"), ("greet.all", "zh")])
def test_an_unknown_key_or_language_is_refused(key: str, language: str) -> None:
    with pytest.raises(UnknownWords, match=key):
        WORDS.text(key, language)


def test_a_sentence_without_translation_falls_back_to_vietnamese(tmp_path: Path) -> None:
    catalogue(tmp_path, "vi", "greet", "greet.all=Chào bà con.")
    assert Words.load(tmp_path).text("greet.all", "km") == "Chào bà con."


def test_an_unreviewed_translation_is_not_used(tmp_path: Path) -> None:
    catalogue(tmp_path, "vi", "greet", "greet.all=Chào bà con.")
    catalogue(tmp_path, "en", "greet", "greet.all=Hi")
    path = tmp_path / "en" / "greet.po"
    path.write_text("#, fuzzy\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert Words.load(tmp_path).text("greet.all", "en") == "Chào bà con."


def test_a_key_written_twice_is_named_with_both_places(tmp_path: Path) -> None:
    catalogue(tmp_path, "vi", "greet", "greet.all=Chào", "greet.all=Xin chào")
    catalogue(tmp_path, "vi", "start", "greet.all=Chào bà con")
    assert defects(tmp_path) == [
        "vi/greet.po:4: greet.all: already at vi/greet.po:1",
        "vi/start.po:1: greet.all: already at vi/greet.po:1",
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("greet.all=", "has no sentence"),
        ("greet.all= ", "has no sentence"),
        ("greet=Chào", "a key is lower-case words joined by dots"),
        ("greet.{name}=Chào", "a key is lower-case words joined by dots"),
        ("greet.all=Chào {name", "a brace that belongs to no {placeholder}"),
        ("greet.all=Chào {0}", "a brace that belongs to no {placeholder}"),
        ("greet.all=Chào {language}", "{language} cannot be a placeholder"),
    ],
)
def test_a_defect_is_named_with_file_line_and_key(tmp_path: Path, entry: str, reason: str) -> None:
    catalogue(tmp_path, "vi", "greet", "greet.first=Một", entry)
    assert defects(tmp_path) == [f"vi/greet.po:4: {entry.partition('=')[0]}: {reason}"]


def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path) -> None:
    catalogue(tmp_path, "vi", "greet", "greet.all=Chào")
    (tmp_path / "vi" / "odd.po").write_text('msgid "a.b"\nmsgsrt "Chào"\n', encoding="utf-8")
    assert defects(tmp_path)[0].startswith("vi/odd.po:2: not written as a catalogue")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "odd.po").write_bytes(b'msgid "a.b"\nmsgstr "\xff\xfe"\n')
    assert defects(tmp_path) == ["vi/odd.po:1: not written in UTF-8"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("vi", "7 giờ 05 thứ Hai, 23/11/2026"),
        ("en", "7:05 on Monday, 23 November 2026"),
        ("km", "ថ្ងៃចន្ទ 23 វិច្ឆិកា 2026 ម៉ោង 7:05"),
    ],
)
def test_a_moment_is_shown_as_it_is_in_viet_nam(language: str, shown: str) -> None:
    assert Words.load().moment(datetime(2026, 11, 23, 0, 5, tzinfo=UTC), language) == shown


def test_a_late_moment_belongs_to_the_next_day_in_viet_nam() -> None:
    assert Words.load().date(datetime(2026, 12, 31, 18, tzinfo=UTC)) == "01/01/2027"


def test_a_date_is_shown_as_it_is() -> None:
    assert Words.load().date(date(2026, 2, 3)) == "03/02/2026"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Words.load().moment(datetime(2026, 11, 23, 7))  # noqa: DTZ001 - the naive time is the claim


def test_items_are_joined_as_a_phrase() -> None:
    assert Words.load().listed(["ấp", "khóm", "khu vực"]) == "ấp, khóm và khu vực"
