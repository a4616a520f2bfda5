"""What the databases must refuse about material for communicators."""

AT = "2026-11-20 02:00:00.000000"
KEPT = (
    *("material_id", "unit_id", "author_id", "kind", "audience_unit_id", "title", "field", "text"),
    *("points", "pairs", "minutes", "issuing_body", "source", "valid_until", "file_id"),
    *("file_sha256", "hash", "submitted_at"),
)
HASH = "(SELECT hash FROM material_revision WHERE id = 'tr1')"


def material(**changed: object) -> str:
    """Material more, as its author begins it, but for these columns."""
    row: dict[str, object] = {
        "id": "t9",
        "unit_id": "nk",
        "author_id": "an",
        "state": "draft",
        "revision": 0,
        "begun_at": AT,
    }
    row |= changed
    return f"INSERT INTO material ({', '.join(row)}) VALUES ({', '.join(map(repr, row.values()))})"


def revision(**changed: str) -> str:
    """The revision in the file once more, with these SQL expressions in their places."""
    row = {"id": "'tr9'", "number": "9"} | {name: name for name in KEPT} | changed
    columns, values = ", ".join(row), ", ".join(row.values())
    return f"INSERT INTO material_revision ({columns}) SELECT {values} FROM material_revision"


def approval(author: str = "'an'", approver: str = "'binh'", agreed: str = HASH) -> str:
    values = f"'ta9', 'tr1', {agreed}, {author}, {approver}, '{AT}'"
    columns = "id, revision_id, revision_hash, author_id, approver_id, approved_at"
    return f"INSERT INTO material_approval ({columns}) VALUES ({values})"


def word(to: str) -> str:
    """A card about material."""
    columns = (
        "id, origin_kind, origin_id, destination, bot_id, part, lane, payload_hash, state, attempt,"
        " refusals, message_id, link, reason"
    )
    about = f"'x9', 'card', 'material:review:tr1', '{to}', 0, 0, 0, '', 'queued', 1, 0, '', '', ''"
    return f"INSERT INTO outbox ({columns}) VALUES ({about})"


APPROVED = "UPDATE material SET state = 'approved' WHERE id = 't1'"

MATERIALS = {
    "material begins as approved": (material(state="approved"), "material begins as a draft"),
    "material in a state that there is not": (
        "UPDATE material SET state = 'sent' WHERE id = 't1'",
        "state",
    ),
    "material is shown that nobody has approved": (APPROVED, "a second person approves material"),
    "a revision nobody approved takes the place of the one that was": (
        approval()
        + f";{APPROVED};"
        + revision(number="2", hash="'khác'")
        + ";UPDATE material SET revision = 2 WHERE id = 't1'",
        "a second person approves material",
    ),
    "the author approves material": (approval(approver="'an'"), "second_person"),
    "the author approves material that is said to be another's": (
        approval(author="'binh'", approver="'an'"),
        "FOREIGN KEY",
    ),
    "other words of material are approved": (approval(agreed="'khác'"), "FOREIGN KEY"),
    "material becomes another author's": (
        "UPDATE material SET author_id = 'binh' WHERE id = 't1'",
        "material keeps its author",
    ),
    "material is submitted in another's name": (revision(author_id="'binh'"), "FOREIGN KEY"),
    "material is removed": ("DELETE FROM material", "material is never removed"),
    "submitted material is changed": (
        "UPDATE material_revision SET text = 'khác'",
        "a revision of material never changes",
    ),
    "submitted material is removed": (
        "DELETE FROM material_revision",
        "a revision of material is never removed",
    ),
    "an approval of material is given to another": (
        approval() + ";UPDATE material_approval SET approver_id = 'chi'",
        "an approval of material never changes",
    ),
    "an approval of material is withdrawn": (
        approval() + ";DELETE FROM material_approval",
        "an approval of material is never removed",
    ),
    "a file of material is exchanged": (
        "UPDATE material_file SET content = 'khác'",
        "a file of material never changes",
    ),
    "a submitted file is removed": ("DELETE FROM material_file", "FOREIGN KEY"),
    "a file is submitted under another's hash": (revision(file_sha256="'khác'"), "FOREIGN KEY"),
    "a handout without its file": (revision(file_id="NULL", file_sha256="NULL"), "whole"),
    "a sheet without questions": (revision(kind="'hoi_dap'"), "whole"),
    "a topic without words": (revision(kind="'chuyen_de'"), "whole"),
    "material without a source": (revision(source="''"), "whole"),
    "material of no kind": (revision(kind="'quang_cao'"), "kind"),
    "a topic of four hours": (revision(minutes="240"), "minutes"),
    "word of material goes to a residents group": (
        word("chat:g1"),
        "only a broadcast reaches|to persons only",
    ),
    "word of material goes to a staff group": (
        word("chat:s1"),
        "word of material goes to persons only",
    ),
    "word of material goes to a resident": (
        word("handle:h1"),
        "word of material goes to persons only",
    ),
}

EMPTIED_MATERIALS = {
    "material is emptied": ("TRUNCATE material CASCADE", "material is never removed"),
    "submitted material is emptied": (
        "TRUNCATE material_revision CASCADE",
        "a revision of material is never removed",
    ),
    "approvals of material are emptied": (
        "TRUNCATE material_approval",
        "an approval of material is never removed",
    ),
}
"""What PostgreSQL's TRUNCATE could do."""
