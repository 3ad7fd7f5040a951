"""A check between two turns: its id, its pack, its line on the desk, what is written of it."""
