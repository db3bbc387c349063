"""The audit of the shipped bank: 20 draws of each entry here, 2,000 in `make sweep`.

Ten thousand, which a bank has to pass before a release, are `convexam audit --draws 10000`.
"""

from __future__ import annotations

import pytest

from convexam.generator.audit import MOST_REFUSED, faults, tally
from convexam.generator.model import Conventions

from .shipped import shipped_bank

BANK = shipped_bank()
DRAWS = 20
THOUSANDS = 2000
"""A fault of a kind may show in any of its entries, so that most kinds are drawn 10,000 times or more.

A draw takes 3 ms, half of them for solving what mistakes give, and no step stands out: all take half an hour of a core.
"""
OTHER = Conventions(
    operation="convolution",
    origin=1,
    rounding="ceil",
    pool_counts_padding=True,
    order="HWC",
    bias_counted=False,
)


@pytest.mark.parametrize("entry", sorted(BANK.specs))
def test_no_entry_is_faulty(entry: str) -> None:
    spec = BANK[entry]
    found = tally(spec, BANK.origins[entry], range(DRAWS if spec.params is not None else 1))
    assert faults(spec, found) == []


@pytest.mark.parametrize("entry", sorted(BANK.specs))
def test_every_entry_can_be_asked_under_other_conventions(entry: str) -> None:
    spec = BANK[entry]
    found = tally(spec, BANK.origins[entry], range(5 if spec.params is not None else 1), OTHER)
    assert not found.errors
    assert found.refusal_rate < MOST_REFUSED


@pytest.mark.sweep
@pytest.mark.parametrize("entry", sorted(name for name in BANK.specs if BANK[name].params is not None))
def test_thousands_of_draws(entry: str) -> None:
    spec = BANK[entry]
    assert faults(spec, tally(spec, BANK.origins[entry], range(THOUSANDS))) == []
