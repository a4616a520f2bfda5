"""How many people live in a unit, and where on the map it lies."""

from alembic import op

revision = "main_0027"
down_revision = "main_0026"

# Written out: SQLite adds a check together with its column, or not at all.
COLUMNS = (
    "population INTEGER CONSTRAINT population CHECK (population BETWEEN 1 AND 20000000)",
    "latitude FLOAT",
    "longitude FLOAT CONSTRAINT point CHECK ((latitude IS NULL) = (longitude IS NULL))",
)


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE unit ADD COLUMN {column}")
