"""What all tests share: golden files, rewritten with ``pytest --update-goldens``; and a Dask cluster."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from .dask_cluster import DaskCluster

GOLDENS = Path(__file__).parent / "goldens"

settings.register_profile("convexam", max_examples=50, deadline=None)  # machines are busy
settings.load_profile("convexam")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="rewrite tests/goldens; then read the diff"
    )


def pytest_collection_finish() -> None:
    """Look for no garbage among all that was collected: it takes long, and forks would copy it."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; see --update-goldens"

    return compare


@pytest.fixture(scope="module")
def dask_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A cluster of three worker processes; ended when no longer needed, for an idle one takes a seventh of a core."""
    cluster = DaskCluster(tmp_path_factory.mktemp("cluster"), workers=3)
    yield cluster
    cluster.end()
