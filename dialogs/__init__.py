"""How a conversation goes: what a practitioner did, what it came to, and what is shown."""
