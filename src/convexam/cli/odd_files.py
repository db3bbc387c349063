"""What is odd about files, in the terminal: each by name while these are few, or else by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .tables import printable

MOST_LINES = 10  # in all; the page and intake.csv hold every one
MOST_OF_ONE = 5  # lines about one file


class OddFiles:
    """What a run has to say about files."""

    def __init__(self) -> None:
        self.problems: dict[str, list[str]] = {}
        """By file."""
        self._kinds: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.problems)

    def note(self, source: str, problems: Iterable[str], kind: str = "") -> None:
        """Keep what is odd about a file.

        Parameters
        ----------
        source
            The file.
        problems
            Sentences.
        kind
            What stands for it where there are too many for a line each; by default the first problem.
        """
        if listed := list(problems):
            self.problems.setdefault(source, []).extend(listed)
            self._kinds.setdefault(source, kind or listed[0])

    def lines(self, where: str) -> Iterator[str]:
        """Yield what to print; ``where`` names the files that tell of each."""
        lines = list(self._one_by_one())
        yield from lines if len(lines) <= MOST_LINES else self._by_kind(where)

    def _one_by_one(self) -> Iterator[str]:
        for source, problems in self.problems.items():
            for problem in problems[:MOST_OF_ONE]:
                yield printable(f"{source}: {problem}")
            if len(problems) > MOST_OF_ONE:
                yield printable(f"{source}: and {len(problems) - MOST_OF_ONE} more")

    def _by_kind(self, where: str) -> Iterator[str]:
        """Yield a line for each kind, that of the most files first."""
        of_kind: dict[str, list[str]] = {}
        for source, kind in self._kinds.items():
            of_kind.setdefault(kind, []).append(source)
        yield f"{len(self._kinds)} files are odd; see {where}:"
        ordered = sorted(of_kind.items(), key=lambda each: (-len(each[1]), each[0]))
        for kind, sources in ordered[:MOST_LINES]:
            more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
            yield printable(f"{len(sources):5}  {kind}: {sources[0]}{more}")
        if rest := sum(len(sources) for _, sources in ordered[MOST_LINES:]):
            yield f"{rest:5}  others"
