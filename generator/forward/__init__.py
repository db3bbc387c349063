"""Values that flow through a small network, step by step, with all numbers written out."""
