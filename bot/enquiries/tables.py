"""The tables as queries see them; the migrations are what makes them.

Both are kept by their random key and not in the order in which rows came.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.register.tables import REGISTER

enquiries = Table(
    "enquiries",
    REGISTER,
    Column("id", String(32), primary_key=True),
    # The digest of the code: the only way from an asker to a question.
    Column("code", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    # Whose advisers are asked; an asker's own surface stands in the route alone.
    Column("surface", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("back", String(16), nullable=False),
    Column("until", Date, nullable=False),
    # The mark that an adviser's name leaves on this question, and on no other.
    Column("claimed_by", String(32)),
    # Names of keys in the key store; null once they are destroyed.
    Column("words_key", String(32)),
    Column("route_key", String(32)),
    Column("route", LargeBinary),
    Column("remind_at", BigInteger),
    Column("reminded", Integer, nullable=False),
    Column("redraw_at", BigInteger),
)

messages = Table(
    "enquiry_messages",
    REGISTER,
    Column("id", String(32), primary_key=True),
    Column("enquiry", String(32), nullable=False),
    Column("place", Integer, nullable=False),
    Column("author", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # When advisers may see it; null once they can.
    Column("release_at", BigInteger),
)
