"""Questions to advisers and what was said, kept by random keys and not in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables; without SQLite's hidden row numbers, which tell who came first."""
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("back", sa.String(16), nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("claimed_by", sa.String(32)),
        sa.Column("words_key", sa.String(32)),
        sa.Column("route_key", sa.String(32)),
        sa.Column("route", sa.LargeBinary),
        sa.Column("remind_at", sa.BigInteger),
        sa.Column("reminded", sa.Integer, nullable=False),
        sa.Column("redraw_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "enquiry_messages",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("enquiry", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("release_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("enquiry_messages_by_enquiry", "enquiry_messages", ["enquiry"])
    op.create_index("enquiry_messages_by_release", "enquiry_messages", ["release_at"])
