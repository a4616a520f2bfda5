"""The newest case first of an index of words that main_0083 makes anew in another form."""

revision = "main_0081"
down_revision = "main_0080"


def upgrade() -> None:
    """Nothing is left to do."""
