"""Where a check runs: every input and output of Share Check."""
