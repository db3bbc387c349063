"""Who does the work of a command that may take long: what its options say of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..generator.workers.crew import Crew
    from ..generator.workers.limits import Limits

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Staff:
    """Who is to work, before it is known at what.

    Attributes
    ----------
    workers
        How many processes of this machine; None for one a core.
    """

    workers: int | None = None

    def crew(
        self, start: Callable[..., object], arguments: tuple[Any, ...], limits: Limits, *, worth: bool = True
    ) -> Crew:
        """Return those who do it; make them before other threads run, and before a store is opened.

        Parameters
        ----------
        start, arguments
            What each of them does first; it must not matter where.
        limits
            What one task may take.
        worth
            Whether there is enough to do for others; if not, and nobody asked for them, this process does it.
        """
        from ..generator.workers.here import Here
        from ..generator.workers.pool import Workers, cores

        if not worth and self.workers is None:
            start(*arguments)
            return Here()

        return Workers(self.workers or cores(), start=start, start_arguments=arguments, limits=limits)


def crew_options(function: Function) -> Function:
    """Add ``--workers``; the command gets them as ``staff``."""

    @click.option(
        "--workers",
        type=click.IntRange(1, 64),
        metavar="N",
        help="How many processes work at once; the outcome is the same.  [default: one a core]",
    )
    @wraps(function)
    def command(*, workers: int | None, **options: Any) -> Any:
        return function(staff=Staff(workers), **options)

    return command  # type: ignore[return-value]
