"""The signals that ask a program to stop."""

from __future__ import annotations

import signal

FROM_OUTSIDE = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What a cluster, a container or a closed terminal sends; a person sends SIGINT, by Ctrl-C."""


def leave_to_the_command() -> None:
    """Ignore them here: who stops a job asks all its processes, and the command ends the others."""
    for each in (signal.SIGINT, *FROM_OUTSIDE):
        signal.signal(each, signal.SIG_IGN)
