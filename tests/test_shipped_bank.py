"""The audit of the shipped bank: 300 draws of each entry here, 10,000 in `make sweep`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convexam.generator import bank
from convexam.generator.audit import faults, tally

BANK = bank.load(bank.shipped_files())
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("entry", sorted(BANK.specs))
def test_no_entry_is_faulty(entry: str) -> None:
    spec = BANK[entry]
    found = tally(spec, BANK.origins[entry], range(300 if spec.params is not None else 1))
    assert faults(spec, found) == []


@pytest.mark.sweep
def test_ten_thousand_draws() -> None:
    command = [sys.executable, "-m", "convexam", "audit", "--draws", "10000"]
    done = subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
