"""Which parts of a question about gradients go together."""

from __future__ import annotations

from typing import Any

from ..draws import different


def check_parts(parts: Any) -> None:
    """Refuse parts that do not go together.

    Parameters
    ----------
    parts
        The `Params` or the `Given` of the kind, so whether they are drawn or fixed.

    Raises
    ------
    ValueError
        Saying which of them do not, and what does.
    """
    conv, subjects = parts.of == "conv", different(parts.with_respect_to)
    if (parts.kernel is not None) != conv or (parts.window is not None) == conv:
        raise ValueError("a convolution needs 'kernel', and a pooling 'window'")
    if not conv and (subjects != ("input",) or parts.padding not in (0, ((0, 0), (0, 0)))):
        raise ValueError("a pooling has a gradient with respect to its input only, and no padding here")
    if (parts.grad is None) == (parts.loss is None) or (parts.loss is not None and not conv):
        raise ValueError("say either 'grad' or, for a convolution, 'loss'")
    if (parts.target is not None) != (parts.loss == "squared") or (parts.relu and parts.loss is None):
        raise ValueError("'target' goes with the loss 'squared', and 'relu' with any loss")
    if parts.rate is not None and "input" in subjects:
        raise ValueError("gradient descent changes weights and biases: 'rate' does not go with the input")
    if parts.cell is not None and (len(subjects) > 1 or subjects == ("bias",)):
        raise ValueError("'cell' is an entry of one gradient, with respect to weight or input")
