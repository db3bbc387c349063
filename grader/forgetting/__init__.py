"""Forgetting a student: what is removed, and what stays without a name."""
