"""numpy, imported when something of it is first used: it is slow to load, and marking rarely computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["np"]


class _Later:
    """Stands for numpy; what was asked for once is kept, so that nothing is slower afterwards."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        value = getattr(numpy, name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:
    import numpy as np
else:
    np = _Later()
