"""Worked steps for the trials of a bandit: distributions, losses, and the network that predicts them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .. import latex
from ..document import Symbol, listed, say
from ..figures.model import Grid
from ..model import Step
from ..sliding.worked import solved_grid
from .activation_words import decimals_of
from .decimals import MORE, settled_number
from .losses import entropy_formula, weighted_loss
from .trials import classes_of, counts_of, distributions, proved_loss


def trial_work(given: Any) -> Iterator[Step]:
    """Count, take means and logarithms, and argue for the network."""
    asked = set(given.ask)
    counts, classes = counts_of(given), classes_of(given)
    shares = distributions(counts)
    if asked - {"network", "uniform"}:
        yield say(
            "How often each arm (a row) gave each of the rewards {{ rewards }}:", rewards=listed(classes)
        )
        yield Grid(tuple(tuple(row) for row in counts), "N")
        yield say("Divide each row by the number of its trials:")
        yield solved_grid(shares, "P", None)
    if "means" in asked:
        for arm, row in enumerate(shares):
            mean = sum((share * reward for share, reward in zip(row, classes, strict=True)), Fraction())
            products = latex.products(zip(row, classes, strict=True))
            yield Symbol(rf"\text{{mean}}_{{{arm}}}={products}={latex.number(mean)}")
    if asked & {"losses", "loss"}:
        yield say("The best prediction for an arm is its own distribution, and the loss is then its entropy:")
        for arm, row in enumerate(shares):
            yield entropy_formula(f"L_{{{arm}}}", row, proved_loss(given, (arm,)), given.digits)
    if "loss" in asked:
        parts = "+".join(
            rf"\frac{{{given.pulled.count(arm)}}}{{{len(given.pulled)}}}\cdot "
            + decimals_of(proved_loss(given, (arm,)), given.digits + MORE)
            for arm in range(given.arms)
        )
        total = decimals_of(proved_loss(given, range(given.arms)), given.digits)
        yield say("Each arm counts with its share of the trials; compute with more decimals than are asked:")
        yield Symbol(rf"L\approx {parts}\approx {total}")
    if "uniform" in asked:
        loss = settled_number(weighted_loss([(1, Fraction(1, len(classes)))]), given.digits)
        yield say("A uniform prediction gives every reward the same probability, so every trial costs:")
        yield Symbol(
            rf"-\ln\frac{{1}}{{{len(classes)}}}=\ln {len(classes)}\approx {decimals_of(loss, given.digits)}"
        )
    if "network" in asked:
        yield from _network_work(given)


def _network_work(given: Any) -> Iterator[Step]:
    yield say(
        "The input is the arm: its number, or {{ arms }} one-hot inputs. "
        "The output is a distribution over the {{ count }} rewards: one output for each.",
        arms=given.arms,
        count=len(classes_of(given)),
    )
    yield say(
        "A softmax makes them positive and lets them add up to 1; the cross-entropy is the loss of a "
        "distribution. No hidden layer is needed: with one-hot inputs every arm has its own logits."
    )
