"""Drawings for papers and feedback: pure functions from figures to SVG and to words."""
