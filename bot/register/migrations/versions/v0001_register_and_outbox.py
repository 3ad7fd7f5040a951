"""The entries that nothing may change, their sealed texts, and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
    """,
    """
    CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER entries_are_never_replaced BEFORE INSERT ON entries
    WHEN EXISTS (
        SELECT 1 FROM entries
        WHERE "check" = NEW."check" AND kind = NEW.kind AND revision = NEW.revision
    )
    BEGIN SELECT RAISE(ABORT, 'entries are never replaced'); END
    """,
    """
    CREATE TRIGGER entries_follow_without_gaps BEFORE INSERT ON entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    BEGIN SELECT RAISE(ABORT, 'entries follow one another without gaps'); END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION refuse_change_of_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE integrity_constraint_violation USING MESSAGE = 'entries are never changed';
    END $$
    """,
    """
    CREATE TRIGGER entries_are_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_entries()
    """,
    """
    CREATE FUNCTION refuse_gap_in_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM entries) THEN
            RAISE integrity_constraint_violation
            USING MESSAGE = 'entries follow one another without gaps';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER entries_follow_without_gaps BEFORE INSERT ON entries
    FOR EACH ROW EXECUTE FUNCTION refuse_gap_in_entries()
    """,
)


def upgrade() -> None:
    """Make the first tables."""
    _create_entries()
    _create_outbox()
    dialect = op.get_bind().dialect.name
    for trigger in SQLITE_TRIGGERS if dialect == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def _create_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("commitment", sa.LargeBinary, nullable=False),
        sa.Column("text_digest", sa.String(64)),
        sa.Column("key", sa.String(32)),
        sa.UniqueConstraint("check", "kind", "revision", name="one_entry_a_revision"),
    )
    op.create_index("entries_by_reference", "entries", ["reference"])
    op.create_table(
        "sealed_texts",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def _create_outbox() -> None:
    # SQLite counts by itself only in a column that is declared as INTEGER.
    counted = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "outbox",
        sa.Column("position", counted, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("recipient", sa.LargeBinary),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("remedy", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Double),
        sa.Column("claimed_until", sa.Double),
        sa.Column("message", sa.Text),
        sa.Column("edits", sa.String(32), sa.ForeignKey("outbox.id")),
        sa.Column("at", sa.Date, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_by_state", "outbox", ["state", "position"])
    op.create_index("outbox_by_check", "outbox", ["check"])
