"""What an opinion is, as its writer calls it, and whether they marked it urgent."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0044"
down_revision = "main_0043"

KINDS = "'phan_anh', 'kien_nghi', 'hoi_dap', 'gop_y', 'khen_ngoi'"


def upgrade() -> None:
    op.add_column("opinion", sa.Column("kind", sa.String()))
    op.add_column(
        "opinion", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    # A complaint or a denunciation is filed elsewhere: no row of ours may say that it is one.
    for act in ("INSERT ON opinion", "UPDATE OF kind ON opinion"):
        name = f"a_kind_is_one_of_five_{act.partition(' ')[0].lower()}"
        refuse(name, act, f"NEW.kind IS NOT NULL AND NEW.kind NOT IN ({KINDS})")
