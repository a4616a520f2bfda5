"""Statements about places of opinions that the databases must refuse."""

AT = "2026-11-20 02:00:00.000000"
_FILED = (
    "INSERT INTO opinion (id, code, number, unit_id, source, text, language, state, filed_at,"
    " due_at, version, seq, urgent, is_public, replied_to, has_point)"
    " SELECT 'o7', 'c7', 'n7', unit_id, source, 'Đèn hỏng.', language, 'new', filed_at, due_at,"
    " 1, 7, FALSE, FALSE, '', TRUE FROM opinion WHERE id = 'o1'"
)
"""An opinion that was filed with a place."""


def _put(latitude: float = 10.03385, longitude: float = 105.78422, opinion: str = "o7") -> str:
    return f"{_FILED};INSERT INTO opinion_point VALUES ('{opinion}', {latitude}, {longitude})"


_LATE = "only an opinion that was filed with a point has one"
POINTS = {
    "the place of an opinion is moved": (
        f"{_put()};UPDATE opinion_point SET latitude = 10.1",
        "points of opinions never change",
    ),
    "the place of an opinion is taken off after it was filed": (
        f"{_put()};DELETE FROM opinion_point",
        "a point goes with the words only",
    ),
    "a place is put beside an opinion that was filed without": (_put(opinion="o1"), _LATE),
    "a place is put beside an opinion that was erased": (
        (
            f"{_FILED};UPDATE opinion SET text = '', erased_at = '{AT}' WHERE id = 'o7';"
            "INSERT INTO opinion_point VALUES ('o7', 10.03385, 105.78422)"
        ),
        _LATE,
    ),
    "an opinion is said to have come with a place": (
        "UPDATE opinion SET has_point = TRUE",
        "that a point came is said for good",
    ),
    "a second place of an opinion": (
        f"{_put()};INSERT INTO opinion_point VALUES ('o7', 10.1, 105.8)",
        "opinion_point",
    ),
    "a place beyond the pole": (_put(latitude=90.1), "latitude"),
    "a place beyond the date line": (_put(longitude=-180.1), "longitude"),
    "a place that is nowhere": (_put(0, 0), "somewhere"),
}
EMPTIED_POINTS = {
    "places of opinions are emptied": (
        "TRUNCATE opinion_point",
        "a point goes with the words only",
    ),
}
