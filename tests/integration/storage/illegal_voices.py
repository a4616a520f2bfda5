"""Statements about recordings of opinions that the databases must refuse."""

AT = "2026-11-20 02:00:00.000000"
_FILED = (
    "INSERT INTO opinion (id, code, number, unit_id, source, text, language, state, filed_at,"
    " due_at, version, seq, urgent, is_public, replied_to, voice)"
    " SELECT 'o8', 'c8', 'n8', unit_id, source, 'Đèn hỏng.', language, 'new', filed_at, due_at,"
    " 1, 8, FALSE, FALSE, '', 45 FROM opinion WHERE id = 'o1'"
)
"""An opinion that was filed with a recording."""


def _put(name: str = "v1", opinion: str = "o8", agreed_to: int = 1) -> str:
    heard = f"'{name}', '{opinion}', {agreed_to}, '{AT}', 'the lamp is broken'"
    return f"INSERT INTO opinion_voice VALUES ({heard})"


_LATE = "only an opinion that was filed with a recording has one"
VOICES = {
    "another recording is put in place of a resident's": (
        f"{_FILED};{_put()};UPDATE opinion_voice SET content = 'it is not'",
        "recordings of opinions never change",
    ),
    "a recording is put beside an opinion that was filed without": (_put(opinion="o1"), _LATE),
    "a recording is put beside an opinion that was erased": (
        f"{_FILED};UPDATE opinion SET text = '', erased_at = '{AT}' WHERE id = 'o8';{_put()}",
        _LATE,
    ),
    "an opinion is said to have come with a recording": (
        "UPDATE opinion SET voice = 45",
        "that a recording came is said for good",
    ),
    "a recording that nobody agreed to": (f"{_FILED};{_put(agreed_to=0)}", "agreed_to"),
    "a second recording of an opinion": (f"{_FILED};{_put()};{_put('v2')}", "opinion_voice"),
}
