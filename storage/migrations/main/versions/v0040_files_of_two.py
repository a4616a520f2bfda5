"""No file is added to a revision that the first of two people has agreed to."""

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0040"
down_revision = "main_0039"

NAME = "no_file_is_added_to_what_was_approved"


def upgrade() -> None:
    no_longer_refuse(NAME, "revision_media")
    refuse(
        NAME,
        "INSERT ON revision_media",
        "EXISTS (SELECT 1 FROM approval WHERE revision_id = NEW.revision_id)"
        " OR EXISTS (SELECT 1 FROM first_approval WHERE revision_id = NEW.revision_id)",
    )
