"""Streams: the published vectors, names instead of order, and fair draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from convexam.generator.codes import is_code, normal_code, paper_code
from convexam.generator.streams import Stream, canonical, derive, practice_secret, question_stream, ranked

SECRET = bytes(range(32))
KEY = derive(SECRET, ["convexam", "seed", "1", "demo-exam", "s0001", "q1", "0"])


def test_the_key_of_a_question() -> None:
    assert KEY.hex() == "22490d3044892dda4fdc9b600d5000a126744927ef33e82a50b62082f69346c1"


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        pytest.param(
            lambda stream: [f"{stream.below(1 << 64):016x}" for _ in range(3)],
            ["ece04939d958c176", "0e005056eb57f0ba", "6eaa41896078524f"],
            id="words",
        ),
        pytest.param(
            lambda stream: [stream.below(10) for _ in range(16)],
            [0, 6, 1, 3, 5, 9, 2, 4, 9, 4, 6, 4, 1, 2, 2, 1],
            id="below",
        ),
        pytest.param(lambda s: s.shuffle(range(10)), [3, 5, 8, 7, 4, 2, 1, 9, 6, 0], id="shuffle"),
        pytest.param(lambda s: s.sample(range(100), 5), [7, 56, 16, 31, 49], id="sample"),
        pytest.param(
            lambda stream: [stream.integer(-9, 9) for _ in range(10)],
            [-8, 4, -6, -2, 2, -4, -1, 9, -1, 3],
            id="integers",
        ),
        pytest.param(lambda s: [s.below(1), s.below(10), s.below(1), s.below(10)], [0, 0, 0, 6], id="one"),
    ],
)
def test_vectors(draw: Callable[[Stream], Any], expected: Any) -> None:
    assert draw(Stream(KEY)) == expected


def test_question_stream_is_keyed_by_the_names() -> None:
    stream = question_stream(SECRET, exam="demo-exam", student="s0001", item="q1")
    assert stream.below(1 << 64) == 0xECE04939D958C176


@pytest.mark.parametrize("bound", [0, -1, (1 << 64) + 1])
def test_bounds_out_of_reach(bound: int) -> None:
    with pytest.raises(ValueError, match="2\\*\\*64"):
        Stream(KEY).below(bound)


def test_a_child_does_not_depend_on_what_was_drawn() -> None:
    fresh, used = Stream(KEY), Stream(KEY)
    for _ in range(5):
        used.below(100)
    draw = [child.below(1000) for child in (fresh.child("stride"), used.child("stride"))]
    assert draw[0] == draw[1] != Stream(KEY).child("padding").below(1000)


def test_names_do_not_run_together() -> None:
    assert canonical(["ab", "c"]) != canonical(["a", "bc"])
    assert canonical(["a", ""]) != canonical(["a"])


def test_names_are_compared_in_one_form() -> None:
    assert derive(SECRET, ["Zoë"]) == derive(SECRET, ["Zoe\u0308"])


def test_a_new_candidate_moves_no_other() -> None:
    names = [f"entry-{number}" for number in range(30)]
    before = ranked(SECRET, ["pick"], names)
    after = ranked(SECRET, ["pick"], [*names, "new"])
    assert [name for name in after if name != "new"] == before


def test_draws_are_uniform() -> None:
    """Chi-square of 19,000 draws over 19 values: below the 99.99 % point of 18 degrees of freedom."""
    stream = Stream(derive(SECRET, ["uniform"]))
    counts = Counter(stream.integer(-9, 9) for _ in range(19_000))
    assert len(counts) == 19
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < 50.5


def test_seeds_are_secrets_of_their_own() -> None:
    assert len({practice_secret(seed) for seed in range(100)}) == 100


def test_the_code_of_a_paper() -> None:
    code = paper_code(SECRET, exam="demo-exam", student="s0001")
    assert code == "39212EAM13HG3N"
    assert is_code(code)
    assert code != paper_code(SECRET, exam="demo-exam", student="s0001", attempt=1)


@pytest.mark.parametrize(
    "typed", ["39212eam13hg3n", " 39212-EAM13-HG3N ", "392I2EAM1 3HG3N", "392l2EAM13HG3N"]
)
def test_codes_as_people_type_them(typed: str) -> None:
    assert normal_code(typed) == "39212EAM13HG3N"


def test_a_code_with_a_typing_error_is_noticed() -> None:
    code = "39212EAM13HG3N"
    changed = [code[:place] + "7" + code[place + 1 :] for place in range(14) if code[place] != "7"]
    noticed = sum(not is_code(other) for other in changed)
    assert noticed >= 12  # one in 32 slips through by chance
    assert not is_code("39212EAM13HG3")
    assert not is_code("")
