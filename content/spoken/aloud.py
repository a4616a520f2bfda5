"""Answers for a text as an announcer says it: no digit, sign or address is left to guess."""

import re
import unicodedata
from collections.abc import Callable
from math import ceil

from content.spoken.numbers import LARGEST, number, one_by_one
from content.spoken.short_forms import ISSUERS, MEASURES, SHORT_FORMS

WORDS_A_MINUTE = 130
"""How fast a loudspeaker is followed by those who listen at home."""

LAST_OF_THE_FIRST_TEN, APRIL = 10, 4
SAID_WHOLE = 2
"""Digits after a comma that are said as one number; more are said one by one."""
_DAY, _MONTH, _YEAR = (
    r"(?P<day>0?[1-9]|[12]\d|3[01])",
    r"(?P<month>1[0-2]|0?[1-9])",
    r"(?:19|20)\d\d",
)
_HOUR, _MINUTE = r"(?P<hour>2[0-4]|[01]?\d)", r"(?P<minute>[0-5]\d)"
_MEASURE = "|".join(re.escape(one) for one in sorted(MEASURES, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"


def minutes(text: str) -> int:
    """How long it takes to read out a spoken text, in whole minutes."""
    return max(1, ceil(len(text.split()) / WORDS_A_MINUTE))


def aloud(text: str) -> str:
    """The text as it is said, a sentence a line; nothing in it is a digit any more."""
    lines = [_line(line) for line in unicodedata.normalize("NFC", text).splitlines()]
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    for pattern, said in _STEPS:
        line = pattern.sub(said, line)
    line = "".join(sign for sign in line if _is_said(sign))
    line = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", line)).strip(" -–—•*")
    if not any(sign.isalpha() for sign in line):
        return ""
    return line if line[-1] in ".!?:;," else f"{line}."


def _is_said(sign: str) -> bool:
    """No pictures, and no signs that only steer how others are set."""
    return unicodedata.category(sign) not in ("So", "Sk", "Cf", "Cs", "Co", "Cn", "Mc", "Me")


def _quantity(written: str) -> str:
    digits = written.replace(".", "")
    begins_with_zero = len(digits) > 1 and digits[0] == "0"
    if begins_with_zero or len(digits) > len(str(LARGEST)):
        return one_by_one(digits)
    return number(int(digits))


def _site(found: re.Match[str]) -> str:
    host = found["host"].removeprefix("www.")
    return f"trang {host.replace('.', ' chấm ')}{found['end']}"


def _bare_site(found: re.Match[str]) -> str:
    return found[0].replace(".", " chấm ")


def _document(found: re.Match[str]) -> str:
    year = f" năm {number(int(found['year']))}" if found["year"] else ""
    last = found["mark"].split("-")[-1]
    term = re.fullmatch(r"QH(\d+)", last)
    assembly = f"của Quốc hội khóa {number(int(term[1]))}" if term else ""
    issuer = assembly or ISSUERS.get(last, "")
    said = f"{_quantity(found['number'])}{year}"
    # "Nghị định 131/2025/NĐ-CP của Chính phủ" names the issuer by itself.
    return said if issuer in found.string[found.end() :] else f"{said} {issuer}"


def _date(found: re.Match[str]) -> str:
    day, month, year = found["day"], int(found["month"]), found["year"]
    before = found["before"] or ""
    named = before.strip().casefold().endswith(("ngày", "mùng", "rằm"))
    said = f"{before}{'' if named else 'ngày '}{_day(int(day))} {_month(month)}"
    return f"{said} năm {number(int(year))}" if year else said


def _day(day: int) -> str:
    return f"mùng {number(day)}" if day <= LAST_OF_THE_FIRST_TEN else number(day)


def _month(month: int) -> str:
    return "tháng tư" if month == APRIL else f"tháng {number(month)}"


def _month_of_year(found: re.Match[str]) -> str:
    return f"{_month(int(found['month']))} năm {number(int(found['year']))}"


def _hour(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return f"{number(hour)} giờ{f' {number(minute)} phút' if minute else ''}"


def _telephone(found: re.Match[str]) -> str:
    return one_by_one(re.sub(r"\D", "", found[0]))


def _decimal(found: re.Match[str]) -> str:
    after = found["after"]
    said = one_by_one(after) if after[0] == "0" or len(after) > SAID_WHOLE else number(int(after))
    return f"{_quantity(found['whole'])} phẩy {said}"


def _measured(found: re.Match[str]) -> str:
    return f"{found['number']} {MEASURES[found['measure']]}"


def _among_letters(found: re.Match[str]) -> str:
    return f" {one_by_one(found[0])} "


_BEFORE_A_DATE = (
    r"(?P<before>(?:ngày|mùng|rằm|sáng|trưa|chiều|tối|đêm|hôm|từ|đến|hết|trước|sau|và|nhật"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy))[ ,(]+)"
)
_COUNTED = "%|đ|người|hộ|ca|em|kg|km|m|ha|nghìn|ngàn|triệu|trường hợp"
"""After these a number as short as a hotline's is a quantity."""
_SHORT = "|".join(re.escape(one) for one in sorted(SHORT_FORMS, key=len, reverse=True))
_Said = str | Callable[[re.Match[str]], str]
_STEPS: tuple[tuple[re.Pattern[str], _Said], ...] = (
    (re.compile(r"(?:https?://|\bwww\.)(?P<host>[\w.-]*\w)\S*?(?P<end>[.,;:!?)]*)(?=\s|$)"), _site),
    (re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|org|net|info)\b"), _bare_site),
    (
        re.compile(
            r"(?P<number>\d+)/(?:(?P<year>(?:19|20)\d\d)/)?"
            r"(?P<mark>[A-ZĐ]{1,5}(?:-[A-ZĐ]{1,6}[a-z]?|-TTg)*\d{0,2})(?!\w)"
        ),
        _document,
    ),
    (
        re.compile(
            rf"(?P<before>(?:(?i:ngày|mùng|rằm) )?)(?<!\d){_DAY}[/.-]{_MONTH}"
            rf"[/.-](?P<year>{_YEAR})(?!\d)"
        ),
        _date,
    ),
    (
        re.compile(rf"{_BEFORE_A_DATE}{_DAY}[/-]{_MONTH}(?P<year>)(?![\d/])", re.IGNORECASE),
        _date,
    ),
    (
        re.compile(rf"tháng {_MONTH}[/-](?P<year>{_YEAR})(?!\d)", re.IGNORECASE),
        _month_of_year,
    ),
    (re.compile(r"tháng 4(?!\d)", re.IGNORECASE), "tháng tư"),
    (re.compile(rf"(?<!\d){_HOUR} ?(?:[hg:]|giờ) ?{_MINUTE}(?: ?phút)?(?!\d)"), _hour),
    (re.compile(rf"(?<!\d){_HOUR} ?[hg](?P<minute>)(?!\w)"), _hour),
    (re.compile(r"(?<![\d.,])\(?0\d{1,3}\)?(?:[ .-]?\d{1,4}){2,4}(?!\d)"), _telephone),
    (re.compile(r"(?<![\d.,])1[89]00(?:[ .-]?\d{2,4}){1,2}(?!\d)"), _telephone),
    (
        re.compile(r"(?<![\d.,])1(?:1[1-9]|80|9\d)(?![\d.,]\d|\d| ?(?:%|đ|người|hộ|ca|kg|km|m))"),
        _telephone,
    ),
    (re.compile(r"(?<=gọi )\d{3}(?!\d|[.,]\d)"), _telephone),
    (re.compile(r"(?<=\d)\s?[-–]\s?(?=\d)"), " đến "),
    (re.compile(r"(?<=\d)/(?=\d)"), " trên "),
    (re.compile(r"/(?=(?:giờ|ngày|tuần|tháng|quý|năm|lần|người|hộ|trẻ|em)(?!\w))"), " mỗi "),
    (re.compile(r"và\s?/\s?hoặc"), "hoặc"),
    (
        re.compile(rf"(?P<number>{_NUMBER}(?:,\d+)?) ?(?P<measure>{_MEASURE})(?!\w)"),
        _measured,
    ),
    (re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+),(?P<after>\d+)"), _decimal),
    (re.compile(rf"(?<![\w.])(?:{_NUMBER})(?!\w)", re.ASCII), lambda found: _quantity(found[0])),
    (re.compile(r"\d+"), _among_letters),
    (re.compile(rf"(?<!\w)(?:{_SHORT})\.?(?!\w)"), lambda found: SHORT_FORMS[found[0].rstrip(".")]),
    (re.compile(r"\s*&\s*"), " và "),
    (re.compile(r"\s*\+\s*"), " cộng "),
    (re.compile(r"\s*/\s*"), " hoặc "),
    (re.compile(r"[«»\"“”*_#|<>\[\]{}]"), ""),
)
"""Tried in this order on each line: what is special before what is general."""
