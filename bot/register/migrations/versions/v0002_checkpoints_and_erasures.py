"""Seals, the tree's kept nodes, checkpoints, erasures and legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# What the tables below say must not be unsaid, even by a slip; a person with rights over the
# database can drop a trigger, and is found out by the checkpoints that were kept outside.
FOR_EVER = ("checkpoints", "erasures")


def upgrade() -> None:
    """Add what lets the register prove itself, and forget."""
    op.add_column("entries", sa.Column("seal", sa.LargeBinary))
    op.add_column("sealed_texts", sa.Column("workspace", sa.Text))
    op.create_index("sealed_texts_by_workspace", "sealed_texts", ["workspace"])
    op.create_table(
        "tree_nodes",
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("time", sa.String(20), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("at", sa.Date, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("signed_by", sa.String(16), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "holds",
        sa.Column("check", sa.Text, primary_key=True),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
    )
    for table in FOR_EVER:
        _forbid_changes(table)


def _forbid_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, when in (("changed", "UPDATE"), ("deleted", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_are_never_{name} BEFORE {when} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are never {name}'); END"
            )
    else:
        op.execute(
            f"""
            CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE integrity_constraint_violation USING MESSAGE = '{table} are never changed';
            END $$
            """
        )
        op.execute(
            f"CREATE TRIGGER {table}_are_never_changed "
            f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{table}()"
        )
