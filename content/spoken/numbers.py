"""Answers for numbers as they are said in Vietnamese, the way the South says them."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")
LARGEST = 10**12 - 1
"""What is longer is nobody's quantity: it is said digit by digit."""


def number(value: int) -> str:
    """A whole number from 0 to LARGEST: 2026 is "hai nghìn không trăm hai mươi sáu"."""
    if value == 0:
        return DIGITS[0]
    said: list[str] = []
    for place in range(len(GROUPS) - 1, -1, -1):
        group = value // 1000**place % 1000
        if group:
            said += [_group(group, led=bool(said)), GROUPS[place]]
    return " ".join(word for word in said if word)


def one_by_one(digits: str) -> str:
    """Digits as one reads out a telephone number."""
    return " ".join(DIGITS[int(digit)] for digit in digits)


def _group(value: int, led: bool) -> str:
    """Up to three digits; `led` if others were said before them, so that no hundred is skipped."""
    hundreds, rest = divmod(value, 100)
    said = [DIGITS[hundreds], "trăm"] if hundreds or led else []
    if 0 < rest < len(DIGITS) and said:
        return " ".join([*said, "lẻ", DIGITS[rest]])
    return " ".join([*said, _below_hundred(rest)]).strip()


def _below_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return DIGITS[ones] if ones else ""
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, DIGITS[ones])
    return f"{said} {last}".strip()
