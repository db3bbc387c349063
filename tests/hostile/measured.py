"""Runs a command and tells what it took: ``python measured.py COMMAND...``; the last line of its output.

Exit code, seconds of computing, and megabytes of the largest, of all processes that it started.
"""

from __future__ import annotations

import resource
import subprocess
import sys

if __name__ == "__main__":
    code = subprocess.call(sys.argv[1:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss >> 10
    sys.stdout.write(f"\n{code} {seconds:.2f} {megabytes}\n")
