"""What `convexam check` looks at beyond reading: can every entry be drawn, solved and shown?"""

from __future__ import annotations

from collections.abc import Iterable

from .bank import Bank
from .compose import draw_problem
from .errors import DataError, Fault
from .model import Spec
from .streams import Stream, derive

DRAWS = 5
"""Draws of each entry in every language; an audit makes thousands."""


def check_bank(bank: Bank) -> None:
    """Draw every entry a few times.

    Raises
    ------
    DataError
        With the first fault of every entry that cannot be drawn or shown.
    """
    faults = [fault for spec in bank for fault in _faults(spec, bank)]
    if faults:
        raise DataError(faults)


def _faults(spec: Spec, bank: Bank) -> Iterable[Fault]:
    for number in range(DRAWS if spec.params is not None else 1):
        for language in spec.prompt:
            stream = Stream(derive(b"convexam/check/1", [spec.id, str(number)]))
            try:
                draw_problem(spec, stream, item=spec.id, origin=bank.origins[spec.id], language=language)
            except DataError as error:
                return error.faults
    return ()
