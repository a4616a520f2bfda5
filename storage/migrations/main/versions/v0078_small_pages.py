"""Small pages of an index of words that main_0083 makes anew in another form."""

revision = "main_0078"
down_revision = "main_0077"


def upgrade() -> None:
    """Nothing is left to do."""
