"""Statements about matters and their cases that the databases must refuse."""

AT = "2026-11-20 02:00:00.000000"
_COLUMNS = "(id, unit_id, title, opened_by, opened_at, bulletin_id, version)"


def _open(
    title: str = "'Mất nước'", unit: str = "nk", by: str = "an", bulletin: str = "NULL"
) -> str:
    row = f"'m1', '{unit}', {title}, '{by}', '{AT}', {bulletin}, 1"
    return f"INSERT INTO matter {_COLUMNS} VALUES ({row})"


_OTHER = _open().replace("'m1'", "'m2'")
_PUT = "INSERT INTO matter_case (opinion_id, matter_id) VALUES"
_GATHERED = f"{_open()};{_PUT} ('o1', 'm1')"
_TITLE = "check constraint.*title"
_KEY = "foreign key"
MATTERS = {
    "a matter without a title": (_open("''"), _TITLE),
    "a matter whose title is unknown": (_open("NULL"), "null.*title"),
    "a matter whose title fits into no heading": (_open(f"'{'x' * 81}'"), _TITLE),
    "a matter loses its title": (f"{_open()};UPDATE matter SET title = ''", _TITLE),
    "a matter of no unit": (_open(unit="nowhere"), _KEY),
    "a matter is moved to no unit": (f"{_open()};UPDATE matter SET unit_id = 'nowhere'", _KEY),
    "a matter that nobody has opened": (_open(by="nobody"), _KEY),
    "a matter answered by no bulletin": (_open(bulletin="'nothing'"), _KEY),
    "a second matter under one id": (f"{_open()};{_open()}", "unique.*matter"),
    "a matter is dropped over the head of its cases": (f"{_GATHERED};DELETE FROM matter", _KEY),
    "a case under two matters": (
        f"{_GATHERED};{_OTHER};{_PUT} ('o1', 'm2')",
        "unique.*matter_case",
    ),
    "a case under no matter": (f"{_PUT} ('o1', 'nothing')", _KEY),
    "a case is moved to no matter": (f"{_GATHERED};UPDATE matter_case SET matter_id = 'x'", _KEY),
    "what is no case is gathered": (f"{_open()};{_PUT} ('nothing', 'm1')", _KEY),
    "a gathered case becomes something else": (
        f"{_GATHERED};UPDATE matter_case SET opinion_id = 'x'",
        _KEY,
    ),
}
