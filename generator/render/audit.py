"""The report of an audit as one web page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ..audit import Spread, Tally
from ..bank import Bank
from ..figures.numerals import numeral
from ..frozen import frozen
from .environment import environment
from .stylesheet import screen_css


@frozen
class EntryView:
    """What the page prints of one entry: headings and rows of small tables."""

    id: str
    title: str
    summary: str
    faults: Sequence[str]
    tables: Mapping[str, Sequence[tuple[str, str]]]


def audit_html(bank: Bank, tallies: Mapping[str, Tally], faults: Mapping[str, Sequence[str]]) -> str:
    """Write the report of an audit."""
    entries = [_entry(bank, name, tallies[name], faults[name]) for name in bank.specs]
    template = environment().get_template("audit.html.j2")
    faulty = sum(bool(messages) for messages in faults.values())
    return template.render(
        entries=entries,
        faulty=faulty,
        draws=sum(tally.drawn for tally in tallies.values()),
        style=Markup(screen_css()),  # noqa: S704 - a file of ours
    )


def _entry(bank: Bank, name: str, tally: Tally, faults: Sequence[str]) -> EntryView:
    spec = bank[name]
    excuses = {" = ".join(pair.names): pair.reason for pair in spec.may_coincide}
    misconceptions = sorted(set(tally.shown) | set(spec.misconceptions))
    return EntryView(
        id=name,
        title=spec.title,
        summary=f"{tally.drawn} drawn, {len(tally.variants)} variants, "
        f"{float(tally.refusal_rate):.1%} of the draws refused",
        faults=faults,
        tables={
            "Refused": [(reason, str(count)) for reason, count in tally.refused.most_common()],
            "Effort": [(name, _range(spread)) for name, spread in tally.efforts.items()],
            "Answers": [(name, _range(spread)) for name, spread in tally.answers.items()],
            "Position of the right option": [
                (place.words(), _share(tally, count)) for place, count in sorted(tally.places.items())
            ],
            "Misconceptions that show": [
                (
                    f"{name} (listed)" if name in spec.misconceptions else name,
                    _share(tally, tally.shown[name]),
                )
                for name in misconceptions
            ],
            "May coincide": [
                (f"{pair}: {reason}", _share(tally, tally.coincided[pair]))
                for pair, reason in excuses.items()
            ],
        },
    )


def _range(spread: Spread) -> str:
    if spread.least is None or spread.most is None:
        return ""
    return f"{numeral(spread.least)} to {numeral(spread.most)}, mean {float(spread.mean):.1f}"


def _share(tally: Tally, count: int) -> str:
    return f"{count / tally.drawn:.1%}" if tally.drawn else ""
