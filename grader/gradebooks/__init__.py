"""Marks in the files that learning platforms take in: one file for each platform, pure functions."""
