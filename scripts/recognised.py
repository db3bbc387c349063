"""Write docs/recognised.md, how often a misconception is named and a made-up map is not: `make recognised`.

The same sources make the same bytes; the work is shared out over all cores.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from convexam.generator import bank, registry
from convexam.generator.model import Conventions
from convexam.generator.papers import Problem, Spec
from convexam.generator.streams import Stream, derive
from convexam.grader.explaining.explain import explain
from convexam.grader.explaining.recognised import Outcome, made_up, outcomes, unfiltered

PAGE = Path(__file__).parents[1] / "docs" / "recognised.md"
DRAWS = 1000  # of each kind, shared by its entries
MAPS = 200  # that are made up, of each entry

PLAIN = Conventions()
OTHER = Conventions("convolution", 1, "ceil", pool_counts_padding=True, order="HWC", bias_counted=False)

INTRODUCTION = """\
# What is recognised

Wrong answers are explained by the mistakes that give them. How far does that reach? This page is written by
`make recognised`, which takes some minutes.

## Misconceptions

Of each kind {draws} variants are drawn, in turn from its entries, under the default conventions and under the
other ones. They are *not* filtered: a paper refuses a variant on which two of the answers that its entry
tells apart are the same, and here such variants stay. For each misconception the answers of somebody who has
it are explained.

- **named**: so often the finding is this misconception.
- **key**: so often it gives the right answers.
- **no sense**: so often it makes no sense, as where there is no padding to be left out.
- **the same as**: so often others, the most frequent of which are listed, give the same answers: then none is
  stated, or the one that the entry is about.
- **no answer**: so often its answer fits no answer box, such as a shape where a number is asked.
"""

MADE_UP = """\
## Made-up maps

Maps of the right size are filled with numbers that mean nothing, from -9 to 9 or as far as those of the key
go; all other answers are right. At most one in 1,000 may get a finding.

"""


@dataclass
class Tally:
    """What became of a misconception, and which others gave the same answers."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)


def problems(specs: list[Spec], draws: int) -> Iterator[Problem]:
    """Draw variants of each entry in turn, half of them under the other conventions; fixed ones first."""
    drawn = [spec for spec in specs if spec.given is None]
    fixed = [(spec, turn) for spec in specs if spec.given is not None for turn in range(2)][:draws]
    rest = range(draws - len(fixed) if drawn else 0)
    for spec, turn in [*fixed, *((drawn[number % len(drawn)], number // len(drawn)) for number in rest)]:
        stream = Stream(derive(b"convexam/recognised/1", [spec.id, str(turn)]))
        if problem := unfiltered(spec, stream, (PLAIN, OTHER)[turn % 2]):
            yield problem


def tallies(kind: str, draws: int = DRAWS) -> dict[str, Tally]:
    """Count what becomes of each misconception of a kind."""
    found: dict[str, Tally] = {}
    for problem in problems([spec for spec in _bank() if spec.type == kind], draws):
        for name, (outcome, others) in outcomes(problem).items():
            tally = found.setdefault(name, Tally())
            tally.outcomes[outcome] += 1
            tally.others.update(others)
    return found


def findings(entry: str, draws: int = MAPS) -> tuple[int, int]:
    """Count made-up answers to an entry, and how many of them get a finding."""
    count = found = 0
    for number in range(draws):
        stream = Stream(derive(b"convexam/made-up/1", [entry, str(number)]))
        problem = unfiltered(_bank()[entry], stream)
        if problem is None or (answers := made_up(problem, stream.child("cells"))) is None:
            return 0, 0
        count += 1
        fields = registry.get(problem.spec.type).ask(problem.case)
        found += explain(problem, fields, answers).finding is not None
    return count, found


@cache
def _bank() -> bank.Bank:
    return bank.load(bank.shipped_files())


# -- the page -----------------------------------------------------------------------------------


def table(kind: str, found: dict[str, Tally]) -> str:
    """Write what was found of a kind."""
    lines = [
        f"### `{kind}`\n",
        "| misconception | named | key | no sense | the same as | no answer |",
        "| --- | ---: | ---: | ---: | --- | ---: |",
    ]
    for name, tally in found.items():
        named, right, absent, same, formless = (
            tally.outcomes[each] or ""
            for each in (Outcome.NAMED, Outcome.RIGHT, Outcome.ABSENT, Outcome.NOT_ALONE, Outcome.FORM)
        )
        others = ", ".join(f"`{other}`" for other, _ in tally.others.most_common(3))
        with_others = f"{same}: {others}" if others else ""
        lines.append(f"| `{name}` | {named} | {right} | {absent} | {with_others} | {formless} |")
    return "\n".join(lines) + "\n"


def page(found: dict[str, dict[str, Tally]], maps: dict[str, tuple[int, int]]) -> str:
    """Write the whole page."""
    parts = [INTRODUCTION.format(draws=f"{DRAWS:,}"), summary(found)]
    parts += [table(kind, tallied) for kind, tallied in found.items() if tallied]
    count, stated = (sum(numbers) for numbers in zip(*maps.values(), strict=True))
    worst = sorted((entry for entry in maps if maps[entry][1]), key=lambda entry: -maps[entry][1])
    lines = [f"- `{entry}`: {maps[entry][1]} of {maps[entry][0]:,}\n" for entry in worst]
    parts.append(
        MADE_UP + f"Of {count:,} answers to all entries with maps {stated} get one.\n\n" + "".join(lines)
    )
    return "\n".join(parts).rstrip() + "\n"


def summary(found: dict[str, dict[str, Tally]]) -> str:
    """Add all kinds up."""
    total: Counter[Outcome] = Counter()
    for tallied in found.values():
        for tally in tallied.values():
            total.update(tally.outcomes)
    shows = total.total() - total[Outcome.ABSENT] - total[Outcome.RIGHT]
    return (
        f"Over all kinds misconceptions give wrong answers {shows:,} times, and {total[Outcome.NAMED]:,} "
        "times the right one is named. "
        f"{total[Outcome.NOT_ALONE]:,} times others give the same answers; {total[Outcome.FORM]:,} times its "
        f"answer fits no box; {total[Outcome.MISSED]:,} times it is missed for no such reason.\n"
    )


def main() -> int:
    """Write the page anew."""
    entries = [spec.id for spec in _bank()]
    with ProcessPoolExecutor() as executor:
        tallied, counted = executor.map(tallies, registry.NAMES), executor.map(findings, entries)
        found = dict(zip(registry.NAMES, tallied, strict=True))
        maps = dict(zip(entries, counted, strict=True))
    PAGE.write_text(page(found, maps), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
