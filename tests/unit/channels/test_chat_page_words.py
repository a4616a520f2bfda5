"""The chat page's files: the same words in three languages, short modules, no text read as HTML."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "channels/telegram/sandbox/page"
WORDS = {path.stem: json.loads(path.read_text()) for path in PAGE.glob("words.*.json")}
CODE = {path.name: path.read_text() for path in PAGE.glob("*.js")}
HTML = (PAGE / "index.html").read_text()
LONGEST = 300


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("language", ["words.km", "words.en"])
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    shape = {key: placeholders(said) for key, said in WORDS["words.vi"].items()}

    assert {key: placeholders(said) for key, said in WORDS[language].items()} == shape


def test_the_page_asks_for_no_words_that_are_not_there() -> None:
    asked = {key for code in CODE.values() for key in re.findall(r'\bt\("([^"]+)"', code)}
    asked |= set(re.findall(r'data-(?:words|hint|label)="([^"]+)"', HTML))

    assert asked <= set(WORDS["words.vi"])


def test_no_words_are_kept_that_nobody_asks_for() -> None:
    everything = HTML + "".join(CODE.values())

    assert [key for key in WORDS["words.vi"] if f'"{key}"' not in everything] == []


def test_the_page_has_no_words_of_its_own_in_its_code() -> None:
    without_comments = {name: re.sub(r"//.*", "", code) for name, code in CODE.items()}
    foreign = [name for name, code in without_comments.items() if re.search("[À-ỹក-៿]", code)]

    assert foreign == ["words.js"]  # the languages' own names


@pytest.mark.parametrize("name", sorted(CODE))
def test_a_module_of_the_page_can_be_read_in_one_sitting(name: str) -> None:
    assert len(CODE[name].splitlines()) <= LONGEST


def test_no_text_is_ever_read_as_html() -> None:
    risky = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(")

    assert [name for name, code in CODE.items() if risky.search(code)] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    styles = [path.read_text() for path in PAGE.glob("*.css")]

    assert re.findall(r'(?:src|href)="(?!/page/)', HTML) == []
    assert re.findall(r"url\((?!\"/page/)", "".join(styles)) == []
