"""Words put in place sooner of an index of words that main_0083 makes anew in another form."""

revision = "main_0082"
down_revision = "main_0081"


def upgrade() -> None:
    """Nothing is left to do."""
