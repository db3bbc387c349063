"""Convolutions with hidden numbers: their equations, two ways to solve them, and worked steps."""
