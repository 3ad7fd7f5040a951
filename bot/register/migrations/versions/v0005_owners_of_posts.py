"""Whom to tell when a post does not go out, and since when it waits; both go once it is out."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two columns that are empty for every row of before."""
    op.add_column("outbox", sa.Column("owner", sa.LargeBinary))
    op.add_column("outbox", sa.Column("since", sa.Double))
