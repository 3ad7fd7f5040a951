"""Pages that stand by themselves, to print or to sign: charts, storyboards, the case file."""
