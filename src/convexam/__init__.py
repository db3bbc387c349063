"""convexam: randomised exams on convolutional neural networks, drawn, solved exactly, printed and marked."""

from .version import __version__

__all__ = ["__version__"]
