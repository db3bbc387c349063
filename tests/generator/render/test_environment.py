"""What pages are made of is at hand before workers are forked off, who cannot keep what they compile."""

from __future__ import annotations

import pytest
from jinja2.meta import find_referenced_templates

from convexam.generator.render.environment import environment, page_template


def parts_of(template: str) -> set[str]:
    """Return all templates that one is made of, and that these are made of."""
    loader = environment().loader
    assert loader is not None
    source, _, _ = loader.get_source(environment(), template)
    parts = {name or "" for name in find_referenced_templates(environment().parse(source))}
    return parts.union(*map(parts_of, parts))


@pytest.mark.parametrize("page", ["paper.html.j2", "feedback.html.j2"])
def test_a_page_is_loaded_with_all_its_parts(page: str) -> None:
    environment.cache_clear()
    page_template(page)
    cache = environment().cache
    assert cache is not None
    assert parts_of(page) <= {name for _, name in cache.keys()}  # noqa: SIM118 - it is no mapping
    assert parts_of(page)
