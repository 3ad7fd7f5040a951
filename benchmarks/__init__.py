"""Benchmarks: what a turn costs, side by side with stock libraries on the same machine."""
