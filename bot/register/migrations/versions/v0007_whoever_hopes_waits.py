"""On PostgreSQL whoever writes in hope lets those go first who looked."""

from alembic import op

revision = "0007"
down_revision = "0006"

# The lock that an appender takes before it looks where the register ends, here shared among all
# who do not look: they do not wait for one another, and none of them comes in between somebody's
# look and insert. What was committed while one waited is seen, as each query of a function that
# is volatile sees it.
TRIGGER = """
    CREATE OR REPLACE FUNCTION refuse_gap_in_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(6010160846679009387);
        IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM entries) THEN
            RAISE integrity_constraint_violation
            USING MESSAGE = 'entries follow one another without gaps';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    """Replace the function of the trigger that refuses gaps."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TRIGGER)
