"""What all executors of ours have in common, wherever they work."""

from __future__ import annotations

from concurrent.futures import Executor
from types import TracebackType


class Crew(Executor):
    """An executor whose tasks are worth counting.

    What is given to it are functions of modules and plain values, and so is what comes back: a task must not
    care whether it is done in this process, in another one, or on another machine.

    Attributes
    ----------
    ahead
        How many tasks may be begun before the outcome of the first is taken: enough that nobody waits, and
        few enough that many tasks take no more memory than few.
    sees_files
        Whether tasks find the files of this machine; otherwise they bring along what they need.
    """

    ahead: int
    sees_files: bool = True

    def stop(self) -> None:
        """End all that was begun, at once."""
        self.shutdown(cancel_futures=True)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End when all is done; at once where something was raised, as by Ctrl-C."""
        if kind is None:
            self.shutdown()
        else:
            self.stop()
