"""Answers in, marks out."""
