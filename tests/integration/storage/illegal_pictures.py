"""Statements about what goes along with bulletins that the databases must refuse."""

from collections.abc import Callable

AT = "2026-11-20 02:00:00.000000"
SHA256 = "a" * 64
EMPTIED_PICTURES = {
    "bytes are emptied": (
        "TRUNCATE bulletin_media CASCADE",
        "the bytes of a revision are never removed",
    ),
    "files of revisions are emptied": (
        "TRUNCATE revision_media",
        "the files of a revision are never removed",
    ),
}


def refused_pictures(insert: Callable[..., str]) -> dict[str, tuple[str, str]]:
    """With the words in which the others are written; nobody approved r2."""
    kept = insert("bulletin_media", SHA256, "a road", AT)
    along = f"{kept};{insert('revision_media', 'r2', 1, SHA256)}"
    seen = insert("opinion_picture", "p1", "o1", 1, "a road")
    return {
        "another picture is put in place of a resident's": (
            f"{seen};UPDATE opinion_picture SET content = 'a bridge'",
            "pictures of opinions never change",
        ),
        "a picture is put beside an opinion that was erased": (
            f"UPDATE opinion SET text = '', erased_at = '{AT}' WHERE id = 'o1';{seen}",
            "an erased opinion gets no picture",
        ),
        "more pictures are said to have come": (
            "UPDATE opinion SET pictures = 3",
            "how many pictures came is said for good",
        ),
        "a sixth picture of an opinion": (
            insert("opinion_picture", "p6", "o1", 6, "a road"),
            "number",
        ),
        "a picture of no opinion": (
            insert("opinion_picture", "p1", "o9", 1, "a road"),
            "FOREIGN KEY",
        ),
        "other bytes are put under a file's hash": (
            f"{kept};UPDATE bulletin_media SET content = 'a bridge'",
            "the bytes of a file never change",
        ),
        "the bytes of a revision are removed": (
            f"{along};DELETE FROM bulletin_media",
            "the bytes of a revision are never removed",
        ),
        "a file of a revision is put in another place": (
            f"{along};UPDATE revision_media SET number = 2",
            "the files of a revision never change",
        ),
        "a file of a revision is removed": (
            f"{along};DELETE FROM revision_media",
            "the files of a revision are never removed",
        ),
        "a file is added to an approved revision": (
            f"{kept};{insert('revision_media', 'r1', 1, SHA256)}",
            "no file is added to what was approved",
        ),
    }
