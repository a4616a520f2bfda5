"""Statements about polls and what was published of them that the databases must refuse."""

from collections.abc import Callable

AT = "2026-11-20 02:00:00.000000"
EMPTIED_POLLS = {
    "results of polls are emptied": ("TRUNCATE poll_result", "results are never removed"),
}


def refused_polls(insert: Callable[..., str]) -> dict[str, tuple[str, str]]:
    """With the words in which the others are written."""

    def copy(state: str, counts: str) -> str:
        return insert("poll_copy", "bc1.g1", "bc1", 7, "p1", AT, AT, None, state, counts, 7)

    result = insert("poll_result", "bc1", "{}", AT)
    return {
        "a copy is counted without counts": (copy("counted", ""), "counted"),
        "an open copy has counts": (copy("open", "[4, 3]"), "counted"),
        "a copy stands nobody knows where": (copy("half_open", ""), "state"),
        "final counts are changed": (
            f"{copy('counted', '[4, 3]')};UPDATE poll_copy SET counts = '[40, 3]'",
            "final counts never change",
        ),
        "a poll is published with other cuts": (
            f"{result};UPDATE poll_result SET published = '[]'",
            "results are published once",
        ),
        "a poll is published twice": (f"{result};{result}", "UNIQUE"),
        "a published table is removed": (
            f"{result};DELETE FROM poll_result",
            "results are never removed",
        ),
    }
