"""What is hashed holds a digest of the groups, no longer each of them."""

from alembic import op

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0006"
down_revision = "main_0005"


def upgrade() -> None:
    no_longer_refuse("a_group_was_not_in_what_was_submitted", "revision_chat")
    refuse(
        "a_group_is_added_only_before_approval",
        "INSERT ON revision_chat",
        "EXISTS (SELECT 1 FROM approval WHERE approval.revision_id = NEW.revision_id)",
    )
    _ask_anew()


def _ask_anew() -> None:
    """What was on its way in the old form goes back to its author: no hash of it holds any more.

    What has been sent stays as it is; the plan can only say of it that its words are unreadable.
    """
    op.execute(
        "UPDATE bulletin SET state = 'sent' WHERE state = 'approved' AND id IN"
        " (SELECT bulletin_id FROM broadcast WHERE state = 'released')"
    )
    op.execute("UPDATE bulletin SET state = 'draft' WHERE state IN ('in_review', 'approved')")
    op.execute(
        "UPDATE broadcast SET state = 'stopped', told = TRUE WHERE state IN ('planned', 'released')"
    )
    op.execute("DELETE FROM button WHERE action IN ('bulletin:approve', 'bulletin:return')")
