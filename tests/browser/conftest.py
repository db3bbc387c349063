"""Debian's Chromium, steered by Playwright: one for all tests, a fresh profile for each, no network."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    WebError,
    expect,
    sync_playwright,
)

from .pages import Desk, a_box_of_each_sort, every_kind_of_question, set_out, write_pages

CHROMIUM = "chromium"
PATIENCE = 60_000  # milliseconds; machines are busy
expect.set_options(timeout=PATIENCE)

LOCAL = ("file:", "data:", "blob:")
"""What a page may load: what it holds itself, and the file that is opened."""

Browse = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which(CHROMIUM)
    if program is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("there is no Chromium: sh scripts/setup.sh browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """Keeps requests from the network, and what was asked of it and what scripts complained about."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> BrowserContext:
        context.route(re.compile(f"^(?!{'|'.join(LOCAL)})"), self._refuse)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.set_default_timeout(PATIENCE)
        return context

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"asked the network for {route.request.url}")
        route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type} on the console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"a script failed: {error.error}")


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Browse]:
    """Open a fresh profile; no page may ask the network for anything or fail in its scripts."""
    watch = Watch()
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        contexts.append(watch.over(chromium.new_context(**options)))
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()
    assert not watch.faults


@pytest.fixture
def page(browse: Browse) -> Page:
    return browse().new_page()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An exam with every kind of question."""
    return set_out(every_kind_of_question(tmp_path_factory.mktemp("browser")))


@pytest.fixture(scope="session")
def pages(desk: Desk) -> Mapping[str, Path]:
    """Every sort of page."""
    return write_pages(desk)


@pytest.fixture(scope="session")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A short exam, whose items are named after their boxes."""
    return set_out(a_box_of_each_sort(tmp_path_factory.mktemp("boxes")))
