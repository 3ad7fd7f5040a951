"""One file for each change of schema."""
