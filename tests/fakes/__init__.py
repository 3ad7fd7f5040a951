"""Stand-ins for the chat platforms, strict enough to be trusted in place of the real ones."""
