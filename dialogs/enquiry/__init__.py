"""Questions to advisers without a name: their states, their words and their pages. All pure."""
