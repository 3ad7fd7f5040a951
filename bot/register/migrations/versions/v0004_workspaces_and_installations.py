"""What workspaces have chosen, and where the app is installed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the two tables; neither has to do with the register's entries."""
    # SQLite counts by itself only in a column that is declared as INTEGER.
    counted = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "workspace_changes",
        sa.Column("position", counted, primary_key=True, autoincrement=True),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("choices", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "workspace_changes_by_workspace", "workspace_changes", ["surface", "tenant", "position"]
    )
    op.create_table(
        "installations",
        sa.Column("surface", sa.Text, primary_key=True),
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
    )
