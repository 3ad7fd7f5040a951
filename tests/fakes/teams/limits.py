"""The numbers that Teams and this fake hold to, with where they come from."""

INVOKE_SECONDS = 10.0
"""An invoke is given up after 10 to 15 seconds (Bot Service, long operations)."""
MESSAGE_SECONDS = 15.0
"""Any other turn is given up, and sent again, after 15 seconds."""
MESSAGE_BYTES_UTF16 = 100 * 1024
"""A bot's message, whole payload as UTF-16 (format your bot messages)."""
CARD_BYTES = 20_000
"""Of JSON in one card: our own line, well below what was seen refused in practice (70 KB)."""
ACTIONS = 6
"""Buttons in one row; a client hides more behind dots."""
TITLE = 75
"""Characters of a button before clients cut it, chosen."""
TOKEN_SECONDS = 3600
PAGE_SIZE = (50, 500)
"""Members in one page (get paged members)."""
CARD_VERSION = "1.5"
