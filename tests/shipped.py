"""The bank that is shipped, read once by each process that tests."""

from __future__ import annotations

from functools import cache

from convexam.generator import bank


@cache
def shipped_bank() -> bank.Bank:
    """Return all entries."""
    return bank.load(bank.shipped_files())
