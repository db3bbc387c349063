"""Networks as stacks of maps and columns of units."""
