"""Formulas and polynomials as data: read within limits, computed exactly, never run as code.

A formula of a bank file and an expression that a student typed come from strangers. Both are cut into
tokens, read by one precedence parser (`reader`) into a tree of frozen values (`tree`), and then computed
(`evaluation`) or multiplied out (`expansion`). Length, depth, digits, exponents and the work to multiply out
are bounded, so that nothing takes more than milliseconds; every fault says at which character, and what was
expected.
"""
