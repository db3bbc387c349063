"""Activation functions. Those that only compare and multiply are exact; the others return floats.

For exponentials to a number of proved digits see `digits`.
"""

from __future__ import annotations

from typing import Any

from .exact import Array, array, normal, require_numbers, together
from .later import np


def step(z: Any, *, at_zero: int = 1) -> Array:
    """Return 1 where z > 0, 0 where z < 0 and `at_zero` where z = 0, cell by cell, as ints."""
    z = require_numbers(array(z), "a step")
    result = np.full(z.shape, at_zero, dtype=object)
    result[z > 0] = 1
    result[z < 0] = 0
    return result


def relu(z: Any) -> Array:
    """Return max(z, 0), cell by cell."""
    return leaky_relu(z, 0)


def leaky_relu(z: Any, slope: Any) -> Array:
    """Return z where z > 0 and slope * z elsewhere, cell by cell.

    Parameters
    ----------
    z
        An array of any shape.
    slope
        One number; or one for each channel, (C,), as in PReLU, where z is (C, *spatial). A Fraction keeps
        the result exact, a float makes it a float.

    Source: K. He et al., "Delving deep into rectifiers", arXiv:1502.01852, equation 1.
    """
    z, slope = require_numbers(array(z), "a rectifier"), array(slope)
    if slope.ndim:
        slope = slope.reshape(-1, *[1] * (z.ndim - 1))
    z, slope = together(z, slope)
    return normal(np.where(z > 0, z, slope * z))


def sigmoid(z: Any) -> Array:
    """Return 1 / (1 + exp(-z)), cell by cell, as floats."""
    return 0.5 + 0.5 * np.tanh(0.5 * _floats(z))  # the same number, and it cannot overflow


def tanh(z: Any) -> Array:
    """Return the hyperbolic tangent, cell by cell, as floats."""
    return np.tanh(_floats(z))


def softmax(z: Any) -> Array:
    """Return exp(z_k) / sum_j exp(z_j) along the last axis, as floats."""
    z = _floats(z)
    powers = np.exp(z - z.max(axis=-1, keepdims=True))  # the same quotient, and it cannot overflow
    quotient: Array = powers / powers.sum(axis=-1, keepdims=True)
    return quotient


def _floats(z: Any) -> Array:
    return require_numbers(array(z), "a float").astype(np.float64)
