"""``python -m convexam``."""

from .cli import main

main()
