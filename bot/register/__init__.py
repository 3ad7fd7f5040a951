"""The append-only register of advice given and decisions taken."""
