"""The tables as queries see them; the migrations are what makes them."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

REGISTER = MetaData()
KEY_STORE = MetaData()

entries = Table(
    "entries",
    REGISTER,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("check", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("reference", Text),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("text_digest", String(64)),
    Column("key", String(32)),
    # Null in entries from before there were seals.
    Column("seal", LargeBinary),
)

# Apart from the entries, which nothing may delete, so that a text can be purged.
sealed_texts = Table(
    "sealed_texts",
    REGISTER,
    Column("key", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("workspace", Text),
)

# Complete subtrees of the tree over the commitments, so that proofs need not read all of it.
tree_nodes = Table(
    "tree_nodes",
    REGISTER,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    REGISTER,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("time", String(20), nullable=False),
    Column("key", String(16), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# One row for each text whose key was destroyed.
erasures = Table(
    "erasures",
    REGISTER,
    Column("key", String(32), primary_key=True),
    Column("at", Date, nullable=False),
    Column("policy", Text, nullable=False),
    Column("signed_by", String(16), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# Checks whose texts must be kept, whatever the schedule says; "*" stands for all of them.
holds = Table(
    "holds",
    REGISTER,
    Column("check", Text, primary_key=True),
    Column("since", Date, nullable=False),
    Column("until", Date),
)

outbox = Table(
    "outbox",
    REGISTER,
    Column("position", BigInteger, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False),
    Column("check", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("channel", Text),
    Column("recipient", LargeBinary),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("remedy", Text),
    Column("attempts", Integer, nullable=False),
    # Null when no worker may take the row: it is sent, or a person has to decide.
    Column("next_at", Double),
    Column("claimed_until", Double),
    Column("message", Text),
    Column("edits", String(32)),
    Column("at", Date, nullable=False),
    # Whom to tell if it does not go out, and since when it waits: both go once it is out.
    Column("owner", LargeBinary),
    Column("since", Double),
)

# Where a platform that has to be told reaches people: the newest that was seen of each.
references = Table(
    "references",
    REGISTER,
    Column("name", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Date, nullable=False),
)

# One row for each change of what a workspace has chosen; the newest of a workspace holds.
workspace_changes = Table(
    "workspace_changes",
    REGISTER,
    Column("position", BigInteger, primary_key=True, autoincrement=True),
    Column("surface", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("choices", LargeBinary, nullable=False),
)

# Where the app is installed: one row for each workspace or whole organisation, its token sealed.
installations = Table(
    "installations",
    REGISTER,
    Column("surface", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("sealed", LargeBinary),
)

entry_keys = Table(
    "entry_keys",
    KEY_STORE,
    Column("id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

# Kept by their ids alone: a hidden row number would tell in which order they came.
enquiry_keys = Table(
    "enquiry_keys",
    KEY_STORE,
    Column("id", String(32), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# The same record as in the register, written in the transaction that destroys the key: a
# register restored from a backup still learns here what was erased since.
destroyed_keys = Table(
    "destroyed_keys",
    KEY_STORE,
    Column("id", String(32), primary_key=True),
    Column("at", Date, nullable=False),
    Column("policy", Text, nullable=False),
    Column("signed_by", String(16), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
