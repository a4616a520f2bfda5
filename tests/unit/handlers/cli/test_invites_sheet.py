"""The sheet of invites stands alone, names everybody, and shows each their own link."""

import re
from datetime import UTC, datetime

import pytest

from domain.model.access import Role
from domain.model.roster import Language, Newcomer
from domain.model.unit import Unit, UnitKind
from domain.usecases.invite_everybody import Slip, SlipSheet
from handlers.cli.export_invites import drawn, paper
from handlers.periods import office_words

WORDS = office_words()
WARD = Unit("nk", "nk", "Phường Ninh Kiều", UnitKind.WARD, None, "UBND")


def somebody(name: str, *languages: Language) -> Newcomer:
    return Newcomer(name, name, languages, Role.COMMUNICATOR, "kv", "Khu vực <1>")


SLIPS = (
    Slip(somebody("Dung & <b>Lan</b>"), "token1"),
    Slip(somebody("Sơn", Language.VIETNAMESE, Language.KHMER), "token2"),
)


def link(start: str) -> str:
    return f"https://t.me/HaiChieuBot?start={start}"


@pytest.fixture(scope="module")
def page() -> str:
    at = datetime(2026, 12, 4, 2, 30, tzinfo=UTC)
    return paper(WORDS, SlipSheet(WARD, SLIPS, at, 0), link)


def test_each_slip_has_its_link_in_words_and_as_a_code(page: str) -> None:
    for slip in SLIPS:
        mine = link(f"inv_{slip.token}")
        assert page.count(mine) == 1
        assert drawn(mine) in page


def test_names_are_text_and_no_markup(page: str) -> None:
    assert "Dung &amp; &lt;b&gt;Lan&lt;/b&gt;" in page
    assert "Khu vực &lt;1&gt;" in page


def test_it_says_until_when_the_link_is_good(page: str) -> None:
    until = WORDS.moment(datetime(2026, 12, 4, 2, 30, tzinfo=UTC))

    assert page.count(str(WORDS.html("slip.until", when=until))) == len(SLIPS)


def test_whoever_speaks_khmer_is_told_in_khmer_too(page: str) -> None:
    assert page.count(str(WORDS.html("slip.todo", "vi"))) == 2
    assert page.count(str(WORDS.html("slip.todo", "km"))) == 1


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    assert not re.search(r"<script|<link|<img|@import|url\(|\bsrc=", page)
