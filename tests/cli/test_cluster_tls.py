"""A cluster that speaks TLS, set up as docs/cluster.md says: who has no key of it does not get in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..dask_cluster import ROOT, DaskCluster
from .test_crash_safety import EXAM

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.xdist_group("cluster"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="certificates are made with openssl"),
]

DOCUMENT = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
SETTINGS = dict(re.findall(r"^export (DASK_\w+)=(\S+)$", DOCUMENT, re.MULTILINE))
OPTIONS = re.findall(r"--tls-\S+ \S+", next(re.finditer(r"dask worker tls:.*", DOCUMENT)).group())


def make_key(folder: Path) -> Path:
    """Make a key and its certificate, as the document does."""
    folder.mkdir()
    for line in re.findall(r"^openssl .*$", DOCUMENT, re.MULTILINE):
        subprocess.run(["sh", "-c", line], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("keys") / "ours")


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Iterator[DaskCluster]:
    options = [word for option in OPTIONS for word in option.split()]
    tls = [str(key / word) if word.endswith(".pem") else word for word in options]
    cluster = DaskCluster(tmp_path_factory.mktemp("secured"), workers=1, tls=tls)
    yield cluster
    cluster.end()


def drawn(folder: Path, address: str, key: Path | None) -> subprocess.CompletedProcess[str]:
    """Let a cluster draw a paper."""
    settings = {name: str(key / file) for name, file in SETTINGS.items()} if key else {}
    (folder / "exam.yaml").write_text(EXAM)
    paper = ("--exam", str(folder / "exam.yaml"), "--out", str(folder / "exam"), "--format", "yaml")
    command = [sys.executable, "-m", "convexam", "generate", *paper, "--cluster", address]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)


def test_with_its_key_it_works(secured: DaskCluster, tmp_path: Path, key: Path) -> None:
    assert secured.address.startswith("tls://")
    done = drawn(tmp_path, secured.address, key)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_its_key_nobody_gets_in(secured: DaskCluster, tmp_path: Path, key: Path) -> None:
    another = make_key(tmp_path / "another")
    plain = secured.address.replace("tls://", "tcp://")
    for address, which in ((secured.address, None), (secured.address, another), (plain, key)):
        refused = drawn(tmp_path, address, which)
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"{address}: no Dask scheduler answers there")
        assert refused.stderr.count("\n") == 1
