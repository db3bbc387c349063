"""Processes that do what may go wrong: each within limits, and none at the cost of the others."""
