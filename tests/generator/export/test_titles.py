"""However long a title is, the code behind it stays."""

from __future__ import annotations

from html import escape, unescape

import pytest

from convexam.generator.export.titles import MOST, shortened, with_code


@pytest.mark.parametrize("title", ["Lab", "", "word " * 100, "w" * 900, "<&>" * 100, "x" * 250, "👩" * 300])
@pytest.mark.parametrize("written", [str, escape])
def test_the_code_stays(title: str, written: type[str]) -> None:
    made = with_code(title, "39212EAM13HG3N.a1", written)
    assert made.endswith(" [39212EAM13HG3N.a1]")
    assert len(made) <= MOST
    assert made.startswith(written(title)) or " … [" in made
    assert unescape(made).startswith(title[:30]) or written is str  # no entity is cut


def test_short_titles_stay_as_they_are() -> None:
    assert shortened("Lab <1>", 7) == "Lab <1>"
    assert shortened("Lab <1>", 6) == "Lab …"
    assert shortened("Lab <1>", 12, escape) == "Lab &lt;1 …"
