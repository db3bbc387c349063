"""Files become typed values: bounded, strict, and with every fault at its place.

``reader`` turns bytes into a tree of texts, ``schema`` turns a tree into records.
"""
