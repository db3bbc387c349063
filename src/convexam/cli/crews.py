"""Who does the work of a command that may take long: what its options say of that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..generator.frozen import frozen

if TYPE_CHECKING:
    from ..generator.workers.crew import Crew
    from ..generator.workers.limits import Limits

Function = TypeVar("Function", bound=Callable[..., Any])


@frozen
class Staff:
    """Who is to work, before it is known at what.

    Attributes
    ----------
    workers
        How many processes of this machine; None for one a core.
    cluster
        The address of a Dask cluster that works in their place.
    """

    workers: int | None = None
    cluster: str | None = None

    @property
    def sees_files(self) -> bool:
        """Whether they find the files of this machine; see `Crew`."""
        return self.cluster is None

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
        if self.cluster is not None:
            from ..generator.workers.cluster import Cluster

            return Cluster(self.cluster, start=start, start_arguments=arguments, limits=limits)
        from ..generator.workers.here import Here
        from ..generator.workers.pool import Workers, cores

        if not worth and self.workers is None:
            start(*arguments)
            return Here()
        return Workers(self.workers or cores(), start=start, start_arguments=arguments, limits=limits)


def crew_options(function: Function) -> Function:
    """Add ``--workers`` and ``--cluster``; the command gets them as ``staff``."""

    @click.option(
        "--workers",
        type=click.IntRange(1, 64),
        metavar="N",
        callback=_alone,
        help="How many processes work at once; the outcome is the same.  [default: one a core]",
    )
    @click.option(
        "--cluster",
        metavar="ADDRESS",
        callback=_alone,
        help="Let a Dask cluster of your own work instead, such as tls://host:8786; see docs/cluster.md.",
    )
    @wraps(function)
    def command(*, workers: int | None, cluster: str | None, **options: Any) -> Any:
        return function(staff=Staff(workers, cluster), **options)

    return command  # type: ignore[return-value]


def _alone(context: click.Context, option: click.Parameter, value: Any) -> Any:
    """Refuse the second of two options that exclude each other."""
    others = {"workers", "cluster"} - {option.name}
    if value is not None and any(context.params.get(other) is not None for other in others):
        raise click.UsageError("--workers and --cluster exclude each other: a cluster has workers of its own")
    return value
