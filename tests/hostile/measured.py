"""Runs a command and tells what it took: ``python measured.py COMMAND...``; the last line of its output.

Exit code, seconds, and megabytes of the largest of all processes that it started.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

if __name__ == "__main__":
    begun = time.monotonic()
    code = subprocess.call(sys.argv[1:])
    seconds = time.monotonic() - begun
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    sys.stdout.write(f"\n{code} {seconds:.2f} {megabytes}\n")
